#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What we ship is formatted as `groma fmt` would: the standard library and every example. And the examples check.

Usage: formatted_test.py GROMA SOURCES, SOURCES being the folder with stdlib and examples.
"""
import pathlib
import subprocess
import sys


def main() -> int:
    groma, sources = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    commands = [[groma, "fmt", "--check", sources / "stdlib", sources / "examples"]]
    commands += [[groma, "check", "--no-solve", plan.parent] for plan in sorted(sources.glob("examples/*/plan.groma"))]
    faults = 0
    for command in commands:
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode != 0:
            faults += 1
            print(f"{command[1]}: exit code {result.returncode}\n{result.stdout[:2000]}{result.stderr[:2000]}")
    print(f"{len(commands)} commands, {faults} faults")
    return 1 if faults or len(commands) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())
