# SPDX-License-Identifier: Apache-2.0
"""Brings the parts together: what the file claims, beside what follows."""
import csv
import re

from . import values
from .availability import Availability
from .capacity import Capacity
from .money import Money
from .network import Network
from .packing import Packing
from .plan import Plan
from .rules import Rules, Unsupported
from .values import Day, Map, Name, Num, parse

# What groma worked out.
DERIVED = ("/decisions/", "/placements/", "/results/", "/costs/", "/aims/")
DATES = ("start", "finish", "slack", "critical", "order_by", "p50", "p80", "p95", "criticality")  # of a step
SIMULATED = ("days_lost", "delays", "expected_loss", "expected_penalty", "at_risk")
PERIODS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class Judge:
    def __init__(self, path, stdlib):
        self.plan, self.stdlib, self.tables, self.asked, self.judged = Plan(path), stdlib, {}, set(), 0
        self.packing = Packing(self.plan)
        self.capacity = Capacity(self.plan, self.packing.parts)
        self.network = Network(self.plan, self.capacity)
        self.availability = Availability(self.plan, self.capacity, self.network)
        self.money = Money(self.plan, self.capacity)
        self.rules = Rules(self.plan, self.outcome)

    def run(self):
        self.capacity.check()
        self.read_results()
        self.packing.check()
        self.network.check(self.told_use, self.told_route)
        self.plan.dates.check()
        self.money.add_egress(self.network)
        self.check_results()
        self.check_central()
        self.money.check()
        self.check_decisions()
        self.check_fields()
        self.check_requirements()
        self.check_aims()
        for missing in sorted(self.asked - set(self.told)):
            self.plan.object(f"there is no result {missing}")
        for extra in sorted(name for name in self.told if name.endswith(")") and name not in self.asked):
            self.plan.object(f"nothing asks for the result {extra}")

    def outcome(self, thing, member, args, t):
        """What is worked out: here, and nowhere else. None for what the schedule or a test brings."""
        if args:
            self.asked.add(f"{thing}.{member}({', '.join(self.spell(arg) for arg in args)})")
        for part in (lambda: self.capacity.outcome(thing, member, t), lambda: self.network.outcome(thing, member, args, t),
                     lambda: self.packing.outcome(thing, member, t), lambda: self.availability.outcome(thing, member),
                     lambda: self.plan.dates.outcome(thing, member), lambda: self.money.outcome(thing, member, args, t)):
            found = part()
            if found is not None:
                is_once = member in ("spend", "spend_in", "availability") or self.plan.is_a(thing, "ledger") or self.plan.is_a(thing, "timeline")
                self.rules.is_monthly |= not is_once
                if isinstance(found, dict):
                    return Map((Name(line), Num(amount)) for line, amount in found.items())
                if isinstance(found, list):
                    return [Name(name) for name in found]
                return found if isinstance(found, (bool, Day)) else Num(found)
        if member in ("load", "left") + DATES + SIMULATED:
            raise Unsupported(f"{thing}.{member}, which the schedule or a test brings")
        return None

    def spell(self, value):
        return str(value.v) if isinstance(value, Num) else str(value)

    def read_results(self):
        self.told, self.told_use, self.told_route = {}, {}, {}
        for i, result in enumerate(self.plan.data["results"]):
            value = self.plan.parse(result["value"], f"/results/{i}/value")
            if result["name"] in self.told:
                self.plan.object(f"the result {result['name']} stands there twice")
            self.told[result["name"]] = value
            thing, _, member = result["name"].rpartition(".")
            if member == "used" and self.plan.is_a(thing, "link"):
                with values.check(result["name"]):
                    self.told_use[thing] = [self.plan.number_in(value, t) for t in self.plan.months]
            if member == "availability" and isinstance(value, Num):
                with values.check(result["name"]):
                    self.availability.told[thing] = value.v
            if member == "route":
                self.told_route[thing] = value

    def check_results(self):
        for name, told in self.told.items():
            asked, _, args = name.partition("(")
            thing, _, member = asked.rpartition(".")
            is_given = member in DATES and not self.plan.is_a(thing, "timeline") or self.plan.is_a(thing, "team") and member == "load"
            if is_given or member in SIMULATED:
                continue
            if member == "packing" and thing in self.packing.groups:  # decided, and judged as a whole
                continue
            if member == "central" and self.plan.is_a(thing, "site.azure"):  # likewise
                continue
            with values.check(name):
                self.judged += 1
                args = [parse(arg) for arg in args.rstrip(")").split(", ")] if args else []
                monthly = isinstance(told, Map) and values.is_curve(told)
                asked, self.asked = self.asked, set()  # the results do not ask for themselves
                try:
                    if monthly:
                        found = [self.outcome(thing, member, args, t) for t in self.plan.months]
                    else:
                        found = self.outcome(thing, member, args, None if args else 0)
                except Unsupported as what:
                    self.plan.object(f"the result {name} cannot be worked out: {what}")
                    continue
                finally:
                    self.asked = asked
                if monthly and None not in found:
                    self.plan.curve(told, [one.v for one in found], name)
                elif monthly or found is None:
                    self.plan.object(f"the result {name} cannot be worked out")
                elif isinstance(told, list) and sorted(told) != found or not isinstance(told, list) and not self.is_same(told, found):
                    self.plan.object(f"{name} should be {found}, and is {told}")

    def check_central(self):
        """What all sites in Azure share stands with one of them."""
        sites = self.plan.all("site.azure")
        central = [site for site in sites if (self.told.get(f"{site}.central") or self.plan.get(site, "central")) is True]
        if sites and any(f"{site}.central" in self.told for site in sites) and len(central) != 1:
            self.plan.object(f"one site is central, and these are: {', '.join(central) or 'none'}")

    def is_same(self, told, found):
        if isinstance(told, Map) and isinstance(found, Map):
            return values.same([list(pair) for pair in told], [list(pair) for pair in found])
        return type(told) is type(found) and values.same(told, found)

    def check_decisions(self):
        for i, decision in enumerate(self.plan.data["decisions"]):
            name, place = decision["name"], f"/decisions/{i}"
            thing, _, field = name.rpartition(".")
            with values.check(f"decision {name}"):
                self.judged += 1
                value, fact = self.plan.parse(decision["value"], place + "/value"), self.plan.get(thing, field)
                if thing in self.plan.own and not values.same(value, fact):
                    self.plan.object(f"{name} is {decision['value']} as a decision and {self.plan.fields[thing].get(field)} as a fact")
                domain = decision.get("from", {})
                if "choices" in domain:
                    choices = [self.plan.parse(choice, f"{place}/from/choices/{k}") for k, choice in enumerate(domain["choices"])]
                    if not any(values.same(value, choice) for choice in choices):
                        self.plan.object(f"{name} is none of its choices")
                elif domain:
                    self.check_count(name, value, domain, place)

    def check_count(self, name, value, domain, place):
        low, high, step = (self.plan.parse(domain[end], f"{place}/from/{end}").v for end in ("low", "high", "step"))
        numbers = [self.plan.number_in(value, t) for t in self.plan.months]
        if step <= 0:
            return self.plan.object(f"{name} is chosen in steps of {step}")
        if values.is_curve(value):
            self.plan.curve(value, numbers, name)
        for t, number in zip(self.plan.months, numbers):
            if not low <= number <= high or (number - low) % step:
                self.plan.object(f"{name} is {float(number):g} in {self.plan.month_name(t)}, which it may not be")
            length = PERIODS.get(domain.get("each"))
            month = self.plan.start + t
            if t > 0 and number != numbers[t - 1] and (length is None or month % length):
                self.plan.object(f"{name} changes in {self.plan.month_name(t)}, where it may not")
            if t > 0 and domain.get("rising") and number < numbers[t - 1]:
                self.plan.object(f"{name} falls in {self.plan.month_name(t)}")

    def check_fields(self):
        """Derived fields follow from their formulas, imported ones stand in the library; each keeps to its bounds."""
        for i, origin in enumerate(self.plan.data["origins"]):
            name = origin["name"]
            for field, formula in origin.get("formulas", {}).items():
                with values.check(f"{name}.{field}"):
                    self.evaluate(f"{name}.{field}", lambda: self.check_formula(name, field, formula, f"/origins/{i}/formulas/{field}"))
            for field, (kind, place) in origin.get("fields", {}).items():
                if kind == "imported" and field in self.plan.fields[name]:
                    with values.check(f"{name}.{field} in {place}"):
                        self.check_import(name, field, place)
        self.check_library_rules()
        for name, kind in self.plan.kind_of.items():
            for at in (kind, *self.plan.kinds[kind]["bases"]):
                for field, bounds in self.plan.kinds[at].get("bounds", {}).items():
                    if name in self.plan.own and (value := self.plan.get(name, field)) is not None:
                        place = f"/kinds/{self.plan.data['kinds'].index(self.plan.kinds[at])}/bounds/{field}"
                        with values.check(f"bound of {name}.{field}"):
                            self.evaluate(f"bound of {name}.{field}", lambda: self.check_bounds(name, field, value, bounds, place))

    def evaluate(self, name, what):
        self.judged += 1
        try:
            what()
        except Unsupported as reason:
            self.plan.unchecked.append(f"{name}: {reason}")

    def check_formula(self, name, field, formula, place):
        follows, told = self.rules.value(formula, place, Name(name)), self.plan.get(name, field)
        if values.is_curve(told) and isinstance(follows, Map):  # a month and its first day are one step
            told, follows = ([[key.first.isoformat(), step] for key, step in curve] for curve in (told, follows))
        elif values.is_curve(told):
            told = told[0][1]
        if isinstance(told, list) and not isinstance(follows, list):
            follows = [follows]
        if isinstance(follows, list):  # where a moment is meant, a step stands for its finish
            follows = [self.told.get(f"{one}.finish", one) if isinstance(one, Name) else one for one in follows]
        if isinstance(follows, values.Day):
            follows, told = values.first_day(follows), values.first_day(told)
        if not values.same(follows, told):
            self.plan.object(f"{name}.{field} should be {follows}, and is {self.plan.fields[name][field]}")

    def check_bounds(self, name, field, value, bounds, place):
        parts = [step for _, step in value] if isinstance(value, Map) else value if isinstance(value, list) else \
            value.parts if isinstance(value, values.Range) else [value.limit] if isinstance(value, values.Bound) else [value]
        for k, (sign, tree, _) in enumerate(bounds):
            limit = self.rules.value(tree, f"{place}/{k}/1", Name(name))
            for part in parts:
                holds = self.rules.contains(part, limit) if sign == "in" else self.rules.compare(sign, part, limit)
                if holds is False:
                    self.plan.object(f"{name}.{field} is {part}, out of its bounds")

    def check_import(self, name, field, place):
        """The line of the library that a fact comes from has the same numbers."""
        value, rows = self.plan.get(name, field), self.lines_of(place)
        if rows is None:
            return self.plan.unchecked.append(f"{name}.{field}: {place} is not at hand")
        if not place.rpartition(":")[0].endswith(".csv"):
            return self.stand_in(f"{name}.{field}", self.plan.fields[name][field], self.plan.pointers[name] + field, place)
        header = {re.sub(r" \[.*", "", cell): (k, re.findall(r"\[(.+)\]", cell)) for k, cell in enumerate(rows[0])}
        if field not in header:
            return None
        k, units = header[field]
        text = rows[int(place.rpartition(":")[2]) - 1][k] + "".join(f" {unit}" for unit in units)
        told = parse(text) if isinstance(value, (Num, values.Day)) else value
        if isinstance(value, values.Day):  # a month stands for its first day
            value, told = values.first_day(value), values.first_day(told)
        if not values.same(value, told):
            self.plan.object(f"{name}.{field} is {self.plan.fields[name][field]}, and {text} in {place}")
        return None

    def lines_of(self, place):
        """The rows of a table or the lines of a module of the library; None for what is not of it or not at hand."""
        path = place.rpartition(":")[0]
        source = self.stdlib / path.removeprefix("stdlib/")
        if not path.startswith("stdlib/") or not source.is_file():
            return None
        if source not in self.tables:
            text = source.read_text(encoding="utf-8")
            self.tables[source] = list(csv.reader(text.splitlines())) if source.suffix == ".csv" else text.splitlines()
        return self.tables[source]

    def stand_in(self, what, text, pointer, place):
        """Each number of a literal stands in the declaration of the library that begins at a line."""
        rows, line = self.lines_of(place), int(place.rpartition(":")[2])
        found = {number for row in rows[line - 1:line + 11] for number in loose_numbers(row)}
        for number in (token[1] for token in values.tokens(text) if token[0] in ("number", "date")):
            if number.lstrip("-") not in found:
                self.plan.object(f"{what} has {number}, which does not stand in {place}")
        mark_all(self.plan.parse(text, pointer))

    def check_library_rules(self):
        """Bounds and requirements of the library are as it states them."""
        for i, kind in enumerate(self.plan.data["kinds"]):
            for field, bounds in kind.get("bounds", {}).items():
                for k, (_, tree, place) in enumerate(bounds):
                    self.check_tree(f"the bound of {kind['name']}.{field}", tree, f"/kinds/{i}/bounds/{field}/{k}/1", place)
            for k, rule in enumerate(kind.get("requires", ())):
                self.check_tree(f"a rule of {kind['name']}", rule["holds"], f"/kinds/{i}/requires/{k}/holds", rule["at"])
        for i, rule in enumerate(self.plan.data["requirements"]):
            self.check_tree(rule["of"], rule["holds"], f"/requirements/{i}/holds", rule["at"])

    def check_tree(self, what, tree, pointer, place):
        if self.lines_of(place) is None:
            return
        if tree[0] == "value":
            with values.check(f"{what} in {place}"):
                self.stand_in(what, tree[1], pointer + "/1", place)
        for k, part in enumerate(tree):
            if isinstance(part, list):
                self.check_tree(what, part, f"{pointer}/{k}", place)

    def check_requirements(self):
        waivers = [(self.plan.get(w, "of"), self.plan.names(w, "on"), w) for w in self.plan.all("waiver")]
        for i, rule in enumerate(self.plan.data["requirements"]):
            if rule["severity"] != "error":
                continue
            tree, place, name = rule["holds"], f"/requirements/{i}/holds", f"{rule['of']} ({rule['at']}: {rule.get('because', 'policy')})"
            with values.check(f"requirement {name}"):
                self.evaluate(name, lambda: self.check_subjects(rule["of"], tree, place, name, waivers))
        for kind, declared in self.plan.kinds.items():
            place = f"/kinds/{self.plan.data['kinds'].index(declared)}/requires"
            for k, rule in enumerate(declared.get("requires", ())):
                for thing in self.plan.all(kind):
                    name = f"{thing} ({rule['at']}: {rule.get('because', kind)})"
                    with values.check(f"invariant {rule['at']} of {thing}"):
                        self.evaluate(f"{rule['at']} of {thing}", lambda: self.hold(name, rule["holds"], f"{place}/{k}/holds", Name(thing)))

    def check_subjects(self, policy, tree, place, name, waivers):
        if tree[0] != "all":
            return self.hold(name, tree, place, Name(policy), None, waivers, policy)
        for subject in self.rules.value(tree[2], place + "/2", Name(policy)):
            self.hold(f"{name} for {subject}", tree[3], place + "/3", Name(policy), {tree[1]: subject}, waivers, policy, subject)

    def hold(self, name, tree, place, self_, env=None, waivers=(), policy=None, subject=None):
        """In every month that no waiver covers whole."""
        waived = [w for of, on, w in waivers if of == policy and subject in on]
        for t in self.plan.months or [None]:
            if any(self.covers(waiver, t) for waiver in waived):
                continue
            holds = self.rules.value(tree, place, self_, env, t)
            if holds is False or holds is None and policy:
                month = f" in {self.plan.month_name(t)}" if t is not None else ""
                return self.plan.object(f"{name} does not hold{month}")

    def covers(self, waiver, t):
        until, start = values.last_day(self.plan.get(waiver, "until")), values.first_day(self.plan.get(waiver, "from"))
        today = values.first_day(self.plan.get(self.plan.plan, "as_of"))
        if until and today and until < today:
            return False
        return (not until or self.plan.first_of(t + 1) <= until + values.datetime.timedelta(days=1)) and \
            (not start or self.plan.first_of(t) >= start)

    def check_aims(self):
        for i, aim in enumerate(self.plan.data["aims"]):
            with values.check(f"aim {aim['at']}"):
                self.evaluate(f"aim {aim['at']}", lambda: self.check_aim(aim, f"/aims/{i}"))

    def check_aim(self, aim, place):
        value, bound = (self.plan.parse(aim[end], f"{place}/{end}") for end in ("value", "bound"))
        total = self.over_months(aim["of"], f"{place}/of")
        if value.v != total:
            self.plan.object(f"{place}/value is {float(value.v):g} and should be {float(total):g}")
        is_better = bound.v <= value.v if aim["is"] == "minimize" else bound.v >= value.v
        if not is_better or aim["proved"] and bound.v != value.v:
            self.plan.object(f"{place}/bound is {float(bound.v):g} beside {float(value.v):g}")
        if not aim["proved"]:
            self.plan.unchecked.append(f"{place}/bound: a claim without a proof in the file")

    def over_months(self, tree, place):
        """Of a sum, what differs by month counts in each month, and the rest once."""
        if tree[0] in ("+", "-"):
            first, second = (self.over_months(tree[i], f"{place}/{i}") for i in (1, 2))
            return first + second if tree[0] == "+" else first - second
        self.rules.is_monthly = False
        found = [self.rules.value(tree, place, None, {}, t).v for t in self.plan.months]
        return sum(found) if self.rules.is_monthly else found[0]

    def leaves(self):
        """Pointers of all numbers and dates of the file, in its order."""
        def walk(value, pointer):
            if isinstance(value, dict):
                for key, part in value.items():
                    if key not in ("name", "at", "because", "of", "title", "schema", "groma", "engine") or isinstance(part, list) and key == "of":
                        yield from walk(part, f"{pointer}/{key}")
            elif isinstance(value, list):
                for k, part in enumerate(value):
                    yield from walk(part, f"{pointer}/{k}")
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                yield pointer
            elif isinstance(value, str) and not pointer.startswith("/origins") or "/formulas/" in pointer:
                yield from numbers_in(value, pointer)
        return walk(self.plan.data, "")

    def free(self):
        for leaf in self.leaves():
            checks = sorted(values.reads.get(leaf, set()) - {"reading"})
            if not checks:
                yield leaf, "unread", "no requirement, load, price or other check reads it"
            elif not leaf.startswith(DERIVED) or "/from/" in leaf or leaf in self.plan.given:
                yield leaf, "held", f"read by {', '.join(checks[:4])}{' and others' if len(checks) > 4 else ''}, which hold with it"

    def summary(self):
        many = len(self.plan.faults)
        said = f"{many} disagreement{'s' if many != 1 else ''}" if many else "agrees"
        return f"{self.judged} claims judged, {len(self.plan.unchecked)} not checked: {said}"


def numbers_in(text, pointer):
    try:
        count = sum(kind in ("number", "date") for kind, *_ in values.tokens(text.removeprefix("+")))  # +55 days: by how much something differs
    except ValueError:
        return
    yield from [pointer] if count == 1 else [f"{pointer}#{k}" for k in range(1, count + 1)]


def loose_numbers(text):
    """Numbers and dates as they are printed: 10_000 is 10000, without a sign."""
    text = re.sub(r"(?<=\d)_(?=\d)", "", text)
    return [number.lstrip("-") for number in re.findall(rf"{values.DATE}|{values.NUMBER}", text)]


def mark_all(value):
    values.same(value, value)
