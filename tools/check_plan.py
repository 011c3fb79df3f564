#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Judges a plan.json that groma wrote, without groma: recomputes what it claims and says where it disagrees.

Usage: check_plan.py [--free] [--stdlib DIR] plan.json

Recomputed from the facts, the decisions, the placements and the days of steps: when things come and may be used, loads, packings,
power, racks, cooling, quotas, availability, money with payments and the work of teams, budgets, routes of flows and what failures
cut off, start, finish, length and slack of the whole schedule, every derived field and result, and every requirement, invariant and
bound. Imported numbers are looked up in the tables of the standard library.
Taken as given, and named in the output: on which days steps start and finish, and in which months teams work (`load`); how much work
a task is that stands in another thing, which is not in the file. Not judged: whether no better plan exists.

--free lists the numbers that could be different, one to a line: `POINTER  unread|held  REASON`. `unread`: no check reads it.
`held`: an input, read by the checks that are named, all of which hold with the value that it has.
Exit: 0 it agrees, 1 it does not, 2 it cannot be judged: usage, no plan.json, a bug of the checker.
"""
import argparse
import pathlib
import sys

from plan_checker.judge import Judge


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan")
    parser.add_argument("--free", action="store_true", help="list the numbers that could be different, and why")
    parser.add_argument("--stdlib", type=pathlib.Path, default=pathlib.Path(__file__).parents[1] / "stdlib")
    options = parser.parse_args()
    try:
        judge = Judge(options.plan, options.stdlib)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"{options.plan}: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    try:
        judge.run()
    except Exception as error:  # What cannot be read has no value, and whatever needs one ends here.
        if not judge.plan.faults:
            print(f"{options.plan}: a bug of this checker: {type(error).__name__}: {error}", file=sys.stderr)
            return 2
        judge.plan.object(f"the rest cannot be judged: {type(error).__name__}: {error}")
    for fault in judge.plan.faults:
        print(f"disagrees: {fault}")
    if options.free and not judge.plan.faults:
        for line in judge.free():
            print("\t".join(line))
    for what in judge.plan.unchecked:
        print(f"not checked: {what}", file=sys.stderr)
    print(judge.summary(), file=sys.stderr)
    return 1 if judge.plan.faults else 0


if __name__ == "__main__":
    sys.exit(main())
