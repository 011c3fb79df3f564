# SPDX-License-Identifier: Apache-2.0
"""Small random plans, each as text and as data that `brute_force.py` can try out completely.

Every field stands on a line of its own, so that a label of a message names one line of the plan and `causes` says
what a reader could change there.
"""
import dataclasses
import random

# GPUs, kW and units of height of a node; GPU memory in GB; family and virtual processors where it is rented.
SKUS = {
    "box": {"gpus": 8, "power": 10, "height": 8, "memory": 80},
    "crate": {"gpus": 4, "power": 6, "height": 16, "memory": 40},
    "nd96": {"gpus": 8, "family": "nd", "vcpus": 96, "memory": 80},
    "nc24": {"gpus": 4, "family": "nc", "vcpus": 24, "memory": 40},
}
HEAD = """\
gpu_model large { display = "L", vendor = nvidia, memory = 80 GB, source = "maker", as_of = 2026-10-01 }
gpu_model small { display = "S", vendor = nvidia, memory = 40 GB, source = "maker", as_of = 2026-10-01 }
vm_family nd { source = "cloud", as_of = 2026-10-01 }
vm_family nc { source = "cloud", as_of = 2026-10-01 }
server box { display = "Box", gpus = 8, gpu = large, power = 10 kW/node, height = 8 rack_unit/node, source = "maker", as_of = 2026-10-01 }
server crate { display = "Crate", gpus = 4, gpu = small, power = 6 kW/node, height = 16 rack_unit/node, source = "maker", as_of = 2026-10-01 }
gpu_sku nd96 { arm = "ND96", cloud = microsoft, family = nd, gpus = 8, gpu = large, vcpus = 96, source = "cloud", as_of = 2026-10-01 }
gpu_sku nc24 { arm = "NC24", cloud = microsoft, family = nc, gpus = 4, gpu = small, vcpus = 24, source = "cloud", as_of = 2026-10-01 }
vendor acme { lead = 4 weeks }
""".splitlines()
RUNS_ON = ("slurm", "aks", "kubernetes")


@dataclasses.dataclass
class Site:
    name: str
    is_cloud: bool
    geography: str
    it_power: int | None = None
    racks: int | None = None
    rack_power: int | None = None
    quota: dict | None = None


@dataclasses.dataclass
class Pool:
    name: str
    is_owned: bool
    sites: list
    skus: list
    contracts: list
    runs_on: str
    nodes: range
    phases: list             # of each month the phase in which the count stays the same
    period: str
    is_rising: bool
    prices: dict             # of a node, by sku, for owned ones
    first: int = 0           # months in which it is there
    last: int = 0


@dataclasses.dataclass
class Workload:
    name: str
    demand: list             # of each month
    spread: int = 1
    is_whole: bool = False
    only_on: list = dataclasses.field(default_factory=list)
    runs_on: list = dataclasses.field(default_factory=list)
    memory: int = 0
    residency: str | None = None


@dataclasses.dataclass
class Budget:
    name: str
    amount: int
    is_monthly: bool
    months: range
    covers: list


@dataclasses.dataclass
class Policy:
    name: str
    rule: str                # headroom, most_nodes, all_nodes, most_power, all_cost
    limit: int


class Plan:
    """What was drawn, its lines, and for the number of a line what it states."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.months = self.random.choice([2, 3, 4, 4])
        self.sites, self.pools, self.workloads, self.budgets, self.policies = [], [], [], [], []
        self.prices = {}     # of a rented node in a month, by sku and contract
        self.aims = self.random.choice([["total"], ["total"], ["total"], ["capex", "total"], ["total", "capex"], []])
        self.declarations = []  # each a list of (line, what it states or None)
        self.draw_sites()
        self.draw_pools()
        self.draw_workloads()
        self.draw_budgets()
        self.draw_policies()
        self.write()

    def maybe(self, share, value, other=None):
        return value() if self.random.random() < share else other

    def draw_sites(self):
        pick = self.random
        for name in ["ams", "rtm", "weu"][:pick.choice([2, 3, 3])]:
            site = Site(name, name == "weu" or name == "rtm" and pick.random() < 0.3, pick.choice(["EU", "EU", "US"]))
            if site.is_cloud:
                site.quota = self.maybe(0.6, lambda: {"nd": pick.choice([96, 192, 288, 480]), "nc": pick.choice([24, 48, 96])})
                if site.quota and pick.random() < 0.3:
                    del site.quota[pick.choice(["nd", "nc"])]
            else:
                site.it_power = self.maybe(0.6, lambda: pick.choice([19, 20, 29, 30, 36, 40, 50, 60, 80]))
                site.racks = self.maybe(0.4, lambda: pick.choice([1, 2, 2, 3]))
                site.rack_power = self.maybe(0.4, lambda: pick.choice([10, 12, 20, 30]))
            self.sites.append(site)

    def draw_pools(self):
        pick = self.random
        for sku in ("nd96", "nc24"):
            base = pick.choice([3, 5, 8, 20]) * 1000 // (1 if sku == "nd96" else 2)
            self.prices[sku, "on_demand"], self.prices[sku, "reserved"] = base, base * pick.choice([50, 60, 75]) // 100
        for i in range(pick.choice([2, 2, 3, 3, 4])):
            base = pick.choice(self.sites)
            same = [site.name for site in self.sites if site.is_cloud == base.is_cloud]
            sites = same if len(same) > 1 and pick.random() < 0.3 else [base.name]
            both = ["nd96", "nc24"] if base.is_cloud else ["box", "crate"]
            pick.shuffle(both)
            skus = both if pick.random() < 0.35 else both[:1]
            contracts = ["on_demand"] if base.is_cloud else [None]
            if base.is_cloud and pick.random() < 0.4:
                contracts = ["on_demand", "reserved"]
            elif base.is_cloud and pick.random() < 0.2:
                contracts = ["reserved"]
            low, step = pick.choice([(0, 1)] * 5 + [(1, 1), (2, 1), (0, 2), (2, 2)])
            nodes = range(low, low + step * pick.randint(1, 4) + 1, step)
            if pick.random() < 0.15:
                nodes = range(pick.randint(1, 3), 0, -9)  # one number, and no `choose`
            period, phases = "", [0] * self.months
            if len(nodes) > 1 and pick.random() < 0.3 and len(sites) * len(skus) * len(contracts) <= 2:
                period = "month" if self.months == 2 else "quarter"
                phases = [t if self.months == 2 else t // 3 for t in range(self.months)]
            price = pick.choice([20, 50, 80]) * 1000
            pool = Pool(f"p{i}", not base.is_cloud, sites, skus, contracts, pick.choice(RUNS_ON), nodes, phases, period,
                        bool(period) and pick.random() < 0.4, {"box": price, "crate": price * pick.choice([4, 6]) // 10}, 0, self.months - 1)
            if not pool.is_owned and pick.random() < 0.15:
                pool.first = 1
            if pick.random() < 0.1:
                pool.last = max(pool.first, self.months - 2)
            self.pools.append(pool)

    def draw_workloads(self):
        pick = self.random
        for i in range(pick.choice([1, 2, 2, 3, 3, 4])):
            size = lambda: pick.choice([1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 8, 10, 12])
            demand = [size()] * self.months
            if pick.random() < 0.5:
                at = pick.randrange(1, self.months)
                demand = demand[:at] + [pick.choice([0, size(), size()])] * (self.months - at)
            if pick.random() < 0.15:
                demand[0] = 0
            workload = Workload(f"w{i}", demand if any(demand) else [size()] * self.months)
            workload.is_whole = pick.random() < 0.3
            workload.spread = pick.choice([1, 1, 1, 1, 2, 2, min(3, len(self.sites))]) if pick.random() < 0.5 else 1
            names = [pool.name for pool in self.pools]
            workload.only_on = sorted(pick.sample(names, pick.randint(1, len(names)))) if pick.random() < 0.2 else []
            workload.runs_on = pick.sample(RUNS_ON, 2) if pick.random() < 0.2 else []
            workload.memory = pick.choice([0] * 6 + [80])
            workload.residency = pick.choice([None] * 5 + ["EU"])
            self.workloads.append(workload)

    def draw_budgets(self):
        pick = self.random
        if pick.random() < 0.4:
            first = pick.randrange(self.months)
            months = range(first, self.months) if pick.random() < 0.5 else range(self.months)
            covers = sorted(pick.sample([pool.name for pool in self.pools], pick.randint(1, len(self.pools))))
            amount = pick.choice([5, 25, 40, 80, 120, 200, 300]) * 1000
            self.budgets.append(Budget("money", amount, pick.random() < 0.3, months, covers))

    def draw_policies(self):
        pick = self.random
        for rule in ("headroom", "most_nodes", "all_nodes", "most_power", "all_cost"):
            if pick.random() < 0.15:
                limit = {"headroom": pick.choice([50, 75, 80, 90]), "most_nodes": pick.randint(1, 3), "all_nodes": pick.randint(1, 6),
                         "most_power": pick.choice([10, 20, 30, 40]), "all_cost": pick.choice([30, 60, 100, 200, 300]) * 1000}[rule]
                self.policies.append(Policy(rule, rule, limit))

    # The text.

    def declare(self, head: str, fields: list, states=None):
        """`fields`: (text, what it states)."""
        self.declarations.append([(head + " {", states)] + [("  " + text, cause) for text, cause in fields if text] + [("}", None)])

    def curve(self, demand):
        steps = [f"{self.month(t)} = {gpus} gpu" for t, gpus in enumerate(demand) if t == 0 or gpus != demand[t - 1]]
        return f"{demand[0]} gpu" if len(steps) == 1 else "{ " + ", ".join(steps) + " }"

    @staticmethod
    def month(t):
        return f"2027-{t + 1:02}"

    def write(self):
        self.declarations += [[(line, None)] for line in HEAD]
        self.declarations.append([(f"plan p {{ edition = 2027, currency = EUR, starts = 2026-01-01, horizon = 2027-01 .. {self.month(self.months - 1)} }}", None)])
        for site in self.sites:
            field = lambda name, unit: (f"{name} = {getattr(site, name)} {unit}" if getattr(site, name) is not None else "", ("field", site.name, name))
            quota = ", ".join(f"{family} = {vcpus} vcpu" for family, vcpus in (site.quota or {}).items())
            self.declare(f"site {site.name} : {'azure' if site.is_cloud else 'onprem.datacenter'}",
                         [(f"geography = {site.geography}", None), (f'region = "{site.name}"' if site.is_cloud else "", None),
                          field("it_power", "kW"), field("racks", "rack"), field("rack_power", "kW/rack"),
                          (f"quota = {{ {quota} }}" if quota else "", ("field", site.name, "quota"))])
        for (sku, contract), amount in self.prices.items():
            term = "reserved(1 year)" if contract == "reserved" else contract
            self.declare(f"price {sku}_{contract}", [(f"of = {sku}", None), (f"amount = {amount} EUR/node/month", None), (f"contract = {term}", None),
                                                     ('basis = quotation, source = "offer", as_of = 2026-11-01', None)])
        for pool in self.pools:
            self.write_pool(pool)
        for workload in self.workloads:
            self.write_workload(workload)
        for budget in self.budgets:
            unit = "EUR/month" if budget.is_monthly else "EUR"
            self.declare(f"budget {budget.name}", [(f"amount = {budget.amount} {unit}", ("field", budget.name, "amount")),
                                                   (f"over = {self.month(budget.months[0])} .. {self.month(budget.months[-1])}", None),
                                                   (f"covers = [{', '.join(budget.covers)}]", None)])
        for policy in self.policies:
            text = {"headroom": f"all p in pools: p.used <= p.gpus * {policy.limit} %", "most_nodes": f"all p in pools: p.nodes <= {policy.limit} node",
                    "all_nodes": f"sum(p.nodes for p in pools) <= {policy.limit} node", "most_power": f"all s in sites: s.power <= {policy.limit} kW",
                    "all_cost": f"cost.total <= {policy.limit} EUR"}[policy.rule]
            self.declare(f"policy {policy.name}", [("require " + text, ("rule", policy.name, None))])
        if self.aims:
            self.declarations.append([("minimize " + " then minimize ".join(f"cost.{aim}" for aim in self.aims), None)])

    def write_pool(self, pool):
        choose = lambda options: options[0] if len(options) == 1 else f"choose from [{', '.join(options)}]"
        contracts = ["reserved(1 year)" if contract == "reserved" else contract for contract in pool.contracts]
        if len(pool.nodes) == 1:
            nodes = str(pool.nodes[0])
        else:
            step = f" step {pool.nodes.step}" if pool.nodes.step > 1 else ""
            nodes = f"choose {pool.nodes[0]} .. {pool.nodes[-1]}{step}" + (f" each {pool.period}" if pool.period else "") + (" rising" if pool.is_rising else "")
        prices = ", ".join(f"{sku} = {pool.prices[sku]} EUR/node" for sku in pool.skus) if pool.is_owned else ""
        self.declare(f"pool {pool.name} : {'owned' if pool.is_owned else 'rented'}",
                     [(f"site = {choose(pool.sites)}", None), (f"sku = {choose(pool.skus)}", None), (f"nodes = {nodes}", ("range", pool.name)),
                      (f"runs_on = {pool.runs_on}", None), ("vendor = acme" if pool.is_owned else f"contract = {choose(contracts)}", None),
                      (f"price = {{ {prices} }}" if prices else "", None), (f"from = {self.month(pool.first)}" if pool.first else "", None),
                      (f"retire = {self.month(pool.last + 1)}" if pool.last < self.months - 1 else "", None)], ("subject", pool.name))

    def write_workload(self, workload):
        name = workload.name
        if workload.residency:
            self.declare(f"dataset d_{name}", [("class = personal", None), ("size = 1 TB", None), (f"at = {self.home(workload.residency)}", None),
                                               (f"residency = [{workload.residency}]", None)], ("invariant", name))
        self.declare(f"workload {name}",
                     [("type = training", None), (f"demand = {self.curve(workload.demand)}", ("demand", name)),
                      (f"spread = {workload.spread} site" if workload.spread > 1 else "", None), ("whole = true" if workload.is_whole else "", None),
                      (f"only_on = [{', '.join(workload.only_on)}]" if workload.only_on else "", None),
                      (f"runs_on = [{', '.join(workload.runs_on)}]" if workload.runs_on else "", None),
                      (f"gpu = {{ memory >= {workload.memory} GB }}" if workload.memory else "", None),
                      (f"reads = d_{name}" if workload.residency else "", None)])

    def home(self, geography):
        """A site where data may lie; the archive exists only for that."""
        if not any(line[0][0].startswith("site archive") for line in self.declarations):
            self.declare("site archive : onprem.datacenter", [(f"geography = {geography}", None)])
        return "archive"

    def text(self) -> str:
        return "\n".join(line for declaration in self.declarations for line, _ in declaration) + "\n"

    def causes(self) -> dict:
        """For the number of a line what it states."""
        lines = [cause for declaration in self.declarations for _, cause in declaration]
        return {number: cause for number, cause in enumerate(lines, 1) if cause}
