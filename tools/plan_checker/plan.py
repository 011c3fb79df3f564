# SPDX-License-Identifier: Apache-2.0
"""A plan.json as a model: entities, their fields, the months of the horizon. What is found wrong is collected here."""
import datetime
import json
import pathlib

from . import values
from .dates import Dates
from .values import Day, Map, Num


HIDDEN = " of a catalogue"
SUMS = {"length": "timeline", "capex": "ledger"}


class Plan:
    def __init__(self, path):
        self.data = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        if self.data.get("schema") != "groma.plan/1":
            raise ValueError("this is no plan.json of schema groma.plan/1")
        self.faults, self.unchecked = [], []
        self.given = set()  # leaves that groma worked out and that are taken as they stand
        self.pointers, self.fields, self.kind_of, self.parsed, self.derived = {}, {}, {}, {}, {}
        for part in ("entities", "imported", "catalogue"):
            for i, entity in enumerate(self.data[part]):
                if entity["name"] in self.fields:  # what the plan declares hides an entry of the same name
                    entity["name"] += HIDDEN
                self.pointers[entity["name"]] = f"/{part}/{i}/fields/"
                self.fields[entity["name"]] = entity["fields"]
                self.kind_of[entity["name"]] = entity["kind"]
        self.own = [entity["name"] for part in ("entities", "imported") for entity in self.data[part]]
        self.kinds = {kind["name"]: kind for kind in self.data["kinds"]}
        self.origins = {}
        for origin in self.data["origins"]:  # in the order of the entities
            if origin["name"] in self.origins:
                origin["name"] += HIDDEN
            self.origins[origin["name"]] = origin
        self.enums = [enum["tags"] for enum in self.data["enums"]]
        self.plan = next((name for name in self.own if self.kind_of[name] == "plan"), None)
        self.results = {result["name"]: i for i, result in reversed([*enumerate(self.data["results"])])}
        # The file has these two only where something leads to them; no other has such results.
        named = [(name.rpartition(".")[0], SUMS.get(name.rpartition(".")[2])) for name in self.results]
        self.sums = {thing: kind for thing, kind in named if kind}
        with values.check("the horizon"):
            self.read_months()
        self.dates = Dates(self)

    def read_months(self):
        horizon = self.get(self.plan, "horizon")
        first, last = values.first_day(horizon), values.last_day(horizon)
        end = self.get(self.data.get("environment"), "retire")
        if end is not None:
            last = min(last, values.last_day(end))
        self.start = first.year * 12 + first.month - 1
        self.count = max(0, last.year * 12 + last.month - self.start) if last else 0
        self.months = range(self.count)

    def month_of(self, day):
        return day.year * 12 + day.month - 1 - self.start

    def first_of(self, t):
        return datetime.date((self.start + t) // 12, (self.start + t) % 12 + 1, 1)

    def month_name(self, t):
        return f"{self.first_of(t):%Y-%m}"

    def hours(self, t):
        return 24 * (self.first_of(t + 1) - self.first_of(t)).days

    def span(self, period):
        """The months that a period names, within the horizon; all of them if it is none."""
        first, last = values.first_day(period), values.last_day(period)
        if first is None:
            return self.months
        return range(max(0, self.month_of(first)), min(self.count - 1, self.month_of(last)) + 1)

    def object(self, what):
        """What was found wrong; each is told once."""
        if what not in self.faults:
            self.faults.append(what)

    def note(self, what):
        """What is taken as it stands; each is told once."""
        if what not in self.unchecked:
            self.unchecked.append(what)

    def told(self, name):
        """What the file says of a result, or None."""
        i = self.results.get(name)
        return None if i is None else self.parse(self.data["results"][i]["value"], f"/results/{i}/value")

    def parse(self, text, pointer):
        if pointer not in self.parsed:
            try:
                self.parsed[pointer] = values.parse(text, pointer)
            except (ValueError, ZeroDivisionError) as error:
                self.object(f"{pointer} cannot be read: {error}")
                self.parsed[pointer] = None
            with values.check("the order of a range"):
                for range_ in values.ranges(self.parsed[pointer]):
                    ends = [part.v for part in range_.parts if isinstance(part, Num)] or [part.first for part in range_.parts]
                    if ends != sorted(ends):
                        self.object(f"{pointer}: {text} does not rise")
        return self.parsed[pointer]

    def get(self, entity, field):
        text = self.fields.get(entity, {}).get(field)
        return None if text is None else self.parse(text, self.pointers[entity] + field)

    def number(self, entity, field):
        value = self.get(entity, field)
        return value.v if isinstance(value, Num) else None

    def number_in(self, value, t):
        """Of a curve or a constant, in a month; before its first step a curve is zero."""
        if values.is_curve(value):
            step = None
            for key, one in value:
                if key.first <= self.first_of(t):
                    step = one
            return step.v if step is not None else 0
        return value.v if isinstance(value, Num) else None

    def is_a(self, name, kind):
        own = self.kind_of.get(name) or self.sums.get(name)
        return own == kind or own is not None and kind in self.kinds.get(own, {}).get("bases", ())

    def all(self, kind):
        return [name for name in self.own if self.is_a(name, kind)]

    def entries(self, kind):
        return [entity["name"] for entity in self.data["catalogue"] if self.is_a(entity["name"], kind)]

    def names(self, entity, field):
        """The entities of a list, or the one that stands for a list of it."""
        value = self.get(entity, field)
        return value if isinstance(value, list) else [] if value is None else [value]

    def life(self, *periods):
        """Months from the first of `periods` until the day before the second."""
        start, end = (values.first_day(period) for period in periods)
        first = 0 if start is None else max(0, self.month_of(start))
        last = self.count - 1 if end is None else self.month_of(end - datetime.timedelta(days=1))
        return range(first, min(self.count - 1, last) + 1)

    def serving(self, *periods):
        """The whole months from the first of `periods` until the second begins: what comes or goes within a month does not serve in it."""
        start, end = (values.first_day(period) for period in periods)
        first = 0 if start is None else max(0, self.month_of(start - datetime.timedelta(days=1)) + 1)
        last = self.count - 1 if end is None else self.month_of(end) - 1
        return range(first, min(self.count - 1, last) + 1)

    def is_region(self, site, region):
        return site == region or region in self.origins.get(site, {}).get("bases", ())

    def rank(self, tag, other):
        """The places of two tags of one enum, or None."""
        tags = next((tags for tags in self.enums if tag in tags and other in tags), None)
        return tags and (tags.index(tag), tags.index(other))

    def keeps(self, bound, value):
        return {"<=": value <= bound.limit.v, "<": value < bound.limit.v, ">=": value >= bound.limit.v,
                ">": value > bound.limit.v}.get(bound.sign, value == bound.limit.v)

    def at_most(self, name, used, limit, what=""):
        """`used` and `limit` are exact numbers, in base units."""
        with values.check(name):
            if used > limit:
                self.object(f"{name}: {float(used):g} is more than {float(limit):g}{what}")

    def curve(self, text_value, expected, name):
        """The steps of a curve are those of `expected`, by month: one where it changes, and no other."""
        steps = []
        for t, number in enumerate(expected):
            if number != (steps[-1][1] if steps else 0):
                steps.append((self.first_of(t), number))
        steps = steps or [(self.first_of(0), 0)]
        if not isinstance(text_value, Map) or not values.is_curve(text_value):
            return self.object(f"{name} is no curve")
        found = [(key.first, one.v) for key, one in text_value]
        if found != steps or any(values.last_day(key) != values.last_day(Day(f"{key.first:%Y-%m}")) for key, _ in text_value):
            wrong = next((s for s, f in zip(steps, found) if s != f), steps[-1])
            self.object(f"{name} should be {float(wrong[1]):g} (base unit) from {wrong[0]:%Y-%m} on, and have {len(steps)} steps")

