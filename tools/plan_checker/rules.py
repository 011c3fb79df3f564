# SPDX-License-Identifier: Apache-2.0
"""Evaluates the expressions of plan.json: requirements, invariants, bounds, formulas and aims, in one month."""
import datetime
import math
from fractions import Fraction

from . import values
from .values import Bound, Day, Map, Name, Num, Range, Tag


class Unsupported(Exception):
    """What this checker does not work out."""


class Rules:
    def __init__(self, plan, outcome):
        self.plan, self.outcome = plan, outcome  # outcome(entity, member, arguments, month)
        self.is_monthly = False  # whether something was read since that may differ by month
        self.functions = {f["name"]: f for f in plan.data["functions"]}
        self.parameters = {p["name"]: (p["value"], f"/parameters/{i}/value") for i, p in enumerate(plan.data["parameters"])}

    def value(self, tree, pointer, self_=None, env=None, t=None):
        """The value of a tree. `pointer` is where it stands, `t` a month or None."""
        head, *rest = tree
        sub = lambda i, env_=env: self.value(tree[i], f"{pointer}/{i}", self_, env_, t)
        match head:
            case "value": return self.plan.parse(rest[0], f"{pointer}/1")
            case "self": return self_
            case "local": return env[rest[0]]
            case "global":
                if rest[0] not in self.parameters:
                    raise Unsupported(f"parameter {rest[0]}")
                return self.plan.parse(*self.parameters[rest[0]])
            case "entities": return [Name(name) for name in self.plan.all(rest[0])]
            case "resources":
                kinds = {name for name, kind in self.plan.kinds.items() if kind.get("taggable")}
                return [Name(name) for name in self.plan.own if self.plan.kind_of[name] in kinds]
            case "field": return self.in_month(self.member(sub(1), rest[1], t), t)
            case "method": return self.outcome(sub(1), rest[1], [sub(i) for i in range(3, len(tree))], t)
            case "call":
                function = self.functions[rest[0]]
                place = self.plan.data["functions"].index(function)
                if function["parameters"] != len(rest) - 1:
                    self.plan.object(f"{rest[0]} has {function['parameters']} parameters, and is called with {len(rest) - 1}")
                values.reads[f"/functions/{place}/parameters"].add("calls")
                inner = {f"v{i}": sub(i + 2) for i in range(len(rest) - 1)}
                return self.value(function["is"], f"/functions/{place}/is", None, inner, t)
            case "negate":
                value = sub(1)
                return None if value is None else Num(-value.v)
            case "not":
                value = sub(1)
                return None if value is None else not value
            case "and" | "or":
                seen = []
                for i in (1, 2):
                    seen.append(sub(i))
                    if seen[-1] is (head == "or"):
                        return head == "or"
                return None if None in seen else head == "and"
            case "*" | "/" | "+" | "-": return self.arithmetic(head, sub(1), sub(2))
            case "==" | "!=" | "<" | "<=" | ">" | ">=": return self.compare(head, sub(1), sub(2))
            case "in": return self.contains(sub(1), sub(2))
            case "is": return self.plan.is_a(sub(1), rest[1])
            case "is_tag":
                value = sub(1)
                return (value.name if isinstance(value, Tag) else value) == rest[1]
            case "range": return Range([sub(i) for i in range(1, len(tree))])
            case "spread":
                parts = [sub(i) for i in range(1, len(tree))]
                return parts[0] if all([values.same(parts[0], part) for part in parts]) else Range(parts)
            case "bound": return Bound(rest[0], sub(2))
            case "list":
                items = []
                for i, part in enumerate(rest, 1):
                    if part[0] == "splice":
                        items += self.value(part[1], f"{pointer}/{i}/1", self_, env, t) or []
                    else:
                        items.append(sub(i))
                return [item for item in items if item is not None]
            case "where": return [item for item in sub(2) or [] if sub(3, (env or {}) | {rest[0]: item})]
            case "each":
                inner = [(env or {}) | {rest[0]: item} for item in sub(2) or []]
                return [sub(3, one) for one in inner if len(tree) < 5 or sub(4, one)]
            case "all" | "any":
                seen = [sub(3, (env or {}) | {rest[0]: item}) for item in sub(2) or []]
                if (head == "any") in seen:
                    return head == "any"
                return None if None in seen else head == "all"
            case "if":
                condition = sub(1)
                return None if condition is None else sub(2) if condition else sub(3)
            case "text": return '"' + "".join(str(sub(i)).strip('"') for i in range(1, len(tree))) + '"'
            case "record": return Map((k, self.value(v, f"{pointer}/1/{k}", self_, env, t)) for k, v in rest[0].items())
            case "map": return Map((sub(i), sub(i + 1)) for i in range(1, len(tree), 2))
            case "union": return Tag(rest[0], sub(2)) if len(rest) > 1 else Name(rest[0])
            case "index": return self.index(sub(1), sub(2))
            case "as":
                value = sub(2)
                if rest[0] == "list":
                    return value if isinstance(value, list) else [] if value is None else [value]
                day = values.first_day(value) if rest[0] == "first_day" else values.last_day(value)
                return value if day is None else Day(day, getattr(value, "leaf", None))
            case "default":
                first = sub(1)
                return sub(2) if first is None else first
        return self.builtin(head, [sub(i) for i in range(1, len(tree))])

    def in_month(self, value, t):
        if t is None or not values.is_curve(value):
            return value
        self.is_monthly = True
        return Num(self.plan.number_in(value, t))

    def member(self, thing, name, t):
        if thing is None:
            return None
        if isinstance(thing, Tag):
            thing = thing.payload
        if isinstance(thing, Map):
            return thing.get(name)
        if not isinstance(thing, Name) or thing not in self.plan.kind_of:
            raise Unsupported(f"{name} of {thing}")
        kind = self.plan.kind_of[thing]
        for at in (kind, *self.plan.kinds[kind]["bases"]):
            if name in self.plan.kinds[at].get("formulas", {}):
                place = self.plan.data["kinds"].index(self.plan.kinds[at])
                return self.value(self.plan.kinds[at]["formulas"][name], f"/kinds/{place}/formulas/{name}", thing, None, t)
        if name in self.plan.fields[thing]:
            return self.plan.get(thing, name)
        return self.outcome(thing, name, [], t)

    def arithmetic(self, sign, a, b):
        if a is None or b is None:
            return None
        if isinstance(a, Day) and isinstance(b, Num) and sign in "+-":
            if set(b.over) & set(values.MONTHS) or "workday" in b.over:
                raise Unsupported("months after a date")
            day = values.first_day(a)
            return Day(day + datetime.timedelta(seconds=float(b.v if sign == "+" else -b.v)))
        curve = next((x for x in (a, b) if values.is_curve(x)), None)
        if curve is not None:  # step by step
            one = lambda x: self.arithmetic(sign, x if curve is a else a, x if curve is b else b)
            return Map((key, one(step)) for key, step in curve)
        if not isinstance(a, Num) or not isinstance(b, Num):
            raise Unsupported(f"{a} {sign} {b}")
        x, y = a.v, b.v
        if sign == "/" and y == 0:
            raise Unsupported("a division by zero")
        return Num(x * y if sign == "*" else x / y if sign == "/" else x + y if sign == "+" else x - y)

    def compare(self, sign, a, b):
        if sign in ("==", "!=") and (a is None or b is None):
            return (a is b) == (sign == "==")
        if a is None or b is None:
            return None
        if sign in ("==", "!="):
            if isinstance(a, bool) or isinstance(b, bool):
                return (a is b) == (sign == "==")
            if not isinstance(a, Num) and not isinstance(a, Day):
                return values.same(a, b) == (sign == "==")
        a, b = self.comparable(a, b)
        if sign in ("==", "!="):
            return (a == b) == (sign == "==")
        return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]

    def comparable(self, a, b):
        if isinstance(a, Num) and isinstance(b, Num):
            return a.v, b.v
        if isinstance(a, Day) and isinstance(b, Day):
            return a.first, b.first
        if isinstance(a, Name) and isinstance(b, Name):
            by = self.plan.kinds.get(self.plan.kind_of.get(a), {}).get("ordered_by")
            if by:
                return self.plan.number(a, by), self.plan.number(b, by)
            if ranks := self.plan.rank(a, b):
                return ranks
        raise Unsupported(f"{a} beside {b}")

    def contains(self, a, b):
        if a is None or b is None:
            return None
        if isinstance(b, Range):
            return self.compare("<=", b.parts[0], a) and self.compare("<=", a, b.parts[-1])
        return any([values.same(a, item) for item in b])

    def index(self, thing, key):
        if isinstance(thing, Map):
            return next((value for k, value in thing if values.same(k, key)), None)
        raise Unsupported("an index")

    def builtin(self, name, args):
        items = args[0] if args and isinstance(args[0], list) else args
        match name:
            case "count": return None if args[0] is None else Num(len(items))
            case "has":
                if len(args) == 1:
                    return args[0] is not None
                if isinstance(args[0], Map):
                    return args[0].get(str(args[1]).strip('"')) is not None
                return None if args[0] is None else any([values.same(args[1], item) for item in items])
            case "first" | "last": return (items[0] if name == "first" else items[-1]) if items else None
            case "unique": return list(dict.fromkeys(items))
        if name in ("sum", "min", "max", "floor", "ceil", "round", "abs"):
            if None in items:
                return None
            if not all(isinstance(item, Num) for item in items):
                raise Unsupported(f"{name} of these")
            numbers = [item.v for item in items]
            one = {"sum": sum, "min": min, "max": max}.get(name)
            return Num(one(numbers)) if one else Num(
                {"floor": math.floor, "ceil": math.ceil, "abs": abs, "round": lambda x: math.floor(abs(x) + Fraction(1, 2)) * (1 if x >= 0 else -1)}
                [name](numbers[0]))
        raise Unsupported(name)
