# SPDX-License-Identifier: Apache-2.0
"""What everything costs in each month, from prices that the plan states, that things have, or that catalogues list."""
from fractions import Fraction

from . import values
from .capacity import payload, tag_of
from .values import Map, Num

LINES = ("capex", "opex", "reserved", "spot", "energy", "licences", "labour", "egress")
MONTH = Fraction(365 * 86400, 12)  # seconds


class Price:
    """In the plan's currency: once, for a month, or for a second; `months` in which it holds."""

    def __init__(self, money, amount, months):
        self.amount, self.months = amount, months
        time = [unit for unit in money.under if unit in values.MONTHS + values.TIMES]
        self.by_gpu = "gpu" in money.under
        self.per = "once" if not time else "month" if time[0] in values.MONTHS else "second"

    def in_month(self, plan, t):
        return self.amount * (plan.hours(t) * 3600 if self.per == "second" else 1)


class Money:
    def __init__(self, plan, capacity):
        self.plan, self.capacity = plan, capacity
        self.currency = plan.get(plan.plan, "currency")
        self.costs = {}  # thing, line, month: amount
        with values.check("costs"):
            for name, pool in capacity.pools.items():
                self.add_pool(name, pool)
            for kind in ("storage", "link", "service", "network"):
                for name in plan.all(kind):
                    self.add_thing(name)

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

    def stated(self, thing, sku=None, site=None, contract=None):
        found = []
        for price in self.plan.all("price"):
            of, at, under = self.plan.names(price, "of"), self.plan.get(price, "at"), self.plan.get(price, "contract")
            if thing not in of and sku not in of or at is not None and at != site:
                continue
            if under is not None and not values.same(under, contract):
                continue
            found.append(self.shape(self.plan.get(price, "amount"), self.plan.span(self.plan.get(price, "during"))))
        return [price for price in found if price]

    def of_node(self, name, pool):
        contract = self.plan.get(name, "contract")
        prices, own = self.stated(name, pool.sku, pool.site, contract), self.plan.get(name, "price")
        if isinstance(own, Map):
            own = own.get(pool.sku)
        own = self.shape(own)
        if own and not any((price.per == "once") == (own.per == "once") for price in prices):
            prices.append(own)
        if prices or self.plan.is_a(name, "pool.owned"):
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
        electricity, pue = self.shape(self.plan.get(pool.site, "electricity")), self.plan.number(pool.site, "pue") or 1
        for t in pool.life if electricity else ():
            self.add(name, "energy", t, pool.nodes(t) * pool.drawn * pue * self.plan.hours(t) * 3600 * electricity.amount)
        contract = self.plan.get(name, "contract")
        kind, nodes = tag_of(contract), {t: pool.nodes(t) for t in pool.life}
        for price in self.of_node(name, pool):
            if price.by_gpu:
                price.amount *= pool.gpus
            if kind in ("reserved", "savings_plan"):  # for the most that run in each term, in use or not
                term = payload(contract, "term")
                is_months = term is not None and term.over[:1] and term.over[0] in values.MONTHS
                length = 12 if term is None else max(1, round(term.v if is_months else term.v / MONTH))
                for begin in range(pool.life.start, pool.life.stop, length):
                    within = range(begin, min(begin + length, pool.life.stop))
                    most = max(nodes[t] for t in within)
                    self.add_price(name, "reserved", price, within, {t: most for t in within})
            elif price.per == "once":  # fewer nodes give no money back
                most = {t: max(nodes[s] for s in pool.life if s <= t) for t in pool.life}
                self.add_price(name, "capex", price, pool.life, most)
            else:
                self.add_price(name, "spot" if kind == "spot" else "opex", price, pool.life, nodes)

    def add_price(self, name, line, price, life, units):
        for t in life:
            if price.per == "once":
                self.add(name, "capex", t, (units[t] - units.get(t - 1, 0)) * price.amount)
            elif t in price.months:
                self.add(name, line, t, units[t] * price.in_month(self.plan, t))

    def add_thing(self, name):
        prices = self.stated(name)
        own = self.shape(self.plan.get(name, "price"))
        start = self.plan.get(name, "from") if self.plan.is_a(name, "service") else None
        life = self.plan.life(start, self.plan.get(name, "retire"))
        count = max(1, len(self.plan.names(name, "sites"))) if self.plan.is_a(name, "service") else 1
        for price in prices or ([own] if own else []):
            self.add_price(name, "opex", price, life, {t: count for t in life})

    def sum(self, months=None, things=None, line="total"):
        return sum(amount for (thing, one, t), amount in self.costs.items()
                   if (months is None or t in months) and (things is None or thing in things) and line in ("total", one))

    def check(self):
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
                covers = self.plan.names(budget, "covers")
                if amount.per == "once":
                    self.plan.at_most(f"budget {budget}", self.sum(over, covers), amount.amount)
                else:
                    for t in over:
                        self.plan.at_most(f"budget {budget}", self.sum([t], covers), amount.in_month(self.plan, t), f" in {self.plan.month_name(t)}")

    def outcome(self, thing, member, args, t):
        """Sums of money, or None for what is none."""
        if self.plan.is_a(thing, "ledger"):
            if member == "during" and len(args) == 1:
                return self.sum(self.plan.span(args[0]))
            if member == "of" and len(args) == 1:
                return self.sum(None, [args[0]])
            return self.sum(line=member) if member in ("total", *LINES) else None
        if member == "spend" and not args:
            return {line: self.sum(None, [thing], line) for line in ("total", *LINES)}
        if member == "spend" and len(args) == 1:
            return self.sum(None, [thing], args[0].strip('"'))
        if member == "spend_in" and len(args) == 2:
            return self.sum(self.plan.span(args[0]), [thing], args[1].strip('"'))
        if self.plan.is_a(thing, "budget") and member == "spent":
            return self.sum([t], self.plan.names(thing, "covers"))
        return None
