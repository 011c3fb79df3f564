#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Solves the projects of PSPLIB and compares with what is published: psplib.py TOOL [FOLDER] [--every N] [--sets j30,j60] [--prove].

TOOL is `psplib_solve` (`ninja psplib_solve`). FOLDER holds `j30`, `j60` and the optima, `j30-optimum.csv`; without it nothing is
measured, and that is said. With `--prove` it is a fault if a project is not proved. `gap` is how far a schedule ends above the earliest
published end, `to bound` above the bound that is proved here. Times are CPU seconds of a project, with bound, search and proof.
"""
import argparse
import csv
import pathlib
import re
import subprocess
import sys

# Placements, and steps of Z3: what a project may take.
LIMITS = {"j30": (30_000, 400_000_000), "j60": (1_000_000, 20_000_000)}


def published(folder, name):
    """What no schedule is below, and the end of the best that is known, by project: `82..85`, `..83` or `43`."""
    optima = {}
    for row in csv.DictReader(open(folder / f"{name}-optimum.csv")):
        low, _, high = row["optimum"].partition("..")
        optima[row["problem"].removesuffix(".sm")] = (int(low or 0), int(high or low))
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
    proved, gaps, open_gaps, times, wrong = 0, [], [], [], []
    for path in files:
        run = subprocess.run([tool, str(placements), str(steps), path], capture_output=True, text=True, check=True)
        finish, bound, seconds = run.stdout.split()[-3:]
        finish, bound, (low, high) = int(finish), int(bound), optima[project_of(path)]
        proved += finish == bound
        gaps.append((finish - high) / high)
        open_gaps.append((finish - bound) / bound)
        times.append(float(seconds))
        if finish < max(low, bound) or bound > high or (must_prove and bound < finish):
            wrong.append(f"{path.stem}: ends at {finish}, bound {bound}, published {low}..{high}")
    mean = {"gap": 100 * sum(gaps) / len(gaps), "open": 100 * sum(open_gaps) / len(open_gaps), "time": sum(times) / len(times)}
    print(f"| {name} | {len(files)} | {proved} | {100 * proved / len(files):.1f} % | {mean['gap']:.2f} % | {mean['open']:.2f} % | "
          f"{mean['time']:.2f} | {max(times):.1f} | {sum(time > 10 for time in times)} |", flush=True)
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
    print("| set | projects | proved | | mean gap | to bound | mean CPU s | longest | above 10 s |\n|---|---|---|---|---|---|---|---|---|")
    wrong = []
    for name in options.sets.split(","):
        wrong += measure(options.tool, options.folder, name, options.every, options.prove)
    print("".join(f"wrong: {line}\n" for line in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
