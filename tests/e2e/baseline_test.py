#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What an earlier plan.json promised stays where it was. A plan is compiled; then one task takes longer and another one comes into it,
and it is compiled again with the first plan.json as its baseline. It ends no later than without the baseline, and no order of the
work moves fewer tasks.

Usage: baseline_test.py GROMA.
"""
import itertools
import json
import pathlib
import random
import sys
import tempfile

import groma

HEAD = """plan p { edition = 2027, currency = EUR, starts = 2027-01-04, horizon = 2027-01 .. 2027-12 }
team ops { people = 1 }
"""


def tasks(days: dict) -> str:
    return "".join(f"task {name} {{ team = ops, effort = {count} days }}\n" for name, count in days.items())


def finishes(binary, folder, text, out) -> dict:
    groma.write(folder, {"plan.groma": text})
    result = groma.run(binary, ["compile", "-q", "-o", out, "."], folder)
    assert result.code == 0, result.text
    plan = json.loads(pathlib.Path(folder, out, "plan.json").read_text(encoding="utf-8"))
    return {one["name"].removesuffix(".finish"): one["value"] for one in plan["results"] if one["name"].endswith(".finish")}


def workday(count):
    """The day on which so many days of work are done, from Monday, 2027-01-04, on."""
    return f"2027-01-{4 + (count - 1) // 5 * 7 + (count - 1) % 5:02}"


def fewest_moved(days, promised):
    """Over all orders of the work, none of which ends later than another: it is one person who works without a pause."""
    fewest = len(promised)
    for order in itertools.permutations(days):
        ends = itertools.accumulate(days[name] for name in order)
        moved = sum(name in promised and promised[name] != workday(end) for name, end in zip(order, ends))
        fewest = min(fewest, moved)
    return fewest


def main():
    binary, dice = sys.argv[1], random.Random(4)
    for _ in range(8):
        names = dice.sample("abcdefgh", 5)
        days = {name: dice.choice([1, 2, 3]) for name in sorted(names)}
        before = dict(list(days.items()))
        new, longer = dice.sample(sorted(names), 2)
        del before[new]
        days[longer] += 1
        with tempfile.TemporaryDirectory() as folder:
            promised = finishes(binary, folder, HEAD + tasks(before), "before")
            alone = finishes(binary, folder, HEAD + tasks(days), "alone")
            entries = ", ".join(f"{name} = before.{name}.finish" for name in before)
            baseline = f'import plan "before"\nbaseline first {{ taken = 2026-12-01, finishes = {{ {entries} }} }}\n'
            after = finishes(binary, folder, HEAD + baseline + tasks(days), "after")
        assert max(after[name] for name in days) <= max(alone[name] for name in days), (days, after, alone)
        moved = sum(after[name] != promised[name] for name in before)
        fewest = fewest_moved(days, {name: promised[name] for name in before})
        assert moved <= fewest, f"{days}: {moved} moved, and {fewest} are enough: {promised} {after}"
        print(f"{len(before)} tasks promised, one takes longer and one more came: {moved} moved, {fewest} must, {sum(alone[n] != promised[n] for n in before)} without the baseline")


if __name__ == "__main__":
    main()
