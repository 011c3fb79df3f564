# SPDX-License-Identifier: Apache-2.0
"""Loads: what runs where, whether it may, and what that takes of pools, power, racks and quotas, month by month."""
import math
from fractions import Fraction

from . import values
from .values import Bound, Map, Num, Tag

EARTH, GLASS, ENDS = 6371, 2 * 1.5 * 5e-6, 2e-3  # km; seconds for a km of cable there and back; seconds at the ends
UNITS_IN_A_RACK = 42


def tag_of(value):
    return value.name if isinstance(value, Tag) else value


def payload(value, name):
    inner = value.payload if isinstance(value, Tag) else value
    return inner.get(name) if isinstance(inner, Map) else None


class Pool:
    """Nodes of one sku. They are paid for and draw power in each month that they touch, from the one in which they come, and serve in whole
    months only, once they are accepted."""

    def __init__(self, plan, name, sku=None):
        self.plan, self.name = plan, name
        self.site, self.sku = plan.get(name, "site"), sku or plan.get(name, "sku")
        number = lambda field: plan.number(self.sku, field)
        self.gpus = number("gpus") or 0
        most, usual = number("power"), number("typical_power")
        fabric = self.fabric(plan.get(name, "fabric"))
        self.power = (most if most is not None else usual or 0) + fabric  # of a node, W
        self.drawn = (usual if usual is not None else most or 0) + fabric
        self.racks = self.racks_of_node()
        start = plan.get(name, "from") if plan.is_a(name, "pool.rented") else None
        self.life = plan.dates.there(name, plan.life(start, plan.get(name, "retire")))
        self.serving = plan.serving(start, plan.get(name, "retire"))
        self.usable = range(max(self.serving.start, plan.dates.usable_from(name)), self.serving.stop)

    def nodes(self, t):
        return self.plan.number_in(self.plan.get(self.name, "nodes"), t) or 0

    def there(self, t):
        return self.nodes(t) if t in self.life else 0

    def racks_of_node(self):
        """By size, and by what a rack may draw; whole nodes fit into a rack, and what is larger takes whole racks."""
        one_per = lambda fits: 0 if fits <= 0 else Fraction(1, math.floor(fits)) if fits >= 1 else math.ceil(1 / fits)
        racks, per_rack = Fraction(0), self.plan.number(self.sku, "per_rack")
        height, limit = self.plan.number(self.sku, "height"), self.plan.number(self.site, "rack_power")
        if per_rack:
            racks = 1 / per_rack
        elif height:
            racks = one_per(UNITS_IN_A_RACK / height)
        if limit is not None and self.power > 0:
            racks = max(racks, one_per(limit / self.power))
        return racks

    def fabric(self, fabric):
        """A node's share of a network of two levels: three switch ports for each of its own."""
        rate, rails = payload(fabric, "rate"), payload(fabric, "rails")
        if rate is None or rails is None:
            return 0
        ports = []
        for gear in self.plan.entries("fabric_gear"):
            power = self.plan.number(gear, "power")
            power = self.plan.number(gear, "typical_power") if power is None else power
            count = self.plan.number(gear, "ports")
            is_infiniband = self.plan.get(gear, "technology") == "infiniband"
            if self.plan.get(gear, "role") != "switch" or not count or power is None:
                continue
            if is_infiniband == (tag_of(fabric) == "infiniband") and self.plan.number(gear, "rate") == rate.v:
                ports.append(power / count)
        return 3 * rails.v * min(ports) if ports else 0


class Capacity:
    def __init__(self, plan, machines=()):
        self.plan = plan
        self.pools = {}
        self.machines = list(machines)  # plain servers, which take power, racks and quota like pools
        for name in plan.all("pool"):
            with values.check(f"a node of {name}"):
                self.pools[name] = Pool(plan, name)
        self.load = {}  # workload, pool: GPUs by month
        for i, placement in enumerate(plan.data["placements"]):
            self.read_placement(placement, f"/placements/{i}/gpus")

    def read_placement(self, placement, pointer):
        workload, pool = placement["workload"], placement["pool"]
        with values.check(f"{workload} on {pool}"):
            if (workload, pool) in self.load or pool not in self.pools or not self.plan.is_a(workload, "workload"):
                return self.plan.object(f"{workload} on {pool} stands there twice, or is no workload on a pool")
            curve = self.plan.parse(placement["gpus"], pointer)
            self.load[workload, pool] = [self.plan.number_in(curve, t) for t in self.plan.months]
            self.plan.curve(curve, self.load[workload, pool], f"{workload} on {pool}")

    def pools_of(self, workload):
        return [pool for w, pool in self.load if w == workload]

    def placed(self, pool, t):
        return sum(load[t] for (_, p), load in self.load.items() if p == pool)

    def used(self, pool, t):
        """The most that must find room together: on a day on which no site is lost, or beside what needs the room that it holds for the
        loss of one. Who is of lower priority and promises no availability is then gone."""
        here = {w: load[t] for (w, p), load in self.load.items() if p == pool and load[t] > 0}
        holders = {self.priority(w) for w in here if self.picks(w) > 1}
        stay = lambda w, level: self.priority(w) >= level or self.slo(w) is not None
        if not holders or all(stay(w, max(holders)) for w in here):
            return sum(here.values())
        days = [sum(self.daily(w, pool, t, gpus) for w, gpus in here.items())]
        return max(days + [sum(gpus for w, gpus in here.items() if stay(w, level)) for level in holders])

    def priority(self, workload):
        level = self.plan.number(workload, "priority")
        return 500 if level is None else level

    def picks(self, workload):
        spread = self.plan.number(workload, "spread")
        return 1 if spread is None else math.ceil(spread)

    def slo(self, workload):
        return payload(self.plan.get(workload, "slo"), "availability")

    def daily(self, workload, pool, t, gpus):
        """Of what a workload has on a pool, what it uses while all of its sites stand."""
        picks = self.picks(workload)
        if picks < 2:
            return gpus
        demand, worth = self.plan.number_in(self.plan.get(workload, "demand"), t) or 0, self.worth(workload, pool)
        alone = lambda parts: math.ceil((math.ceil(demand / parts) if parts > 1 else demand) / worth)
        return math.ceil(Fraction(gpus) * alone(picks) / max(1, alone(picks - 1)))

    def check(self):
        for workload in self.plan.all("workload"):
            with values.check(f"placement of {workload}"):
                self.check_workload(workload)
        for name, pool in self.pools.items():
            for t in self.plan.months:
                with values.check(f"capacity of {name}"):
                    self.plan.at_most(f"capacity of {name}", self.used(name, t), pool.nodes(t) * pool.gpus, f" gpus in {self.plan.month_name(t)}")
                    if t < pool.usable.start and self.placed(name, t) > 0:
                        self.plan.object(f"{name} is used in {self.plan.month_name(t)}, before the month after that in which it is accepted")
        for site in self.plan.all("site"):
            self.check_site(site)

    def check_workload(self, workload):
        demand, span = self.plan.get(workload, "demand"), self.plan.span(self.plan.get(workload, "during"))
        wanted = {t: self.plan.number_in(demand, t) or 0 for t in span}
        busy = [t for t in span if wanted[t] > 0]
        pools = self.pools_of(workload)
        if not busy:
            return pools and self.plan.object(f"{workload} needs nothing and is placed on {', '.join(pools)}")
        months = range(busy[0], busy[-1] + 1)
        sites = {self.pools[pool].site for pool in pools}
        picks = self.picks(workload)
        is_whole = self.plan.get(workload, "whole") is True
        for pool in pools:
            if why := self.what_forbids(workload, self.pools[pool], months):
                self.plan.object(f"{workload} may not be on {pool}, because of its {why}")
        if picks > 1 and len(sites) != picks or (is_whole or picks > 1) and not pools:
            self.plan.object(f"{workload} should be at {picks} sites and is at {len(sites)}")
        if is_whole and len(pools) != picks:
            self.plan.object(f"{workload} should be whole, and is on {len(pools)} pools for {picks} sites")
        groups = [[p for p in pools if self.pools[p].site == site] for site in sites] if picks > 1 else [pools]
        for t in self.plan.months:
            for group in groups:
                self.check_share(workload, group, t, wanted[t] if t in months else 0, picks)

    def check_share(self, workload, group, t, demand, picks):
        """The pools of a site carry its share: each of several sites, what is left when one of them is lost."""
        parts = max(1, picks - 1)
        share = math.ceil(demand / parts) if parts > 1 else demand
        alone = {pool: math.ceil(share / self.worth(workload, pool)) for pool in group}
        have = {pool: self.load[workload, pool][t] for pool in group}
        month = self.plan.month_name(t)
        for pool in group:
            if have[pool] > alone[pool] or have[pool] < 0 or have[pool] != int(have[pool]):
                self.plan.object(f"{workload} needs at most {alone[pool]} gpus of {pool} in {month}, and has {have[pool]}")
        if len(group) == 1 and have[group[0]] != alone[group[0]]:
            self.plan.object(f"{workload} needs {alone[group[0]]} gpus of {group[0]} in {month}, and has {have[group[0]]}")
        if share > 0 and group:
            # A GPU cannot be split: less than one of the best is left over, and nothing where all are worth the same.
            parts_had = sum(Fraction(have[pool]) / alone[pool] for pool in group)
            worths = {alone[pool] for pool in group if have[pool] > 0}
            if parts_had < 1:
                self.plan.object(f"{workload} has too few gpus in {month}")
            elif parts_had > 1 and (len(worths) == 1 or parts_had - 1 >= Fraction(1, min(worths))):
                self.plan.object(f"{workload} has more gpus than it needs in {month}")

    def worth(self, workload, pool):
        counted = self.plan.get(workload, "counted_in")
        if counted is None:
            return 1
        theirs, ours = self.plan.number(counted, "bf16"), self.plan.number(self.plan.get(self.pools[pool].sku, "gpu"), "bf16")
        return ours / theirs if theirs and ours else 1

    def what_forbids(self, workload, pool, months):
        plan, model = self.plan, self.plan.get(pool.sku, "gpu")
        only_on, gpu = plan.get(workload, "only_on"), plan.get(workload, "gpu")
        if only_on and pool.name not in only_on:
            return "only_on"
        if pool.serving.start > months.start or pool.serving.stop < months.stop:
            return "months"
        memory, interconnect, models = (payload(gpu, name) for name in ("memory", "interconnect", "models"))
        have = plan.number(model, "memory")
        if isinstance(memory, Bound) and (have is None or not plan.keeps(memory, have)):
            return "gpu.memory"
        if interconnect is not None:
            ranks = plan.rank(plan.get(pool.sku, "interconnect"), interconnect)
            if not ranks or ranks[0] < ranks[1]:
                return "gpu.interconnect"
        if models and model not in models:
            return "gpu.models"
        if not self.runs_on(plan.get(workload, "runs_on"), plan.get(pool.name, "runs_on")):
            return "runs_on"
        for group in plan.get(workload, "users") or []:
            bound = payload(group, "latency")
            trip = self.trip(group, pool.site) if isinstance(bound, Bound) else None
            if trip is not None and not plan.keeps(bound, trip):
                return "users"
        return None

    def runs_on(self, wanted, runs_on):
        def is_it(one):
            version = payload(one, "version")
            return tag_of(one) == tag_of(runs_on) and (version is None or version == payload(runs_on, "version"))
        return not wanted or any(is_it(one) for one in wanted)

    def trip(self, group, site):
        """Seconds there and back from a group of users to a site; None if nobody knows."""
        if payload(group, "site"):
            return self.between(payload(group, "site"), site)
        hub = next((hub for hub in self.plan.entries("geography_hub")
                    if self.plan.get(hub, "geography") == payload(group, "geography")), None)
        return self.estimate(hub, site)

    def between(self, a, b):
        if a == b:
            return Fraction(0)
        for x, y in ((a, b), (b, a)):
            for key, measured in self.plan.get(x, "latency") or []:
                if key == y and isinstance(measured, Num):
                    return measured.v
        for entry in self.plan.entries("latency"):
            x, y = self.plan.get(entry, "from"), self.plan.get(entry, "to")
            if any(self.plan.is_region(p, x) and self.plan.is_region(q, y) for p, q in ((a, b), (b, a))):
                return self.plan.number(entry, "rtt")
        return self.estimate(a, b)

    def estimate(self, a, b):
        places = [self.plan.number(place, field) for place in (a, b) for field in ("latitude", "longitude")]
        if None in places:
            return None
        lat, lon, other_lat, other_lon = (math.radians(float(place)) for place in places)
        chord = math.sin((other_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
        seconds = 2 * EARTH * math.asin(min(1, math.sqrt(chord))) * GLASS + ENDS
        return Fraction(round(seconds * 10_000), 10_000)

    def at_site(self, site, field, t):
        """Power or racks that pools and storage take at a site in a month."""
        taken = sum(pool.there(t) * getattr(pool, field) for pool in (*self.pools.values(), *self.machines) if pool.site == site)
        return taken + sum(self.plan.number(storage, field) or 0 for storage in self.plan.all("storage")
                           if self.plan.get(storage, "site") == site and t in self.life_of(storage))

    def life_of(self, storage):
        return self.plan.dates.there(storage, self.plan.life(None, self.plan.get(storage, "retire")))

    def check_site(self, site):
        for field, use in (("it_power", "power"), ("cooling", "power"), ("racks", "racks")):
            with values.check(f"{field} of {site}"):
                limit = self.plan.number(site, field)
                for t in self.plan.months if limit is not None else ():
                    self.plan.at_most(f"{field} of {site}", self.at_site(site, use, t), limit, f" in {self.plan.month_name(t)}")
        quota = self.plan.get(site, "quota") if self.plan.is_a(site, "site.cloud") else None
        if not quota:
            return
        with values.check(f"quota of {site}"):
            for t in self.plan.months:
                use = {}
                for pool in (*self.pools.values(), *self.machines):
                    family = self.plan.get(pool.sku, "family")
                    if pool.site == site and family is not None:
                        use[family] = use.get(family, 0) + pool.there(t) * (self.plan.number(pool.sku, "vcpus") or 0)
                for family, vcpus in use.items():
                    granted = quota.get(family)
                    self.plan.at_most(f"quota of {site}", vcpus, granted.v if granted else 0, f" vcpus of {family}")

    def outcome(self, thing, member, t):
        """What the plan says of a pool, a site, a workload or a dataset, worked out here; None if it is none of these."""
        plan = self.plan
        if pool := self.pools.get(thing):
            pue = plan.number(pool.site, "pue") or 1
            one = {"used": lambda: self.used(thing, t), "usable": lambda: pool.nodes(t) * pool.gpus if t in pool.usable else 0,
                   "power": lambda: pool.there(t) * pool.power, "racks": lambda: pool.there(t) * pool.racks,
                   "energy": lambda: pool.there(t) * pool.drawn * pue * plan.hours(t) * 3600}.get(member)
            return one and one()
        if plan.is_a(thing, "site") and member in ("power", "racks_used"):
            return self.at_site(thing, "power" if member == "power" else "racks", t)
        if plan.is_a(thing, "workload"):
            on = self.pools_of(thing)
            one = {"gpus": lambda: sum(self.load[thing, pool][t] for pool in on), "placed_on": lambda: sorted(on),
                   "placed_at": lambda: sorted({self.pools[pool].site for pool in on})}.get(member)
            return one and one()
        if plan.is_a(thing, "storage") and member == "filled":
            sizes = [plan.number_in(plan.get(data, "size"), t) for data in plan.all("dataset") if thing in plan.names(data, "on")]
            return None if None in sizes else sum(sizes)
        if plan.is_a(thing, "dataset") and member == "used_at":
            users = [w for w in plan.all("workload") if thing in plan.names(w, "reads") + plan.names(w, "writes")]
            return sorted({self.pools[pool].site for workload in users for pool in self.pools_of(workload)})
        return None
