# SPDX-License-Identifier: Apache-2.0
"""On which days steps start and finish, which are taken as they stand, and what follows from them: when things come, and when all is done."""
import datetime
import math

from . import values
from .values import Day, Name

# The milestone with which a thing is there, and the one with which a pool may be used; of several kinds the first that fits.
COMES = (("pool.owned", "delivered", "accepted"), ("pool.rented", "accepted", "accepted"), ("machines", "delivered", None),
         ("storage", "delivered", None), ("link", "provisioned", None), ("service", "live", None), ("network", "live", None))
FOUND = ("start", "finish")
SIMULATED = ("p50", "p80", "p95")
DAY = 86_400


def after_use(entities, inside=""):
    """Steps without which the plan is finished, by their full names."""
    for entity in entities:
        name = inside + entity["name"]
        if entity["fields"].get("after_use") == "true":
            yield name
        yield from after_use(entity.get("parts", ()), f"{name}.")


class Dates:
    def __init__(self, plan):
        self.plan, self.days = plan, {"start": {}, "finish": {}}
        self.critical, self.sure, self.order_by = [], {}, {}
        self.aside = set(after_use(plan.data["entities"]))
        for i, result in enumerate(plan.data["results"]):
            step, _, member = result["name"].rpartition(".")
            if plan.is_a(step, "timeline") or member not in (*FOUND, *SIMULATED, "critical", "order_by"):
                continue
            value = plan.parse(result["value"], f"/results/{i}/value")
            if member == "critical":
                self.critical += [Name(step)] if value is True else []
            elif member in SIMULATED:
                self.sure.setdefault(step, {})[member] = value
            elif isinstance(value, Day):
                (self.order_by if member == "order_by" else self.days[member])[step] = value
                plan.given.add(value.leaf)

    def day(self, step, member="finish"):
        return values.first_day(self.days[member].get(step))

    def milestone(self, thing, which):
        """The day of what a thing comes with (1), or is usable with (2)."""
        row = next((row for row in COMES if self.plan.is_a(thing, row[0])), None)
        return self.day(f"{thing}.{row[which]}") if row and row[which] else None

    def from_month(self, thing):
        """The first month of the horizon in which a thing is there: the one in which it comes."""
        with values.check(f"when {thing} comes"):
            day = self.milestone(thing, 1)
            return 0 if day is None else max(0, self.plan.month_of(day))

    def usable_from(self, pool):
        """The first month in which a pool is there, tested, from the first day on."""
        with values.check(f"when {pool} may be used"):
            if self.milestone(pool, 1) is None or self.milestone(pool, 2) is None:
                return self.from_month(pool)
            return max(0, self.plan.month_of(self.milestone(pool, 2)) + 1)

    def there(self, thing, months):
        return range(max(months.start, self.from_month(thing)), months.stop)

    def payments(self, thing, vendor, month):
        """Shares of the price of what comes in a month, and the months in which they are due."""
        with values.check(f"when {thing} is paid"):
            came = self.milestone(thing, 1)
            if came is None or vendor is None:
                return [(1, month)]
            deposit, wait = self.plan.number(vendor, "deposit") or 0, self.plan.number(vendor, "payment") or 0
            ordered = self.day(f"{thing}.order") or came
            due = came + datetime.timedelta(days=math.ceil(wait / DAY))
            within = lambda day: min(max(0, self.plan.month_of(day)), max(month, self.plan.count - 1))
            return [(deposit, within(ordered)), (1 - deposit, within(due))]

    def months(self, step):
        """Those that a step touches, whether they are in the horizon or not."""
        first, last = (self.day(step, member) for member in FOUND)
        return range(self.plan.month_of(first), self.plan.month_of(last) + 1) if first and last else None

    def check(self):
        """Nothing finishes before it starts, and facts are as the results have them."""
        for step, start in sorted(self.days["start"].items()):
            with values.check(f"dates of {step}"):
                if step in self.days["finish"] and self.day(step) < self.day(step, "start"):
                    self.plan.object(f"{step} finishes on {self.days['finish'][step]}, before it starts on {start}")
                for member in FOUND:
                    origin = self.plan.origins.get(step, {})
                    is_found = origin.get("fields", {}).get(member, [""])[0] == "derived" and member not in origin.get("formulas", {})
                    fact = values.first_day(self.plan.get(step, member)) if is_found else None
                    if fact is not None and fact != self.day(step, member):
                        self.plan.object(f"{step}.{member} is {fact} as a fact and {self.days[member].get(step)} as a result")
        for step, latest in sorted(self.order_by.items()):
            with values.check(f"until when {step} can wait"):
                by = values.last_day(self.plan.get(step, "by"))
                if by is not None and values.first_day(latest) > by:
                    self.plan.object(f"{step}.order_by is {latest}, after {by}, its `by`")
        for step, runs in self.sure.items():
            sure = [str(runs[name]) for name in SIMULATED if name in runs]
            if sure != sorted(sure):
                self.plan.object(f"more runs keep an earlier day of {step}: {', '.join(sure)}")
        if self.days["start"]:
            self.plan.unchecked.append(f"on which days {len(self.days['start'])} steps start and finish, how much later they may be, and how "
                                       "sure that is: their days are taken as given")

    def left(self, step):
        """Days from the finish of a step to its `by`; None if nothing is to be kept any more."""
        by = values.last_day(self.plan.get(step, "by"))
        is_done = any(self.plan.get(step, field) is not None for field in ("finished", "reached"))
        if by is None or is_done or self.plan.is_a(step, "decision") or self.day(step) is None:
            return None
        return (by - self.day(step)).days

    def slack(self, timeline):
        """The fewest days left. Steps that stand in others are not in the file, and may have fewer."""
        left = [days for days in map(self.left, self.plan.all("step")) if days is not None]
        told = self.plan.told(f"{timeline}.slack")
        if told is None or left and told.v >= min(left) * DAY:
            return min(left) * DAY if left else None
        self.plan.object(f"{timeline}.slack is {told}, no number of days") if told.v % DAY else None
        self.plan.note(f"{timeline}.slack: no step of the file has so few days left; steps that stand in others are not in it")
        return told.v

    def outcome(self, thing, member):
        if not self.plan.is_a(thing, "timeline") or not self.days["start"]:
            return None
        first = min(self.day(step, "start") for step in self.days["start"])
        last = max(self.day(step) for step in self.days["finish"] if step not in self.aside)
        one = {"start": lambda: Day(first), "finish": lambda: Day(last), "length": lambda: ((last - first).days + 1) * DAY,
               "slack": lambda: self.slack(thing), "critical": lambda: sorted(self.critical)}.get(member)
        return one and one()
