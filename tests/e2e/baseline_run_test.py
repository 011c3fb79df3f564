#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a suite measures where limits are of low confidence can be put into the plan as it is written, and is then the limit.

Usage: baseline_run_test.py GROMA ROOT RUNTIME_LIBRARY. A suite runs, its baseline.groma is laid beside the plan, the plan is compiled again: no
limit is low any more, sound hardware passes, and what was only warned of before fails.
"""
import json
import pathlib
import re
import shutil
import sys
import tempfile

import groma
import pool_sizes_test
import validation_test

POOL = (32, "dgx_h200", 4, 400, 8)


def suite_of(groma_path, root, library, plan, work, faults):
    """The plan's gates by figure, and the program of its suite."""
    done = groma.run(groma_path, ["compile", "-q", "-o", work / "out", plan], folder=root)
    if done.code:
        faults.append(f"{plan.name} does not compile: {done.text[:1500]}")
        return {}, None
    suite = work / "out/validation/ams/p32"
    gates = {gate["figure"]: gate for gate in json.loads((suite / "expect/expected.json").read_text())["gates"]}
    return gates, validation_test.build(suite, root, library, work, faults)


def check(groma_path, root, library, work, faults):
    plan = work / "plan"
    plan.mkdir()
    (plan / "main.groma").write_text(pool_sizes_test.HEAD + pool_sizes_test.POOL.format(*POOL) + "emit validation {}\n")
    late = work / "late.yaml"
    late.write_text("fault: straggler\nnode: 0\ngpu: 0\nmicros: 40\n")
    before, program = suite_of(groma_path, root, library, plan, work, faults)
    if program is None:
        return
    low = {figure for figure, gate in before.items() if gate["confidence"] == "low"}
    code, text, _ = pool_sizes_test.run(program, work / "late", "--fault", str(late))
    if code != 0 or "WARN" not in text or "baseline.groma" not in text:
        faults.append(f"a late GPU ends with {code} before there is a baseline:\n{text[-800:]}")
    pool_sizes_test.run(program, work / "report")
    written = (work / "report/baseline.groma").read_text()
    for page in ("report.md", "report.html"):
        if "baseline.groma" not in (work / "report" / page).read_text():
            faults.append(f"{page} does not name baseline.groma")
    lines = re.findall(r"^  expect (\S+) (?:>=|<=) \S+ \S+$", written, re.M)
    if len(lines) != len(low) or not low:
        faults.append(f"{len(low)} limits are low, and the baseline has {len(lines)} lines:\n{written}")
    for word in ("2027-05-01", "11 samples", "NO HARDWARE WAS MEASURED"):
        if word not in written:
            faults.append(f"baseline.groma does not say {word}")
    formatted = work / "baseline.groma"
    formatted.write_text(written)
    groma.run(groma_path, ["fmt", formatted], folder=root)
    if formatted.read_text() != written:
        faults.append("baseline.groma is not in its final form")

    shutil.copy(work / "report/baseline.groma", plan)
    after, program = suite_of(groma_path, root, library, plan, work, faults)
    if program is None:
        return
    faults += [f"{figure} is still {after[figure]['confidence']}, {after[figure]['basis']}" for figure in sorted(low)
               if (after[figure]["confidence"], after[figure]["basis"]) != ("high", "stated")]
    faults += [f"{figure} became low" for figure, gate in after.items() if gate["confidence"] == "low"]
    code, text, _ = pool_sizes_test.run(program, work / "report")
    if code != 0 or "WARN" in text or (work / "report/baseline.groma").exists():
        faults.append(f"sound hardware ends with {code} by its own baseline, or needs another:\n{text[-800:]}")
    code, text, checks = pool_sizes_test.run(program, work / "late", "--fault", str(late))
    if code != 1 or checks["all_gather_latency"]["verdict"] != "FAIL":
        faults.append(f"a late GPU ends with {code} by the baseline:\n{text[-800:]}")


def main() -> int:
    faults = []
    with tempfile.TemporaryDirectory() as work:
        check(sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], pathlib.Path(work), faults)
    for fault in faults:
        print("FAILED:", fault)
    print(f"a baseline went into its plan; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
