# SPDX-License-Identifier: Apache-2.0
"""groma decides small random plans as trying out everything does: the same verdict, the same optimum of every aim, and
lines that contradict each other do so, while any of them can be left out.

Usage: solve_check_test.py GROMA [PLANS [FIRST]]. `brute_force.py` tries; tools/plan_checker judges what was written.
"""
import collections
import json
import pathlib
import re
import sys
import tempfile
from fractions import Fraction

import groma
from brute_force import Question, TooLong
from small_plans import Plan

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from plan_checker.judge import Judge  # noqa: E402

STDLIB = pathlib.Path(__file__).resolve().parents[2] / "stdlib"
CONFLICTS = {"Contradiction", "OverBudget"}
MINIMAL = "without any one of them the others can hold together"
NOT_MINIMAL = "a smaller set may do: this one was not proved to be the smallest"
BY_NUMBER = "they are told by their number: together they ask for too much"


class Fault(Exception):
    """groma is wrong about a plan."""


class Check:
    def __init__(self, binary):
        self.binary = binary
        self.counts = collections.Counter()

    def plan(self, seed: int):
        """What is wrong about one plan, or None."""
        plan = Plan(seed)
        with tempfile.TemporaryDirectory() as folder:
            groma.write(folder, {"plan.groma": plan.text()})
            run = groma.run(self.binary, ["compile", "--format", "json", "-o", "out", "plan.groma"], folder)
            try:
                self.compare(plan, run, pathlib.Path(folder, "out/plan.json"))
            except TooLong:
                self.counts["not tried out"] += 1
            except Fault as fault:
                return f"seed {seed}: {fault}\n{plan.text() if len(sys.argv) > 3 else ''}"
        return None

    def compare(self, plan, run, written):
        told = json.loads(run.err or run.out)["diagnostics"]
        errors = [diagnostic for diagnostic in told if diagnostic["severity"] == "error"]
        if run.code not in (0, 3, 4, 5) or (run.code == 0) != (not errors):
            raise Fault(f"exit code {run.code} {[error['message'] for error in errors]}")
        best = Question(plan).best()
        if run.code != 0:
            self.counts["cannot be built"] += 1
            if best is not None:
                raise Fault(f"can be built for {best}, but is refused: {[error['message'] for error in errors]}")
            for error in errors:
                self.judge_error(plan, error)
            return
        self.counts["solved"] += 1
        if best is None:
            raise Fault("cannot be built, but is solved")
        judge = Judge(written, STDLIB)
        self.compare_aims(plan, judge.plan.data["aims"], best)
        judge.run()
        if judge.plan.faults:
            raise Fault(f"the checker objects: {judge.plan.faults[:3]}")

    def compare_aims(self, plan, aims, best):
        if len(aims) != len(plan.aims):
            raise Fault(f"{len(aims)} aims instead of {len(plan.aims)}")
        for name, aim, value in zip(plan.aims, aims, best):
            if Fraction(aim["value"].split()[0]) != value or not aim["proved"]:
                raise Fault(f"cost.{name} is {aim['value']}, proved: {aim['proved']}; the best is {value}")
            self.counts["aims"] += 1

    # Why not.

    def judge_error(self, plan, error):
        if error["name"] == "NoPlace":
            self.counts["no place"] += 1
            workload = re.findall(r"`(\w+)`", error["message"])[0]
            if Question(plan, {("demand", workload), ("invariant", workload)}).holds():
                raise Fault(f"{workload} has a place")
            return
        if error["name"] not in CONFLICTS:
            self.counts[error["name"]] += 1
            return
        if BY_NUMBER in error["notes"]:
            self.counts["told by number"] += 1
            return
        core = {self.cause_of(plan, label, error) for label in error["labels"]} - {None}
        if Question(plan, core).holds():
            raise Fault(f"{sorted(map(str, core))} can hold together")
        self.counts["conflicts"] += 1
        if NOT_MINIMAL in error["notes"]:
            self.counts["conflicts not proved to be minimal"] += 1
            return
        if len(core) > 1 and MINIMAL not in error["notes"]:
            raise Fault(f"whether {core} is minimal is not said")
        if Question(plan, core).is_half_given():
            self.counts["rules of stated numbers"] += 1
            return
        for cause in core:
            if not Question(plan, core - {cause}).holds():
                raise Fault(f"{sorted(map(str, core))} contradict each other without {cause}")
            self.counts["lines left out"] += 1

    @staticmethod
    def cause_of(plan, label, error):
        """A label that only shows more of the plan has no cause."""
        if not label["text"] or label["text"] == "the rule is stated here":
            return None
        line = label["start"]["line"]
        rule = re.match(r"`(\w+)` must hold for this", label["text"])
        if rule:
            subject = plan.text().splitlines()[line - 1].split()[1]
            return "rule", rule[1], subject
        cause = plan.causes().get(line)
        if cause is None:
            raise Fault(f"line {line} is no cause: {label['text']} of {error['message']}")
        return cause


def main() -> int:
    plans = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    check = Check(pathlib.Path(sys.argv[1]).resolve())
    faults = [fault for seed in range(first, first + plans) if (fault := check.plan(seed))]
    print("\n".join(faults[:20]))
    print(f"{plans} plans, {len(faults)} faults; " + ", ".join(f"{name}: {count}" for name, count in sorted(check.counts.items())))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
