#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The examples that `groma COMMAND --help` gives are commands that run: each command has two, and each succeeds on a sound plan.

Usage: help_test.py GROMA PLAN. They run in a shell, in a copy of PLAN that is also `plans/amsterdam`.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def main() -> int:
    groma, plan = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    faults, count = [], 0
    environment = {"PATH": f"{groma.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    commands = subprocess.run([groma, "--help"], capture_output=True, text=True, check=True).stdout.split("commands:")[1]
    for command in [line.split()[0] for line in commands.splitlines() if re.match(r"  \w", line)]:
        text = subprocess.run([groma, command, "--help"], capture_output=True, text=True, check=True).stdout
        examples = re.findall(r"^  (\S.*)$", text.split("examples:")[1].split("exit codes:")[0], re.M)
        if len(examples) < 2:
            faults.append(f"groma {command} --help has {len(examples)} examples")
        for example in examples:
            count += 1
            with tempfile.TemporaryDirectory() as folder:
                if command != "init":  # which leaves alone what is there
                    shutil.copytree(plan, folder, dirs_exist_ok=True)
                    shutil.copytree(plan, pathlib.Path(folder, "plans/amsterdam"))
                pathlib.Path(folder, ".config/fish/completions").mkdir(parents=True)
                result = subprocess.run(["bash", "-c", example], cwd=folder, env=environment | {"HOME": folder},
                                        capture_output=True, text=True, timeout=60)
                if result.returncode != 0:
                    faults.append(f"{example}: exit code {result.returncode}\n{result.stderr[:400]}")
    print("\n".join(faults))
    print(f"{count} examples, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
