# SPDX-License-Identifier: Apache-2.0
"""What everything costs in each month, from prices that the plan states, that things have, or that catalogues list."""
import datetime
import math
from fractions import Fraction

from . import values
from .capacity import payload, tag_of
from .labour import Labour
from .values import Map, Num

LINES = ("capex", "opex", "reserved", "spot", "energy", "licences", "labour", "egress")


class Price:
    """In the plan's currency: once, for a month, or for a second; `months` in which it holds."""

    def __init__(self, money, amount, months):
        self.amount, self.months = amount, months
        time = [unit for unit in money.under if unit in values.MONTHS + values.TIMES]
        self.by_gpu = "gpu" in money.under
        self.by_data = any(unit.endswith(("B", "bit")) for unit in money.under)
        self.by_energy = any(unit.endswith(("Wh", "J")) for unit in money.under)
        self.per = "once" if not time else "month" if time[0] in values.MONTHS else "second"

    def in_month(self, plan, t):
        return self.amount * (plan.hours(t) * 3600 if self.per == "second" else 1)


class Money:
    def __init__(self, plan, capacity):
        self.plan, self.capacity = plan, capacity
        self.currency = plan.get(plan.plan, "currency")
        self.costs = {}  # thing, line, month: amount
        self.labour = Labour(plan, self.shape)
        with values.check("costs"):
            for name, pool in capacity.pools.items():
                self.add_pool(name, pool)
            for part in capacity.machines:
                self.add_pool(part.name, part)
            for kind in ("storage", "link", "service", "network", "site", "existing", "resource"):
                for name in plan.all(kind):
                    self.add_thing(name)

            for name in plan.all("component"):
                for price in self.stated(name):
                    if not (price.by_gpu or price.by_data or price.by_energy):
                        self.add_price(name, "licences", price, plan.months, {t: plan.number(name, "copies") or 0 for t in plan.months})
            for team, t, amount in self.labour.costs():
                self.add(team, "labour", t, amount)

    def electricity(self, site, t):
        """For a joule in a month: a price of the plan goes before the site's own."""
        stated = [price.amount for price in self.stated(site, None, [site]) if price.by_energy and t in price.months]
        own = self.shape(self.plan.get(site, "electricity"))
        return sum(stated) if stated else own.amount if own else None

    def add_energy(self, name, site, life, watts):
        for t in life:
            price, pue = self.electricity(site, t), self.plan.number(site, "pue")
            if price is not None:
                self.add(name, "energy", t, watts[t] * (1 if pue is None else pue) * self.plan.hours(t) * 3600 * price)

    def shape(self, money, months=None):
        if not isinstance(money, Num):
            return None
        code, amount = next(iter(money.over), self.currency), money.v
        if code != self.currency:
            for rate in self.plan.all("rate"):
                ends = self.plan.get(rate, "from"), self.plan.get(rate, "to")
                if ends == (code, self.currency):
                    return Price(money, amount * self.plan.number(rate, "value"), months or self.plan.months)
                if ends == (self.currency, code):
                    return Price(money, amount / self.plan.number(rate, "value"), months or self.plan.months)
            return None
        return Price(money, amount, months or self.plan.months)

    def stated(self, thing, sku=None, sites=(), contract=None):
        """What the plan says of the thing, or of what it is made of, at one of these sites."""
        found = []
        for price in self.plan.all("price"):
            of, at, under = self.plan.names(price, "of"), self.plan.get(price, "at"), self.plan.get(price, "contract")
            if thing not in of and sku not in of or at is not None and at not in sites:
                continue
            if under is not None and not values.same(under, contract):
                continue
            found.append(self.shape(self.plan.get(price, "amount"), self.plan.span(self.plan.get(price, "during"))))
        return [price for price in found if price]

    def of_node(self, name, pool):
        contract = self.plan.get(name, "contract")
        prices, own = self.stated(name, pool.sku, [pool.site], contract), self.plan.get(name, "price")
        if isinstance(own, Map):
            own = own.get(pool.sku)
        own = self.shape(own)
        if own and not any((price.per == "once") == (own.per == "once") for price in prices):
            prices.append(own)
        is_owned = self.plan.is_a(name, "pool.owned") or self.plan.is_a(name, "machines") and not self.plan.is_a(pool.site, "site.cloud")
        if prices or is_owned:
            return prices
        listed = self.listed(pool) if tag_of(contract) == "on_demand" else self.committed(pool, tag_of(contract))
        return [listed] if listed else []

    def listed(self, pool):
        get, is_region = self.plan.get, self.plan.is_region
        for entry in self.plan.entries("list_price"):
            if get(entry, "sku") == pool.sku and is_region(pool.site, get(entry, "region")):
                return self.shape(get(entry, "hourly"))
        return self.shape(get(pool.sku, "hourly")) if is_region(pool.site, get(pool.sku, "hourly_region")) else None

    def committed(self, pool, term):
        for entry in self.plan.entries("commitment"):
            is_it = self.plan.get(entry, "sku") == pool.sku and (self.plan.get(entry, "term") or "").startswith(term)
            if is_it and self.plan.is_region(pool.site, self.plan.get(entry, "region")):
                return self.shape(self.plan.get(entry, "price"))
        return None

    def add(self, thing, line, t, amount):
        if amount:
            self.costs[thing, line, t] = self.costs.get((thing, line, t), 0) + amount

    def add_pool(self, name, pool):
        self.add_energy(name, pool.site, pool.life, {t: pool.nodes(t) * pool.drawn for t in pool.life})
        contract = self.plan.get(name, "contract")
        kind, nodes = tag_of(contract), {t: pool.nodes(t) for t in pool.life}
        for price in self.of_node(name, pool):
            if price.by_gpu:
                price.amount *= pool.gpus
            if kind in ("reserved", "savings_plan"):
                for term in self.terms(payload(contract, "term"), pool.life):
                    most = max(nodes[t] for t in term if t in nodes)
                    self.add_price(name, "reserved", price, term, {t: most for t in term})
            elif price.per == "once":  # fewer nodes give no money back
                most = {t: max(nodes[s] for s in pool.life if s <= t) for t in pool.life}
                self.add_price(name, "capex", price, pool.life, most)
            else:
                self.add_price(name, "spot" if kind == "spot" else "opex", price, pool.life, nodes)

    def terms(self, term, life):
        """One is bound for each month that a term touches, in use or not, and also when the nodes are given back before it ends."""
        begin = life.start
        while begin in life:
            if term is not None and set(term.over) & set(values.TIMES):
                last = self.plan.month_of(self.plan.first_of(begin) + datetime.timedelta(seconds=math.ceil(term.v) - 1))
            else:
                last = begin + (math.ceil(term.v) if term is not None else 1) - 1
            last = max(last, begin)  # a month is the least
            yield range(begin, min(last + 1, self.plan.count))
            begin = last + 1

    def add_price(self, name, line, price, life, units):
        for t in life:
            if price.per == "once" and t in price.months:
                amount = (units[t] - units.get(t - 1, 0)) * price.amount
                if line == "licences":
                    self.add(name, line, t, amount)
                    continue
                # A part of what comes first may be due with the order, and the rest some days after it came.
                due = self.plan.dates.payments(name, self.plan.get(name, "vendor"), t) if t == life.start else [(1, t)]
                for share, month in due:
                    self.add(name, "capex", month, share * amount)
            elif price.per != "once" and t in price.months:
                self.add(name, line, t, units[t] * price.in_month(self.plan, t))

    def places(self, name):
        """The sites of each instance: a service has one at each of its sites, a line is at both of its ends."""
        if self.plan.is_a(name, "service") and self.plan.names(name, "sites"):
            return [[site] for site in self.plan.names(name, "sites")]
        if self.plan.is_a(name, "link"):
            return [self.plan.names(name, "between")]
        if self.plan.is_a(name, "site"):
            return [[name]]
        site = self.plan.get(name, "site")
        return [[site] if site else []]

    def add_thing(self, name):
        own = self.shape(self.plan.get(name, "price"))
        start = self.plan.get(name, "from") if self.plan.is_a(name, "service") else None
        life = self.plan.dates.there(name, self.plan.life(start, self.plan.get(name, "retire")))
        is_storage, is_site = self.plan.is_a(name, "storage"), self.plan.is_a(name, "site")
        site, power = self.plan.get(name, "site"), self.plan.number(name, "power") if is_storage else 0
        if power and not any(price.by_energy for price in self.stated(name, None, [site])):
            self.add_energy(name, site, life, {t: power for t in life})
        for sites in self.places(name):
            # What is paid for energy comes on top of what the thing itself costs.
            prices = [price for price in self.stated(name, None, sites)
                      if not price.by_gpu and (is_storage or not price.by_data and not price.by_energy)]
            if own and all(price.by_energy for price in prices):
                prices.append(own)
            for price in prices:
                units = {t: 1 for t in life}
                if price.by_data:
                    units = {t: self.plan.number_in(self.plan.get(name, "capacity"), t) for t in life}
                elif price.by_energy:
                    price.amount *= (self.plan.number(name, "power") or 0) * (self.plan.number(sites[0], "pue") or 1)
                    price.per = "second"
                self.add_price(name, "opex", price, life, units)

    def add_egress(self, network):
        """Sites whose price is for what leaves them, once the flows have routes."""
        with values.check("costs"):
            for site in self.plan.all("site"):
                for price in self.stated(site, None, [site]):
                    for t in price.months if price.by_data and price.per == "once" else ():
                        self.add(site, "egress", t, network.leaving(site, t) * self.plan.hours(t) * 3600 * price.amount)

    def sum(self, months=None, things=None, line="total"):
        return sum(amount for (thing, one, t), amount in self.costs.items()
                   if (months is None or t in months) and (things is None or thing in things) and line in ("total", one))

    def share(self, workload, line):
        """Of a pool by the GPUs that it has of those in use, month by month; of a service in equal parts among its users."""
        total = Fraction(0)
        for pool in self.capacity.pools_of(workload):
            for t in self.plan.months:
                own, used = self.capacity.load[workload, pool][t], self.capacity.placed(pool, t)
                if own and used:
                    total += self.sum([t], [pool], line) * Fraction(own) / used
        for service in set(self.plan.names(workload, "uses")):
            users = [one for one in self.plan.all("workload") if service in self.plan.names(one, "uses")]
            total += Fraction(self.sum(None, [service], line)) / len(users)
        return total

    def spend(self, thing, line, months=None, told=None):
        """What a thing costs, with the work on it."""
        own = self.sum(months, [thing], line)
        low, high = self.labour.of([thing], months) if line in ("total", "labour") else (0, 0)
        return own + self.labour.settle(f"what {thing} costs", None if told is None else told - own, low, high)

    def spent(self, budget, t):
        """What it covers: work as that of a team, a task or a workstream, and not as what it delivers."""
        covers = self.plan.names(budget, "covers")
        own = self.sum([t], covers)
        curve = self.plan.told(f"{budget}.spent")
        told = self.plan.number_in(curve, t)
        work = self.labour.of(self.steps(covers), [t], covers)
        if work[0] != work[1] and isinstance(curve, Map):
            self.plan.given |= {one.leaf for step in curve for one in step if hasattr(one, "leaf")}
        return own + self.labour.settle(f"{budget}.spent", None if told is None else told - own, *work)

    def steps(self, covers):
        return [thing for thing in covers if thing not in self.plan.kind_of or self.plan.is_a(thing, "step")]

    def check(self):
        self.labour.check()
        with values.check("costs"):
            found = {}
            for i, cost in enumerate(self.plan.data["costs"]):
                month = self.plan.parse(cost["month"], f"/costs/{i}/month")
                amount = self.plan.parse(cost["amount"], f"/costs/{i}/amount")
                if month is None or amount is None:
                    continue
                key = cost["of"], cost["line"], self.plan.month_of(month.first)
                if key in found or len(cost["month"]) != 7:
                    self.plan.object(f"/costs/{i}: {cost['line']} of {cost['of']} in {cost['month']} stands there twice")
                found[key] = amount.v
            for key in sorted({*found, *self.costs}, key=str):
                if found.get(key, 0) != self.costs.get(key, 0):
                    thing, line, t = key
                    self.plan.object(f"{line} of {thing} in {self.plan.month_name(t)} is {float(self.costs.get(key, 0)):.2f}, "
                                     f"not {float(found.get(key, 0)):.2f}")
        for budget in self.plan.all("budget"):
            with values.check(f"budget {budget}"):
                amount, over = self.shape(self.plan.get(budget, "amount")), self.plan.span(self.plan.get(budget, "over"))
                covers, spent = self.plan.names(budget, "covers"), {t: self.spent(budget, t) for t in self.plan.months}
                low, high = self.labour.of(self.steps(covers), None, covers)
                if not low <= sum(spent.values()) - self.sum(None, covers) <= high:
                    self.plan.object(f"{budget}.spent has {float(sum(spent.values())):g} in all, which is not what its work costs")
                if amount.per == "once":
                    self.plan.at_most(f"budget {budget}", sum(spent[t] for t in over), amount.amount)
                else:
                    for t in over:
                        self.plan.at_most(f"budget {budget}", spent[t], amount.in_month(self.plan, t), f" in {self.plan.month_name(t)}")

    def outcome(self, thing, member, args, t):
        """Sums of money, or None for what is none."""
        if self.plan.is_a(thing, "ledger"):
            if member == "during" and len(args) == 1:
                return self.sum(self.plan.span(args[0]))
            if member == "of" and len(args) == 1:
                return self.spend(args[0], "total")
            return self.sum(line=member) if member in ("total", *LINES) else None
        if self.plan.is_a(thing, "workload") and member == "spend":
            lines = ("total", *LINES) if not args else (args[0].strip('"'),)
            shares = {line: self.share(thing, line) for line in lines}
            return shares[lines[0]] if args else shares
        if member == "spend" and not args:
            return {line: self.spend(thing, line) for line in ("total", *LINES)}
        if member == "spend" and len(args) == 1:
            return self.spend(thing, args[0].strip('"'))
        if member == "spend_in" and len(args) == 2:
            told = self.plan.told(f"{thing}.spend_in({args[0]}, {args[1]})")
            return self.spend(thing, args[1].strip('"'), self.plan.span(args[0]), told.v if isinstance(told, Num) else None)
        if self.plan.is_a(thing, "budget") and member == "spent":
            return self.spent(thing, t)
        return None
