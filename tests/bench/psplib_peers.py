#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Projects of PSPLIB by groma's levelling, TaskJuggler and MiniZinc, as a table: psplib_peers.py TOOL [FOLDER] [--every N].

TOOL is `psplib_solve`; FOLDER holds `j30` and `j30-optimum.csv`. A unit of a resource is a person for TaskJuggler, which may interrupt a task
and have part of a crew work on it: its end is no schedule of PSPLIB where it is early. MiniZinc has Gecode and 30 s for each.
"""
import argparse
import csv
import datetime
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import psplib

MODEL = """include "cumulative.mzn";
int: tasks; int: resources;
array[1..tasks] of int: takes; array[1..tasks, 1..resources] of int: needs; array[1..resources] of int: has;
array[1..tasks] of set of int: after;
array[1..tasks] of var 0..sum(takes): start;
var 0..sum(takes): finish;
constraint forall(i in 1..tasks, j in after[i])(start[i] + takes[i] <= start[j]);
constraint forall(i in 1..tasks)(start[i] + takes[i] <= finish);
constraint forall(r in 1..resources)(cumulative(start, takes, [needs[i, r] | i in 1..tasks], has[r]));
solve :: int_search(start ++ [finish], smallest, indomain_min) minimize finish;
output ["finish=\\(finish)\\n"];
"""


def read(path: pathlib.Path):
    """Capacities, and for each task what it takes, what it needs, and what comes after it."""
    numbers = iter(map(int, path.read_text().split()))
    count, kinds = next(numbers), next(numbers)
    has, tasks = [next(numbers) for _ in range(kinds)], []
    for _ in range(count):
        takes, needs = next(numbers), [next(numbers) for _ in range(kinds)]
        tasks.append((takes, needs, [next(numbers) for _ in range(next(numbers))]))
    return has, tasks


def by_minizinc(project, folder: pathlib.Path) -> str:
    has, tasks = project
    (folder / "project.mzn").write_text(MODEL)
    (folder / "project.dzn").write_text(
        f"tasks = {len(tasks)}; resources = {len(has)}; has = {has}; takes = {[task[0] for task in tasks]};\n"
        f"needs = [|{'|'.join(','.join(map(str, task[1])) for task in tasks)}|];\n"
        f"after = [{', '.join('{' + ','.join(map(str, task[2])) + '}' for task in tasks)}];\n")
    result = subprocess.run(["minizinc", "--solver", "gecode", "--time-limit", "30000", "project.mzn", "project.dzn"], cwd=folder,
                            check=True, capture_output=True, text=True)
    found = re.findall(r"finish=(\d+)", result.stdout)
    return (found[-1] if found else "none") + (", proved" if "==========" in result.stdout else "")


def by_taskjuggler(project, folder: pathlib.Path) -> str:
    has, tasks = project
    lines = ['project p "a project" 2027-01-04 +60w { timezone "UTC" timingresolution 60min timeformat "%Y-%m-%d-%H:%M" workinghours mon - sun 0:00 - 24:00 }']
    lines += [f'resource r{r}_{i} "r{r}_{i}"' for r, count in enumerate(has) for i in range(count)]
    before = {j: [i + 1 for i, task in enumerate(tasks) if j in task[2]] for j in range(1, len(tasks) + 1)}
    for j, (takes, needs, _) in enumerate(tasks, 1):
        depends = f"depends {', '.join(f't{i}' for i in before[j])} " if before[j] else ""
        crew = []
        for r, count in enumerate(needs):
            for i in range(count):
                others = ", ".join(f"r{r}_{k}" for k in range(has[r]) if k != i)
                crew.append(f"r{r}_{i} {{ {f'alternative {others} ' if others else ''}mandatory }}")
        if takes == 0:
            work = "milestone"
        elif crew:
            work = f"effort {takes * len(crew)}h allocate {', '.join(crew)}"
        else:
            work = f"duration {takes}h"
        lines.append(f't{j}'.join(('task ', f' "{j}" {{ {depends}{work} }}')))
    lines.append('taskreport "dates" { formats csv columns id, end }')
    (folder / "project.tjp").write_text("\n".join(lines) + "\n")
    subprocess.run(["tj3", "--silent", "project.tjp"], cwd=folder, check=True, capture_output=True)
    with (folder / "dates.csv").open(newline="") as file:
        ends = [datetime.datetime.strptime(row["End"], "%Y-%m-%d-%H:%M") for row in csv.DictReader(file, delimiter=";")]
    return f"{(max(ends) - datetime.datetime(2027, 1, 4)).total_seconds() / 3600:g}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--every", type=int, default=60)
    options = parser.parse_args()
    if options.folder is None or not (options.folder / "j30-optimum.csv").exists():
        print(f"psplib: the projects are not in {options.folder or 'any folder that was given'}: nothing is measured")
        return
    optima = psplib.published(options.folder, "j30")
    print("| project | published | groma | s | TaskJuggler | s | MiniZinc with Gecode | s |\n|---|---|---|---|---|---|---|---|")
    for path in sorted((options.folder / "j30").glob("*.rcp"), key=psplib.order_of)[::options.every]:
        run = subprocess.run([options.tool, *map(str, psplib.LIMITS["j30"]), path], capture_output=True, text=True, check=True)
        finish, bound, seconds = run.stdout.split()[-3:]
        cells = [path.stem, str(optima[psplib.project_of(path)][1]), finish + (", proved" if finish == bound else ""), f"{float(seconds):.2f}"]
        for program, work in (("tj3", by_taskjuggler), ("minizinc", by_minizinc)):
            if shutil.which(program) is None:
                cells += ["not installed", ""]
                continue
            with tempfile.TemporaryDirectory() as folder:
                begin = time.monotonic()
                try:
                    cells.append(work(read(path), pathlib.Path(folder)))
                except subprocess.CalledProcessError:
                    cells.append("no schedule")
                cells.append(f"{time.monotonic() - begin:.2f}")
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
