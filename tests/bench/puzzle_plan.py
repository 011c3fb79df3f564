#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a plan of switches that are on or off and policies over three of them each, which only trying out can decide.

Usage: puzzle_plan.py clauses|parity SWITCHES RULES SEED

clauses: one of three must be as it should be, at random; with more than 4.3 rules for each switch there is hardly ever a way.
parity: how many of three are on is odd, or even, as it is in one setting that was drawn first; so there is a way.
"""
import random
import sys

RULES_IN_A_POLICY = 4


def clauses(switches, rules, dice):
    return [[(s, dice.random() < 0.5) for s in sorted(dice.sample(range(switches), 3))] for _ in range(rules)]


def parity(switches, rules, dice):
    setting = [dice.random() < 0.5 for _ in range(switches)]
    found = []
    for _ in range(rules):
        some = sorted(dice.sample(range(switches), 3))
        is_odd = sum(setting[s] for s in some) % 2
        # One clause against each of the four settings of the three that would be wrong.
        found += [[(s, not bits >> i & 1) for i, s in enumerate(some)] for bits in range(8) if bits.bit_count() % 2 != is_odd]
    return found


def main() -> int:
    if len(sys.argv) != 5 or sys.argv[1] not in ("clauses", "parity"):
        print(__doc__, file=sys.stderr)
        return 2
    switches, rules, seed = map(int, sys.argv[2:])
    found = {"clauses": clauses, "parity": parity}[sys.argv[1]](switches, rules, random.Random(seed))
    print("// tests/bench/" + " ".join(["puzzle_plan.py", *sys.argv[1:]]))
    print("plan p { edition = 2027, currency = EUR, starts = 2026-01-01, horizon = 2027-01 .. 2027-03 }")
    print("kind switch { plural = switches, on: bool }")
    print("switch s0 { on = choose from [false, true] }")
    for s in range(1, switches):
        print(f"switch s{s} : s0 {{}}")
    for r in range(0, len(found), RULES_IN_A_POLICY):
        texts = ["(" + " or ".join(("" if is_on else "not ") + f"s{s}.on" for s, is_on in rule) + ")" for rule in found[r:r + RULES_IN_A_POLICY]]
        print(f"policy r{r // RULES_IN_A_POLICY} {{ require {' and '.join(texts)} }}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
