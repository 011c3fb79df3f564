#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Properties of random well-typed plans: they check cleanly, their values are exact, the order of declarations changes
nothing, formatting is idempotent and keeps the meaning.

Usage: generated_plans_test.py GROMA [PLANS]. The expected values are computed here with Python's fractions.
"""
import fractions
import pathlib
import random
import re
import sys
import tempfile

import groma

Fraction = fractions.Fraction
# Units of a dimension with their sizes; sums and comparisons stay inside one.
DIMENSIONS = {
    "power": {"W": 1, "kW": 1000, "MW": 10**6},
    "energy": {"Wh": 3600, "kWh": 3_600_000, "MWh": 3_600_000_000},
    "time": {"s": 1, "min": 60, "h": 3600, "days": 86400, "weeks": 604800},
    "rate": {"kbps": 1000, "Mbps": 10**6, "Gbps": 10**9},
    "number": {"": 1},
}


class Generator:
    """Lets whose values are known exactly, each built from literals and earlier lets."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.lets: list[tuple[str, str, str, object]] = []  # name, dimension or "bool", text, value

    def literal(self, dimension: str):
        unit, size = self.random.choice(list(DIMENSIONS[dimension].items()))
        whole = self.random.randint(0, 400)
        digits = self.random.choice(["", ".5", ".25", ".125"])
        return f"{whole}{digits} {unit}".strip(), Fraction(f"{whole}{digits}") * size

    def number(self, dimension: str, depth: int):
        known = [entry for entry in self.lets if entry[1] == dimension]
        choice = self.random.random()
        if depth == 0 or choice < 0.3:
            if known and self.random.random() < 0.5:
                name, _, _, value = self.random.choice(known)
                return name, value
            return self.literal(dimension)
        if choice < 0.7:
            left, a = self.number(dimension, depth - 1)
            right, b = self.number(dimension, depth - 1)
            return (f"({left} + {right})", a + b) if choice < 0.5 else (f"({left} - {right})", a - b)
        if choice < 0.85:
            factor = self.random.choice([("2", 2), ("50 %", Fraction(1, 2)), ("0.25", Fraction(1, 4)), ("3", 3)])
            inner, value = self.number(dimension, depth - 1)
            return f"({inner} * {factor[0]})", value * factor[1]
        condition, truth = self.truth(depth - 1)
        left, a = self.number(dimension, depth - 1)
        right, b = self.number(dimension, depth - 1)
        return f"(if {condition} then {left} else {right})", a if truth else b

    def truth(self, depth: int):
        dimension = self.random.choice(list(DIMENSIONS))
        sign = self.random.choice(["<", "<=", ">", ">=", "==", "!="])
        left, a = self.number(dimension, max(depth - 1, 0))
        right, b = self.number(dimension, max(depth - 1, 0))
        value = {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[sign]
        text = f"({left} {sign} {right})"
        if depth > 0 and self.random.random() < 0.3:
            other, truth = self.truth(depth - 1)
            word = self.random.choice(["and", "or"])
            return f"({text} {word} {other})", (value and truth) if word == "and" else (value or truth)
        return (f"(not {text})", not value) if self.random.random() < 0.2 else (text, value)

    def plan(self) -> list[str]:
        for index in range(self.random.randint(3, 12)):
            dimension = self.random.choice([*DIMENSIONS, "bool"])
            text, value = self.truth(2) if dimension == "bool" else self.number(dimension, 3)
            self.lets.append((f"v{index}", dimension, text, value))
        lines = [f"let {name} = {text}" for name, _, text, _ in self.lets]
        for index in range(self.random.randint(0, 4)):
            racks = self.random.randint(1, 40)
            lines.append(f"site s{index} : onprem.edge {{ geography = EU, it_power = {self.literal('power')[0].replace('0 ', '1 ', 1)}, "
                         f"racks = {racks} }}")
        return lines


def size_of(text: str) -> Fraction:
    """`1/3 EUR` or `480 kW` in base units."""
    number, _, unit = text.partition(" ")
    sizes = {name: size for units in DIMENSIONS.values() for name, size in units.items()}
    sizes |= {"bit": 1, "J": 1, "kJ": 1000, "MJ": 10**6, "GW": 10**9, "GWh": 3_600_000_000_000, "Tbps": 10**12, "bps": 1, "day": 86400,
              "week": 604800, "ms": Fraction(1, 1000), "us": Fraction(1, 10**6), "ns": Fraction(1, 10**9), "%": Fraction(1, 100)}
    return Fraction(number) * sizes[unit]


def faults_of(binary: pathlib.Path, seed: int) -> list[str]:
    generator = Generator(seed)
    lines = generator.plan()
    with tempfile.TemporaryDirectory() as folder:
        groma.write(folder, {"plan.groma": "\n".join(lines) + "\n"})
        checked = groma.run(binary, ["check", "--no-solve"], folder)
        if checked.code != 0:
            return [f"seed {seed}: a well-typed plan is refused\n{checked.text}" + "\n".join(lines)]
        dump = groma.run(binary, ["dump", "--stage", "model"], folder).out.decode()
        values = dict(re.findall(r"^let (\w+) = (.*)$", dump, re.M))
        faults = []
        for name, dimension, text, value in generator.lets:
            right = values[name] == str(value).lower() if dimension == "bool" else size_of(values[name]) == value
            if not right:
                faults.append(f"seed {seed}: {name} = {text} is {values[name]}, not {value}")
        random.Random(seed).shuffle(lines)
        groma.write(folder, {"plan.groma": "\n".join(lines) + "\n"})
        shuffled = groma.run(binary, ["dump", "--stage", "model"], folder).out.decode()
        if sorted(shuffled.splitlines()) != sorted(dump.splitlines()):
            faults.append(f"seed {seed}: the order of declarations changes values")
        groma.run(binary, ["fmt"], folder)
        once = pathlib.Path(folder, "plan.groma").read_text()
        groma.run(binary, ["fmt"], folder)
        if once != pathlib.Path(folder, "plan.groma").read_text():
            faults.append(f"seed {seed}: formatting twice differs from once")
        if groma.run(binary, ["dump", "--stage", "model"], folder).out.decode() != shuffled:
            faults.append(f"seed {seed}: formatting changes the meaning")
    return faults


def main() -> int:
    binary = pathlib.Path(sys.argv[1]).resolve()
    plans = int(sys.argv[2]) if len(sys.argv) > 2 else 150
    faults = [fault for seed in range(plans) for fault in faults_of(binary, seed)]
    print("\n".join(faults[:20]))
    print(f"{plans} plans, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
