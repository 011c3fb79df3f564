# SPDX-License-Identifier: Apache-2.0
"""The order of declarations and files, the number of cores and what else the machine does change nothing that is decided.

Usage: determinism_test.py GROMA EXAMPLE [RUNS]. Each run shuffles a plan over files with new names and compares what
`check` prints and what `compile` writes, byte for byte, but for places in the plan.
"""
import contextlib
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import groma
from packing_plans import packing
from small_plans import Plan

OPEN, CLOSED = "{[(", "}])"


def declarations_of(text: str) -> list[str]:
    """The declarations of a file, each with the comments in front of it."""
    found, current, depth = [], [], 0
    for line in text.splitlines():
        current.append(line)
        code = re.sub(r'"(\\.|[^"\\])*"|//.*', "", line)
        depth += sum(code.count(c) for c in OPEN) - sum(code.count(c) for c in CLOSED)
        if depth == 0 and code.strip():
            found.append("\n".join(current))
            current = []
    return found


def shuffled(declarations: list[str], chance: random.Random) -> dict:
    """Files that hold the declarations in another order."""
    declarations = list(declarations)
    chance.shuffle(declarations)
    files = {}
    names = [f"{letter}{chance.randint(0, 99)}.groma" for letter in chance.sample("abcxyz", chance.randint(1, 4))]
    for declaration in declarations:
        name = chance.choice(names)
        files[name] = files.get(name, "") + declaration + "\n"
    return files


@contextlib.contextmanager
def load():
    """Something else to do for the machine."""
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"], stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def without_places(text: bytes, files: dict) -> str:
    """Of two reasons in one plan either may stand first, so their places are only counted."""
    names = "|".join(map(re.escape, sorted(files)))
    return re.sub(rf"\b(?:[\w./]+/)?(?:{names})(?::\d+)*", "@", text.decode())


def decided(binary, files: dict, cores: set) -> dict:
    """What groma prints and writes about a plan, by the name of the file."""
    before = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as folder:
        groma.write(folder, {f"plan/{name}": text for name, text in files.items()})
        os.sched_setaffinity(0, cores)
        try:
            check = groma.run(binary, ["check", "plan"], folder)
            compiled = groma.run(binary, ["compile", "-o", "out", "plan"], folder)
        finally:
            os.sched_setaffinity(0, before)
        # It is printed in the order of the plan.
        results = {"check": "\n".join(sorted(check.out.decode().splitlines())), "codes": f"{check.code} {compiled.code} {sorted(check.codes)}"}
        for path in sorted(pathlib.Path(folder, "out").rglob("plan.json")):
            results[str(path.relative_to(folder))] = without_places(path.read_bytes(), files)
        return results


def difference(expected: dict, result: dict) -> str:
    for name in sorted({*expected, *result}):
        one, other = (results.get(name, "").splitlines() for results in (expected, result))
        for a, b in zip([*one, ""], [*other, ""]):
            if a != b:
                at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                return f"{name}: {a[max(0, at - 60):at + 60]!r} is now {b[max(0, at - 60):at + 60]!r}"
        if len(one) != len(other):
            return f"{name} has {len(one)} lines, and now {len(other)}"
    return ""


def main() -> int:
    binary = pathlib.Path(sys.argv[1]).resolve()
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    example = [path.read_text() for path in sorted(pathlib.Path(sys.argv[2]).glob("*.groma"))]
    plans = {"the example": [declaration for text in example for declaration in declarations_of(text)],
             "a small plan": declarations_of(Plan(5).text()), "a packing": packing(1, 4, 7), "another packing": packing(4, 5, 8)}
    all_cores = sorted(os.sched_getaffinity(0))
    faults = []
    for name, declarations in plans.items():
        expected = decided(binary, {"plan.groma": "\n".join(declarations)}, set(all_cores[:1]))
        if not any(file.endswith("plan.json") for file in expected):
            faults.append(f"{name} is not decided: {expected}")
        with load():
            for run in range(runs):
                cores = set(all_cores[:1 + run % 2])
                result = decided(binary, shuffled(declarations, random.Random(run)), cores)
                if where := difference(expected, result):
                    faults.append(f"{name}, run {run}: {where}")
    print("\n".join(faults[:20]))
    print(f"{len(plans)} plans, {runs} runs each, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
