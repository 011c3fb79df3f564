#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Suites that groma writes build without a warning, are in their final form, test every limit, pass on sound hardware, fail on broken, and come out the
same twice.

Usage: validation_test.py GROMA ROOT RUNTIME_LIBRARY
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import groma

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402

# What is broken, who must be named, and how. A line through the internet that is slow is no fault of anybody's yet: it is warned of.
POOL_FAULTS = {"fault: throttled_gpu\nnode: 0\ngpu: 0\nshare: 0.4\n": ("node0/gpu0", ["FAIL"])}
LINE_FAULTS = {"fault: dead_line\nfrom: 1\n": ("line .* > ", ["FAIL"]), "fault: degraded_line\nshare: 0.5\n": ("line .* > ", ["FAIL", "WARN"]),
               "fault: lost_gpu\nnode: 1\ngpu: 0\n": ("weu/serve", ["FAIL"])}
COMPILER = shutil.which("clang++-19") or shutil.which("c++")
FORMATTER = shutil.which("clang-format-19")


def files_of(folder: pathlib.Path) -> dict:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def check_form(path: pathlib.Path, faults: list):
    if FORMATTER and subprocess.run([FORMATTER, str(path)], capture_output=True, text=True, check=True).stdout != path.read_text():
        faults.append(f"{path.parent.parent.name}/{path.parent.name}/{path.name} is not in its final form")


def check_text(suite: pathlib.Path, faults: list):
    """Short files, in their final form, and no limit that nothing judges."""
    sources = sorted(suite.glob("src/*")) + sorted(suite.glob("tests/*.cpp"))
    judged = "".join(path.read_text() for path in suite.glob("tests/*.cpp"))
    for path in sources:
        lines = path.read_text().count("\n")
        if path.name != "expected.cpp" and lines > (400 if "src" in path.parts else 150):
            faults.append(f"{path.name} has {lines} lines")
        if path.name != "expected.cpp":
            check_form(path, faults)
    for name in re.findall(r"inline constexpr Gate<\w+> (k\w+)", (suite / "src/expect.h").read_text()):
        if f"expect::{name}," not in judged:
            faults.append(f"{suite.name}: nothing judges {name}")
    expected = json.loads((suite / "expect/expected.json").read_text())
    for promise in expected["promises"]:
        for test in promise["tests"]:
            if not (suite / "tests" / f"{test}.cpp").exists():
                faults.append(f"{suite.name}: `{promise['text']}` names the test {test}, which is not there")
        if not promise["tests"] and not promise["untested"]:
            faults.append(f"{suite.name}: `{promise['text']}` has no test, and nothing says why")
    for script in suite.glob("launch/*"):
        if script.suffix in (".sh", ".sbatch") and subprocess.run(["bash", "-n", str(script)], check=False).returncode:
            faults.append(f"{script.name} is no shell script")


def build(suite: pathlib.Path, root: pathlib.Path, library: str, work: pathlib.Path, faults: list):
    """The program of a suite, or None and why not."""
    program = work / suite.name
    wrapper = [shutil.which("ccache")] if shutil.which("ccache") else []
    # One translation unit for all of a suite: its headers are read once.
    sources = sorted(suite.glob("src/*.cpp")) + sorted(suite.glob("tests/*.cpp"))
    unit = work / f"{suite.name}.cpp"
    unit.write_text("".join(f'#include "{source}"\n' for source in sources))
    done = subprocess.run(wrapper + [COMPILER, "-std=c++17", "-O0", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{root}/runtime/include",
                                     f"-I{suite}/src", "-c", str(unit), "-o", f"{program}.o"], capture_output=True, text=True, check=False)
    if done.returncode:
        faults.append(f"{suite.name} does not compile:\n{done.stderr[:2000]}")
        return None
    done = subprocess.run([COMPILER, f"{program}.o", library, "-lpthread", "-ldl", "-o", str(program)],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        faults.append(f"{suite.name} does not link:\n{done.stderr[:2000]}")
        return None
    return program


def run(program: pathlib.Path, out: pathlib.Path, *arguments: str):
    done = subprocess.run([str(program), "--backend", "sim", "--tier", "smoke", "--now", "2027-05-01T08:00:00Z", "--out", str(out),
                           *arguments], capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stdout + done.stderr


def main() -> int:
    groma_path, root, library = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    os.chdir(root)
    faults = []
    plans = ["tests/file/emit/validation/onprem.groma", "tests/file/emit/validation/kinds.groma", "tests/file/emit/validation/links.groma", "examples/contoso_ai"]
    runs = 0
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        for number, plan in enumerate(plans):
            outs = [work / f"{number}_{i}" for i in range(2)]
            for i, out in enumerate(outs):
                copy = groma.copy_of(root / plan, work / f"plan_{number}_{i}")
                done = groma.run(groma_path, ["compile", "-q", "-o", out, copy.name], folder=copy.parent)
                if done.code:
                    print(f"FAILED: {plan}: {done.text}")
                    return 1
            if files_of(outs[0]) != files_of(outs[1]):
                faults.append(f"{plan}: two runs differ")
            suites = sorted({path.parents[1] for path in outs[0].rglob("src/expect.h")})
            if number == 0:  # the same in all of them
                for path in sorted(path for path in outs[0].rglob("runtime/*/*") if path.suffix in (".cpp", ".h", ".cu")):
                    check_form(path, faults)
            if not suites:
                faults.append(f"{plan}: no suite was written")
            for suite in suites:
                check_text(suite, faults)
                program = build(suite, root, library, work, faults)
                if program is None:
                    continue
                code, text = run(program, work / "report")
                runs += 1
                if code != 0:
                    faults.append(f"{plan}: {suite.name}: sound hardware ends with {code}:\n{text[-1500:]}")
                broken = LINE_FAULTS if suite.parent.name == "links" else POOL_FAULTS
                for said, (component, verdicts) in broken.items():
                    fault = work / "fault.yaml"
                    fault.write_text(said)
                    code, text = run(program, work / "broken", "--fault", str(fault))
                    if not any(re.search(rf"^{verdict} .*{component}", text, re.M) for verdict in verdicts) or (code == 0) != ("WARN" in verdicts and "FAIL" not in text):
                        faults.append(f"{plan}: {suite.name}: ends with {code} where `{said.split()[1]}` should be told:\n{text[-800:]}")
    for fault in faults:
        print("FAILED:", fault)
    print(f"{runs} suites built, run on sound and on broken hardware; {len(faults)} faults")
    if FORMATTER:
        readers.checked("clang-format", "the sources of suites")
    else:
        readers.skipped("clang-format", "it is not here")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
