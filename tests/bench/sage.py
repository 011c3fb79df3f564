#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Solves the SAGE deployment problems as plans and compares with the published optima: sage.py GROMA [FOLDER] [--like J|E].

A row of the published table is `|NAME/OFFERS|optimum of J|...|optimum of E|...`, with the seconds of the solvers beside them. FOLDER is
where the problems lie (`Models/json`, `Data/json`, `published.md`); without it nothing is measured, and that is said. Times are CPU
seconds of `groma check` as a whole process.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
MODELS = {"Oryx2": "Oryx2", "SecBill": "SecureBilling", "SecWeb": "SecureWeb", "WP": "Wordpress"}


def published(folder):
    """Problem, offers, and by formalisation the optimum and the best published seconds of Z3."""
    rows = []
    for line in open(folder / "published.md"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        name = re.fullmatch(r"([A-Za-z]+2?)(\d*)/(\d+)", cells[0])
        if name is None or name[1] not in MODELS:
            continue
        rows.append({"name": cells[0], "model": MODELS[name[1]], "copies": int(name[2] or 3), "offers": name[3],
                     "J": int(cells[1]), "E": int(cells[7]), "seconds": {"J": cells[6].split()[0], "E": cells[8]}})
    return rows


def run(command):
    """Output, and CPU seconds."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return output, usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("groma")
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--like", choices="JE", default="J")
    options = parser.parse_args()
    if options.folder is None or not (options.folder / "published.md").exists():
        print(f"sage: the problems are not in {options.folder or 'any folder that was given'}: nothing is measured")
        return 0
    rows, wrong, total, longest = published(options.folder), 0, 0.0, 0.0
    print(f"| problem/offers | published optimum ({options.like}) | groma | CPU s | published Z3 s |\n|---|---|---|---|---|")
    for row in rows:
        with tempfile.TemporaryDirectory() as scratch:
            plan = pathlib.Path(scratch, "plan.groma")
            with open(plan, "w") as out:
                subprocess.run([sys.executable, HERE / "sage_plan.py", "--like", options.like, "--copies", str(row["copies"]),
                                options.folder / "Models/json" / f"{row['model']}.json",
                                options.folder / "Data/json" / f"offers_{row['offers']}.json"], stdout=out, check=True)
            output, seconds = run([options.groma, "check", str(plan)])
        found = re.search(r"minimize cost.total: (\d+) USD, no plan has less\n", output)
        cost = int(found[1]) if found else None
        wrong += cost != row[options.like]
        total, longest = total + seconds, max(longest, seconds)
        print(f"| {row['name']} | {row[options.like]} | {cost if cost is not None else output.strip()[-200:]} | {seconds:.3f} "
              f"| {row['seconds'][options.like]} |", flush=True)
    print(f"\n{len(rows) - wrong} of {len(rows)} optima proved, {total:.2f} s in all, {longest:.3f} s at most")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
