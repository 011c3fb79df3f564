# SPDX-License-Identifier: Apache-2.0
"""Decides a plan of `small_plans.py` by trying out everything, as docs/language.md and the comments of stdlib/prelude say.

It shares no code with the compiler. A question may keep only some of the lines: `kept` holds what `causes` of the plan
names, and what is not in it does not bind. What no message ever names always binds.
"""
import itertools
import math

from small_plans import SKUS, Plan

PARTS = 27720        # of a rack: divisible by all that fits into one
MOST_TRIES = 400_000


class TooLong(Exception):
    """More would have to be tried than a test has time for."""


class Option:
    """One way to build a pool."""

    def __init__(self, plan, pool, site, sku, contract, nodes):
        facts, life = SKUS[sku], range(pool.first, pool.last + 1)
        self.site, self.sku = site.name, sku
        self.nodes = nodes
        there = [count if t in life else 0 for t, count in enumerate(nodes)]
        self.gpus = [count * facts["gpus"] for count in nodes]
        self.use = {}    # limit and month: how much of it is taken
        for t, count in enumerate(there):
            if site.is_cloud:
                self.use["quota", site.name, facts["family"], t] = count * facts["vcpus"]
            else:
                self.use["power", site.name, t] = count * facts["power"]
                self.use["racks", site.name, t] = count * racks_of_node(site, facts)
        self.capex, self.opex = [0] * plan.months, [0] * plan.months
        most = 0
        for t in life:
            if pool.is_owned:
                self.capex[t] = max(0, there[t] - most) * pool.prices[sku]
                most = max(most, there[t])
            elif contract == "on_demand":
                self.opex[t] = there[t] * plan.prices[sku, contract]
        if contract == "reserved":  # one is bound for a year, which no plan here outlasts
            self.opex = [max(there) * plan.prices[sku, contract] if t >= pool.first else 0 for t in range(plan.months)]
        self.cost = {"capex": sum(self.capex), "total": sum(self.capex) + sum(self.opex)}


def racks_of_node(site, facts):
    """In parts of a rack: by height and by what a rack may draw; only whole nodes fit into one."""
    by_height = PARTS // (42 // facts["height"])
    if site.rack_power is None:
        return by_height
    fits = site.rack_power // facts["power"]
    return max(by_height, PARTS // fits if fits else PARTS * math.ceil(facts["power"] / site.rack_power))


class Question:
    def __init__(self, plan: Plan, kept=None):
        self.plan, self.kept = plan, kept
        self.tries = 0
        self.known = {}  # whether workloads fit, by what the pools are
        self.sites = {site.name: site for site in plan.sites}
        self.policies = {policy.rule: policy for policy in plan.policies}
        self.workloads = [w for w in plan.workloads if self.binds(("demand", w.name))]
        self.limits = self.find_limits()
        self.options = [self.options_of(pool) for pool in plan.pools]

    def binds(self, cause) -> bool:
        return self.kept is None or cause in self.kept

    def policy(self, rule, subject=None):
        return self.policies.get(rule) if self.binds(("rule", rule, subject)) else None

    def find_limits(self):
        """Of what an option uses: what there is."""
        limits = {}
        for site, t in itertools.product(self.plan.sites, range(self.plan.months)):
            name = site.name
            most = [site.it_power] if site.it_power is not None and self.binds(("field", name, "it_power")) else []
            if policy := self.policy("most_power", name):
                most.append(policy.limit)
            if most and not site.is_cloud:
                limits["power", name, t] = min(most)
            if site.racks is not None and self.binds(("field", name, "racks")):
                limits["racks", name, t] = site.racks * PARTS
            if site.quota and self.binds(("field", name, "quota")):
                for family in ("nd", "nc"):
                    limits["quota", name, family, t] = site.quota.get(family, 0)
        for t in range(self.plan.months):
            if policy := self.policy("all_nodes"):
                limits["nodes", t] = policy.limit
        if policy := self.policy("all_cost"):
            limits["cost", ] = policy.limit
        for budget in self.plan.budgets:
            if not self.binds(("field", budget.name, "amount")):
                continue
            if budget.is_monthly:
                limits |= {("budget", budget.name, t): budget.amount for t in budget.months}
            else:
                limits["budget", budget.name, "all"] = budget.amount
        return limits

    def is_one(self, pool):
        """A number that is stated is a line like any other where all else of the pool is stated too."""
        return len(pool.sites) * len(pool.skus) * len(pool.contracts) == 1

    def is_read(self, pool):
        """Rules take a number that is stated as given."""
        readers = {("rule", "all_nodes", None), ("rule", "headroom", pool.name), ("rule", "most_nodes", pool.name)}
        return self.kept is not None and bool(readers & set(self.kept))

    def is_half_given(self):
        """A number that is no line for the rules, and one for all else: what holds without a line cannot be tried out."""
        return any(len(pool.nodes) == 1 and self.is_one(pool) and self.is_read(pool) for pool in self.plan.pools)

    def counts_of(self, pool, gpus):
        """Numbers of nodes of each phase. Without its range a pool may be as large as all workloads together need."""
        is_free = (len(pool.nodes) > 1 or (self.is_one(pool) and not self.is_read(pool))) and not self.binds(("range", pool.name))
        phases = pool.phases[-1] + 1
        if not is_free:
            values = pool.nodes
        else:
            need = sum(max(w.demand) for w in self.workloads)
            share = min([100, *(p.limit for p in self.plan.policies if p.rule == "headroom")])
            step = max(pool.nodes.step, 1)
            top = math.ceil(math.ceil(need * 100 / share / gpus + 1) / step) * step
            values = range(0, top + 1, step)
        for counts in itertools.product(values, repeat=phases):
            if pool.is_rising and any(b < a for a, b in zip(counts, counts[1:])):
                continue
            yield [counts[phase] for phase in pool.phases]

    def options_of(self, pool):
        options = []
        policy = self.policy("most_nodes", pool.name)
        for site, sku, contract in itertools.product(pool.sites, pool.skus, pool.contracts):
            for nodes in self.counts_of(pool, SKUS[sku]["gpus"]):
                if policy and max(nodes) > policy.limit:
                    continue
                option = Option(self.plan, pool, self.sites[site], sku, contract, nodes)
                self.add_money(pool, option)
                option.use = {key: amount for key, amount in option.use.items() if key in self.limits and amount}
                if headroom := self.policy("headroom", pool.name):
                    option.gpus = [gpus * headroom.limit // 100 for gpus in option.gpus]
                if all(amount <= self.limits[key] for key, amount in option.use.items()):
                    options.append(option)
        return self.best_of(options)

    def add_money(self, pool, option):
        option.use["cost", ] = option.cost["total"]
        for t, count in enumerate(option.nodes):
            option.use["nodes", t] = count
        for budget in self.plan.budgets:
            if pool.name in budget.covers:
                spent = [option.capex[t] + option.opex[t] for t in budget.months]
                option.use |= {("budget", budget.name, t): amount for t, amount in zip(budget.months, spent)}
                option.use["budget", budget.name, "all"] = sum(spent)

    def best_of(self, options):
        """Without those that give no more than another one at the same place, and take no less."""
        aims = self.plan.aims if self.kept is None else []
        kept = []
        for option in sorted(options, key=lambda o: (sum(o.use.values()), o.cost["total"], -sum(o.gpus))):
            is_beaten = any(other.site == option.site and SKUS[other.sku]["memory"] == SKUS[option.sku]["memory"]
                            and all(a >= b for a, b in zip(other.gpus, option.gpus))
                            and all(amount <= option.use.get(key, 0) for key, amount in other.use.items())
                            and all(other.cost[aim] <= option.cost[aim] for aim in aims) for other in kept)
            if not is_beaten:
                kept.append(option)
        return kept

    # Search.

    def best(self):
        """The smallest costs, aim by aim, of a plan that keeps everything; None if none does."""
        self.aims = self.plan.aims if self.kept is None else []
        self.found = None
        self.search([], {}, [0] * len(self.aims))
        return self.found

    def holds(self) -> bool:
        return self.best() is not None

    def search(self, taken, used, cost):
        if self.found is not None and (not self.aims or cost >= self.found):
            return
        self.tries += 1
        if self.tries > MOST_TRIES:
            raise TooLong
        if len(taken) == len(self.options):
            if self.fits(taken):
                self.found = cost
            return
        options = self.options[len(taken)]
        for option in options:
            total = dict(used)
            for key, amount in option.use.items():
                total[key] = total.get(key, 0) + amount
            if all(total[key] <= self.limits[key] for key in option.use):
                self.search([*taken, option], total, [a + option.cost[aim] for a, aim in zip(cost, self.aims)])

    # Placement.

    def fits(self, taken) -> bool:
        key = tuple((o.site, SKUS[o.sku]["memory"], *o.gpus) for o in taken)
        if key not in self.known:
            self.known[key] = self.place(taken)
        return self.known[key]

    def place(self, taken) -> bool:
        ways = [self.ways_of(workload, taken) for workload in self.workloads]
        return all(ways) and any(self.carries(taken, sum(way, [])) for way in itertools.product(*ways))

    def may_be(self, workload, pool, option) -> bool:
        busy = [t for t, gpus in enumerate(workload.demand) if gpus]
        site = self.sites[option.site]
        return ((not workload.only_on or pool.name in workload.only_on) and (not workload.runs_on or pool.runs_on in workload.runs_on)
                and SKUS[option.sku]["memory"] >= workload.memory and pool.first <= busy[0] and busy[-1] <= pool.last
                and not (workload.residency and site.geography != workload.residency and self.binds(("invariant", workload.name))))

    def ways_of(self, workload, taken):
        """Each a list of loads, and for each the pools that share it."""
        by_site = {}
        for i, (pool, option) in enumerate(zip(self.plan.pools, taken)):
            if self.may_be(workload, pool, option):
                by_site.setdefault(option.site, []).append(i)
        # When one of the sites is lost, the others carry all of it.
        load = [math.ceil(gpus / max(1, workload.spread - 1)) for gpus in workload.demand]
        if workload.spread == 1 and not workload.is_whole:
            return [[(load, sum(by_site.values(), []))]] if by_site else []
        ways = []
        for sites in itertools.combinations(sorted(by_site), workload.spread):
            if not workload.is_whole:
                ways.append([(load, by_site[site]) for site in sites])
                continue
            ways += [[(load, [i]) for i in pools] for pools in itertools.product(*(by_site[site] for site in sites))]
        return ways

    def carries(self, taken, loads) -> bool:
        """Hall: what can go nowhere else than to some pools must fit onto these."""
        for size in range(1, len(taken) + 1):
            for some in itertools.combinations(range(len(taken)), size):
                inside = [load for load, pools in loads if set(pools) <= set(some)]
                if any(sum(load[t] for load in inside) > sum(taken[i].gpus[t] for i in some) for t in range(self.plan.months)):
                    return False
        return True
