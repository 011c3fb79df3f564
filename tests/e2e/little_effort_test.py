# SPDX-License-Identifier: Apache-2.0
"""With little effort groma may know less, and is never wrong: it proves the optimum, leaves a true gap, or decides nothing (exit code 9).

Usage: little_effort_test.py GROMA [PLANS]. What is true comes from trying out everything, and from runs with the usual effort.
"""
import collections
import json
import pathlib
import sys
import tempfile
from fractions import Fraction

import groma
from brute_force import Question
from packing_plans import packing
from small_plans import Plan

UNDECIDED = 9


def decide(binary, text: str, effort: int):
    """The exit code and the aims."""
    with tempfile.TemporaryDirectory() as folder:
        groma.write(folder, {"plan.groma": text})
        run = groma.run(binary, ["compile", "--effort", effort, "-o", "out", "plan.groma"], folder)
        written = pathlib.Path(folder, "out/plan.json")
        return run.code, json.loads(written.read_text())["aims"] if run.code == 0 else []


def number(text: str) -> Fraction:
    return Fraction(text.split()[0])


def fault_of(aims, best) -> str:
    """`best` of each aim; only behind a proved aim the next one means the same."""
    for aim, value in zip(aims, best):
        found, bound = number(aim["value"]), number(aim["bound"])
        if not bound <= value <= found or aim["proved"] and found != bound:
            return f"{found}, no plan has less than {bound}; the best is {value}"
        if not aim["proved"]:
            break
    return ""


def main() -> int:
    binary = pathlib.Path(sys.argv[1]).resolve()
    plans = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    counts, faults = collections.Counter(), []

    def judge(name: str, text: str, best):
        code, aims = decide(binary, text, 1)
        counts[code] += 1
        counts["not proved"] += any(not aim["proved"] for aim in aims)
        if code == UNDECIDED:
            return
        if (code == 0) != (best is not None):
            faults.append(f"{name}: exit code {code}, but the best is {best}")
        elif code == 0 and (why := fault_of(aims, best)):
            faults.append(f"{name}: {why}")

    for seed in range(plans):
        plan = Plan(seed)
        judge(f"small plan {seed}", plan.text(), Question(plan).best())
    for seed in range(plans // 2):
        text = "\n".join(packing(seed, 4 + seed % 3, 7 + seed % 4)) + "\n"
        code, aims = decide(binary, text, 100)
        if code == 0 and aims[0]["proved"] or code == 3:
            judge(f"packing {seed}", text, [number(aims[0]["value"])] if code == 0 else None)
    print("\n".join(faults[:20]))
    print(f"{sum(counts[code] for code in (0, 3, 4, 5, 9))} plans, {len(faults)} faults; "
          + ", ".join(f"{name}: {count}" for name, count in sorted(counts.items(), key=str)))
    return 1 if faults or not counts["not proved"] else 0


if __name__ == "__main__":
    sys.exit(main())
