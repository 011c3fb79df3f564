# SPDX-License-Identifier: Apache-2.0
"""What the work of teams costs, and on what.

When who is booked is for the schedule: the days of each team by month are taken as they stand in `load`, and what they cost follows. A
task of the file has the work that its effort says. Steps that stand in others are not in the file: what their work costs is taken from
their `spend`, and held against all the rest: every amount is that of a team in a month and that of a task, within its days.
"""
from fractions import Fraction

from . import values
from .dates import DAY
from .values import Map, Num

WORKDAY, MINUTE = 8 * 3600, 60


class Labour:
    def __init__(self, plan, shape):
        self.plan, self.shape = plan, shape  # shape(money): a price in the plan's currency
        self.loads = {team: plan.told(f"{team}.load") for team in plan.all("team") if f"{team}.load" in plan.results}
        self.tasks = {}  # name: what its work costs within the horizon
        for name in plan.results:
            task = name.removesuffix(".spend")
            is_task = plan.is_a(task, "task") or task not in plan.kind_of and not any(other.startswith(task + ".") for other in plan.results
                                                                                      if other.endswith(".spend") and other != name)
            if task != name and is_task and isinstance(plan.told(name), Map):
                with values.check(f"work on {task}"):
                    amount = plan.told(name).get("labour")
                    self.tasks[task] = amount.v if isinstance(amount, Num) else 0

    def rate(self, team):
        """For a second of a day of 24 hours, by which a person-day is counted; None if nobody knows."""
        price = self.shape(self.plan.get(team, "rate"))
        return price and (price.amount if price.per == "second" else price.amount / DAY)

    def costs(self):
        """What each team costs in each month of the horizon."""
        for team, load in self.loads.items():
            with values.check(f"work of {team}"):
                rate = self.rate(team)
                for key, work in load if rate is not None and values.is_curve(load) else ():
                    month = self.plan.month_of(key.first)
                    if month in self.plan.months and work.v:
                        yield team, month, work.v * rate

    def check(self):
        for team, load in self.loads.items():
            with values.check(f"load of {team}"):
                self.check_load(team, load)
        for task in self.plan.all("task"):
            with values.check(f"work on {task}"):
                self.check_task(task)
        with values.check("work by month"):
            self.check_months({t: sum(amount for _, month, amount in self.costs() if month == t) for t in self.plan.months})
        if self.loads:
            self.plan.note(f"in which months the work of {len(self.loads)} teams falls, and which team does what: their `load` is taken as given")
        if nested := [task for task in self.tasks if task not in self.plan.kind_of]:
            self.plan.note(f"how much work the {len(nested)} tasks are that stand in others: they are not in the file, and `spend` is taken as given")

    def check_load(self, team, load):
        """A step for each month with work, and one for the month after, if it has none."""
        if not isinstance(load, Map) or not values.is_curve(load):
            return self.plan.object(f"{team}.load is no curve")
        worked = [self.plan.month_of(key.first) for key, work in load if work.v > 0]
        idle = [self.plan.month_of(key.first) for key, work in load if work.v == 0]
        keys = [key.first for key, _ in load]
        if keys != sorted(set(keys)) or set(idle) != {t + 1 for t in worked} - set(worked) or any(work.v < 0 for _, work in load):
            self.plan.object(f"{team}.load has no step for each month with work and the one after it")
        known = [work for task in self.plan.all("task") if self.plan.get(task, "team") == team and (work := self.work(task)) is not None]
        low, high = sum(work[0] for work in known) * DAY, sum(work[1] for work in known) * DAY
        is_all = self.rate(team) is not None and all(task in self.plan.kind_of and self.work(task) is not None for task in self.tasks)
        total = sum(work.v for _, work in load)
        if self.rate(team) is None:  # no cost holds it
            self.plan.given |= {one.leaf for step in load for one in step}
        if total < low or is_all and total > high:
            self.plan.object(f"{team}.load is {float(total / DAY):g} days, and its tasks take {float(low / DAY):g}")
        return None

    def days(self, task, field, team):
        """Person-days that a field of a task says: written in hours, they are hours of a working day of the team."""
        value = self.plan.get(task, field)
        if isinstance(value, Map):  # what comes in several steps is worked on once, for all of it
            value = max((step for _, step in value), key=lambda step: step.v, default=None)
        if isinstance(value, values.Range):
            value = value.parts[len(value.parts) // 2]
        if not isinstance(value, Num):
            return None
        if "workday" in value.over:
            return value.v
        if set(value.over) & {"day", "week"}:
            return value.v / DAY
        calendar = self.plan.get(team, "calendar")
        hours = self.plan.number(calendar, "hours") if calendar is not None else None
        return value.v / (min(hours, DAY) if hours else WORKDAY)

    def work(self, task):
        """Person-days of a task of the file, at least and at most; None if it may be another team's, or a part of its time is over."""
        get, team = self.plan.get, self.plan.get(task, "team")
        effort, spent, remaining = (self.days(task, field, team) for field in ("effort", "spent", "remaining"))
        if team is None:
            return 0, 0
        if get(task, "or_team"):
            return None
        if get(task, "finished") is not None:
            days = spent if spent is not None else effort or 0
        elif get(task, "duration") is not None:
            duration = get(task, "duration")
            duration = duration.parts[0] if isinstance(duration, values.Range) else duration
            if get(task, "started") is not None or spent is not None:
                return None
            days = self.days(task, "duration", team) if "workday" in duration.over else 0
        elif spent is None:
            days = effort if remaining is None else remaining
        else:
            days = spent + (max(0, effort - spent) if remaining is None else remaining)
        people = get(team, "people")  # whole minutes are booked
        most = max((step.v for _, step in people), default=1) if isinstance(people, Map) else people.v if isinstance(people, Num) else 1
        return days, days + Fraction(most * MINUTE, 3600) if days else 0

    def check_task(self, task):
        team, work, told = self.plan.get(task, "team"), self.work(task), self.tasks.get(task, 0)  # what costs nothing is not told
        rate = self.rate(team) if team is not None else None
        if rate is None:
            return told and self.plan.object(f"{task} costs {float(told):g}, and its team has no rate")
        low, high = (None, None) if work is None else (days * DAY * rate for days in work)
        is_whole = work is not None and set(self.window(task)) <= set(self.plan.months)
        if told < (low if is_whole else 0) or work is not None and told > high:
            self.plan.object(f"{task}.spend should be {float(low):g}, and is {float(told):g}")
        return None

    def window(self, task):
        """Months in which there may be work on a task; what was done before is noted where it was begun."""
        own = [values.first_day(self.plan.get(task, "started")), values.last_day(self.plan.get(task, "finished"))]
        told = self.plan.dates.months(task) or self.plan.months
        if self.plan.get(task, "spent") is not None:
            own.append(values.first_day(self.plan.get(self.plan.plan, "starts")))
        months = [self.plan.month_of(day) for day in own if day]
        return range(min([told.start, *months]), max([told.stop, *(t + 1 for t in months)]))

    def check_months(self, by_month):
        """All work is that of some task: in any months there is at least what is done within them, and in all there is no more."""
        windows = [(self.window(task), amount) for task, amount in self.tasks.items() if amount]
        starts, today = (values.first_day(self.plan.get(self.plan.plan, field)) for field in ("starts", "as_of"))
        is_under_way = starts and today and today > starts  # then work may have been done that is noted on another day
        for first in self.plan.months:
            for last in self.plan.months[first:]:
                within = sum(amount for window, amount in windows
                             if max(window.start, 0) >= first and min(window.stop, self.plan.count) - 1 <= last)
                done = sum(by_month[t] for t in range(first, last + 1))
                is_all = first == 0 and last == self.plan.count - 1
                if done < within and not is_under_way or is_all and done != within:
                    return self.plan.object(f"work from {self.plan.month_name(first)} to {self.plan.month_name(last)} costs {float(done):g}, and its "
                                            f"tasks {float(within):g}")
        return None

    def of(self, things, months=None, others=()):
        """What work costs on what stands in things, within months: at least and at most. What is another's already is not counted."""
        low = high = Fraction(0)
        for task, amount in self.tasks.items():
            if not amount or not any(task == thing or task.startswith(f"{thing}.") for thing in things):
                continue
            window = range(max(0, self.window(task).start), min(self.plan.count, self.window(task).stop))
            is_in = months is None or bool(window) and window.start in months and window[-1] in months
            team = self.plan.get(task, "team") if task in self.plan.kind_of else None
            others = [other for other in others if self.plan.is_a(other, "team")]
            if team in others or not set(window) & set(self.plan.months if months is None else months):
                continue
            low += amount if is_in and (team is not None or not others) else 0
            high += amount
        return low, high

    def settle(self, name, told, low, high):
        """The number where it is known, else what the file says if that may be."""
        if low == high:
            return low
        self.plan.note(f"{name}: which part of the work falls into a month is taken as given")
        return told if told is not None and low <= told <= high else low
