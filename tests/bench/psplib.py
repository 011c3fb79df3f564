#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Solves the projects of PSPLIB and compares with the published optima: psplib.py TOOL [FOLDER] [--every N] [--sets j30,j60]
[--prove].

TOOL is `psplib_solve` (`ninja psplib_solve`). FOLDER holds `j30`, `j60` and the optima, `j30-optimum.csv`; without it nothing is
measured, and that is said. With `--prove` it is a fault if a project is not proved. `gap` is how far a schedule ends above the published optimum, or above the published lower bound where no
optimum is known. Times are CPU seconds of a project, bound, search and proof together.
"""
import argparse
import csv
import pathlib
import re
import subprocess
import sys

# Placements, and steps of Z3: what a project may take.
LIMITS = {"j30": (30_000, 400_000_000), "j60": (60_000, 40_000_000)}


def published(folder, name):
    """The lowest end that is proved possible or not ruled out, and whether it is known to be the optimum, by project."""
    optima = {}
    for row in csv.DictReader(open(folder / f"{name}-optimum.csv")):
        low, _, high = row["optimum"].partition("..")
        optima[row["problem"].removesuffix(".sm")] = (int(low), not high or low == high)
    return optima


def project_of(path):
    """`j30_12_3.rcp` is `j3012_3` of the table."""
    size, group, number = re.fullmatch(r"(j\d+)_(\d+)_(\d+)", path.stem).groups()
    return f"{size}{group}_{number}"


def order_of(path):
    return [int(number) for number in re.findall(r"\d+", path.stem)]


def measure(tool, folder, name, every, must_prove):
    optima = published(folder, name)
    placements, steps = LIMITS[name]
    files = sorted((folder / name).glob("*.rcp"), key=order_of)[::every]
    proved, gaps, times, wrong = 0, [], [], []
    for path in files:
        run = subprocess.run([tool, str(placements), str(steps), path], capture_output=True, text=True, check=True)
        finish, bound, seconds = run.stdout.split()[-3:]
        finish, bound, best = int(finish), int(bound), optima[project_of(path)]
        proved += finish == bound
        gaps.append((finish - best[0]) / best[0])
        times.append(float(seconds))
        if finish < best[0] or (finish == bound and best[1] and finish != best[0]) or bound > finish or \
                (must_prove and bound < finish):
            wrong.append(f"{path.stem}: ends at {finish}, bound {bound}, published {best[0]}")
    print(f"| {name} | {len(files)} | {proved} | {100 * proved / len(files):.1f} % | {100 * sum(gaps) / len(gaps):.2f} % | "
          f"{sum(times) / len(times):.2f} | {max(times):.1f} | {sum(time > 10 for time in times)} |", flush=True)
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--sets", default="j30,j60")
    parser.add_argument("--prove", action="store_true")
    options = parser.parse_args()
    if options.folder is None or not (options.folder / "j30-optimum.csv").exists():
        print(f"psplib: the projects are not in {options.folder or 'any folder that was given'}: nothing is measured")
        return 0
    print("| set | projects | proved | | mean gap | mean CPU s | longest | above 10 s |\n|---|---|---|---|---|---|---|---|")
    wrong = []
    for name in options.sets.split(","):
        wrong += measure(options.tool, options.folder, name, options.every, options.prove)
    print("".join(f"wrong: {line}\n" for line in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
