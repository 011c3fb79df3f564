# SPDX-License-Identifier: Apache-2.0
"""Literals of the language as plan.json has them: read exactly, and with a note of who used which number.

A number of the file is a leaf: its JSON pointer, and `#n` where the text has several. Reading `.v` of a number, or the days of
a date, notes the check that is under way; what no check reads binds nothing.
"""
import calendar
import collections
import contextlib
import datetime
import re
from fractions import Fraction

reads = collections.defaultdict(set)  # leaf to names of checks
_checks = ["reading"]


@contextlib.contextmanager
def check(name):
    _checks.append(name)
    try:
        yield
    finally:
        _checks.pop()


# What one of a unit is in base units: bit, second, month, joule, kilogram, meter, flop, and one of each thing that is counted.
PREFIX = {"k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "P": 10**15, "E": 10**18}
BINARY = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40, "Pi": 2**50}
SCALES = {"%": Fraction(1, 100), "s": 1, "ms": Fraction(1, 10**3), "us": Fraction(1, 10**6), "ns": Fraction(1, 10**9), "min": 60,
          "h": 3600, "day": 86400, "week": 604800, "quarter": 3, "year": 12, "Wh": 3600, "g": Fraction(1, 1000), "t": 1000,
          "mm": Fraction(1, 1000), "km": 1000, "kJ": 10**3, "MJ": 10**6, "B": 8}
SCALES |= {prefix + unit: factor * base for prefix, factor in PREFIX.items()
           for unit, base in (("bit", 1), ("B", 8), ("bps", 1), ("W", 1), ("Wh", 3600), ("Hz", 1), ("FLOP", 1), ("FLOPS", 1))}
SCALES |= {prefix + "B": factor * 8 for prefix, factor in BINARY.items()}
SINGULAR = {"gpus": "gpu", "nodes": "node", "racks": "rack", "vcpus": "vcpu", "people": "person", "days": "day", "weeks": "week",
            "months": "month", "quarters": "quarter", "years": "year", "workdays": "workday", "bits": "bit", "sites": "site"}
MONTHS = ("month", "quarter", "year")
TIMES = ("s", "ms", "us", "ns", "min", "h", "day", "week")


class Num:
    """A number in base units; `over` and `under` are the units that it was written in."""

    def __init__(self, value, over=(), under=(), leaf=None):
        self._value, self.over, self.under, self.leaf = Fraction(value), over, under, leaf

    @property
    def v(self):
        if self.leaf:
            reads[self.leaf].add(_checks[-1])
        return self._value

    def __repr__(self):
        return f"{self._value}"


class Day:
    """A date, a month or a quarter: its first and its last day."""

    def __init__(self, text, leaf=None):
        self.text, self.leaf = str(text), leaf
        text = self.text
        if "Q" in text:
            year, month, months = int(text[:4]), int(text[-1]) * 3 - 2, 3
        else:
            year, month, months = int(text[:4]), int(text[5:7]), 1
        end = month + months - 1
        self._first = datetime.date(year, month, int(text[8:]) if len(text) == 10 else 1)
        self._last = self._first if len(text) == 10 else datetime.date(year, end, calendar.monthrange(year, end)[1])

    @property
    def first(self):
        reads[self.leaf].add(_checks[-1])
        return self._first

    @property
    def last(self):
        reads[self.leaf].add(_checks[-1])
        return self._last

    def __repr__(self):
        return self.text


class Name(str):
    """An entity, an entry of a catalogue, or a tag of an enum."""


Range = collections.namedtuple("Range", "parts")
Bound = collections.namedtuple("Bound", "sign limit")
Tag = collections.namedtuple("Tag", "name payload")


class Map(collections.UserList):
    """Pairs of a key and a value, in order: a record, a map, or a curve, whose keys are days."""

    def get(self, key):
        return next((value for k, value in self if str(k) == key), None)


DATE = r"\d{4}-(?:Q[1-4]|\d\d-\d\d|\d\d)(?![\w-])"
NUMBER = r"-?\d+(?:\.\d+)?(?:/\d+(?![\w.]))?"
TOKEN = re.compile(rf'\s*(?:(?P<text>"(?:\\.|[^"\\])*")|(?P<cidr>\d+(?:\.\d+){{3}}/\d+)|(?P<date>{DATE})|(?P<number>{NUMBER})'
                   r"|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?P<sign><=|>=|\.\.|[][{}(),=<>/%*]))")


def tokens(text):
    at, found = 0, []
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        if not match:
            raise ValueError(f"`{text}` cannot be read at {at}")
        found.append((match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
        at = match.end()
    return found


class Literal:
    def __init__(self, text, pointer):
        self.tokens, self.at, self.pointer = tokens(text), 0, pointer
        self.many = sum(kind in ("number", "date") for kind, *_ in self.tokens) > 1
        self.count = 0

    def peek(self, ahead=0):
        return self.tokens[self.at + ahead][:2] if self.at + ahead < len(self.tokens) else ("end", "")

    def take(self, wanted=None):
        kind, text = self.peek()
        if wanted and text != wanted:
            raise ValueError(f"{self.pointer}: `{wanted}` is expected, not `{text}`")
        self.at += 1
        return kind, text

    def leaf(self):
        self.count += 1
        return f"{self.pointer}#{self.count}" if self.many else self.pointer

    def read(self):
        value = self.value()
        if self.peek()[0] != "end":
            raise ValueError(f"{self.pointer}: `{self.peek()[1]}` is too much")
        return value

    def value(self):
        if self.peek()[1] in ("<=", ">=", "<", ">", "in"):
            return Bound(self.take()[1], self.value())
        parts = [self.single()]
        while self.peek()[1] == "..":
            self.take()
            parts.append(self.single())
        return Range(parts) if len(parts) > 1 else parts[0]

    def single(self):
        kind, text = self.take()
        if kind == "text":
            return text
        if kind == "cidr":
            return Name(text)
        if kind == "date":
            return Day(text, self.leaf())
        if kind == "number":
            return self.quantity(text, self.leaf())
        if text == "(":
            kind, text = self.take()
            self.take(")")
            return self.quantity(text, self.leaf())
        if text == "[":
            return self.items("]", self.value)
        if text == "{":
            return Map(self.items("}", self.pair))
        if text in ("true", "false"):
            return text == "true"
        if text == "none":
            return None
        if self.peek()[1] == "{":
            self.take()
            return Tag(text, Map(self.items("}", self.pair)))
        return Name(text)

    def items(self, end, one):
        items = []
        while self.peek()[1] != end:
            items.append(one())
            if self.peek()[1] != end:
                self.take(",")
        self.take(end)
        return items

    def pair(self):
        key = self.single()
        if self.peek()[1] in ("<=", ">=", "<", ">", "in"):
            return key, self.value()
        self.take("=")
        return key, self.value()

    def quantity(self, number, leaf):
        over, under, side = [], [], "over"
        if self.peek()[1] == "/":
            side = self.take() and "under"
        while self.peek()[0] == "name" and self.peek()[1] != "in" or self.peek()[1] == "%":
            unit = self.take()[1]
            (over if side == "over" else under).append(SINGULAR.get(unit, unit))
            if self.peek()[1] not in ("/", "*"):
                break
            side = "under" if self.take()[1] == "/" else side
        value = Fraction(number)
        for unit in over:
            value *= SCALES.get(unit, 1)
        for unit in under:
            value /= SCALES.get(unit, 1)
        return Num(value, tuple(over), tuple(under), leaf)


def parse(text, pointer=None):
    return Literal(text, pointer).read()


def ranges(value):
    """All ranges and spreads in a value."""
    if isinstance(value, Range):
        yield value
    for part in value if isinstance(value, (list, Map)) else ():
        yield from ranges(part[1] if isinstance(part, tuple) else part)


def first_day(value):
    if isinstance(value, Range):
        return first_day(value.parts[0])
    if isinstance(value, Num):
        return datetime.date(int(value.v), 1, 1)
    return value.first if isinstance(value, Day) else None


def last_day(value):
    if isinstance(value, Range):
        return last_day(value.parts[-1])
    if isinstance(value, Num):
        return datetime.date(int(value.v), 12, 31)
    return value.last if isinstance(value, Day) else None


def is_curve(value):
    return isinstance(value, Map) and len(value) > 0 and all(isinstance(key, Day) for key, _ in value)


def same(a, b):
    """Two literals of one meaning; both are read."""
    if isinstance(a, Num) and isinstance(b, Num):
        return a.v == b.v
    if isinstance(a, Day) and isinstance(b, Day):
        return (a.first, a.last) == (b.first, b.last)
    if isinstance(a, (list, tuple, Map)) and isinstance(b, (list, tuple, Map)):
        return len(a) == len(b) and all([same(x, y) for x, y in zip(a, b)])
    return a == b
