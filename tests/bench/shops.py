#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Job shops levelled by groma, beside TaskJuggler and MiniZinc, as a table.

Usage: shops.py GROMA [--check] [COUNT]. The first shop is ft06 of Fisher and Thompson (1963), whose optimum is 55; COUNT more are random.
A machine is a team of one, and an operation is work of so many hours that nothing interrupts. With --check it fails unless groma finds
55 hours for ft06, and never needs longer than TaskJuggler. What is not installed is left out of the table, and that is said.
"""
import csv
import datetime
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

# By job: machine, hours; one operation after the other.
FT06 = [[(2, 1), (0, 3), (1, 6), (3, 7), (5, 3), (4, 6)], [(1, 8), (2, 5), (4, 10), (5, 10), (0, 10), (3, 4)],
        [(2, 5), (3, 4), (5, 8), (0, 9), (1, 1), (4, 7)], [(1, 5), (0, 5), (2, 5), (3, 3), (4, 8), (5, 9)],
        [(2, 9), (1, 3), (4, 5), (5, 4), (0, 3), (3, 1)], [(1, 3), (3, 3), (5, 9), (0, 10), (4, 4), (2, 1)]]
BEGIN = datetime.datetime(2027, 1, 4)
# What MiniZinc may take for one shop.
SECONDS = 60
MODEL = """include "disjunctive.mzn";
int: jobs; int: steps; int: machines;
array[1..jobs, 1..steps] of int: machine;
array[1..jobs, 1..steps] of int: hours;
int: all = sum(hours);
array[1..jobs, 1..steps] of var 0..all: start;
var 0..all: finish;
constraint forall(j in 1..jobs, s in 1..steps - 1)(start[j, s] + hours[j, s] <= start[j, s + 1]);
constraint forall(j in 1..jobs)(start[j, steps] + hours[j, steps] <= finish);
constraint forall(m in 1..machines)(disjunctive([start[j, s] | j in 1..jobs, s in 1..steps where machine[j, s] = m],
                                                [hours[j, s] | j in 1..jobs, s in 1..steps where machine[j, s] = m]));
solve :: int_search([start[j, s] | j in 1..jobs, s in 1..steps] ++ [finish], dom_w_deg, indomain_min) minimize finish;
output ["finish=\\(finish)\\n"];
"""


def random_shop(seed: int) -> list:
    dice = random.Random(seed)
    machines, jobs = dice.choice([(4, 5), (5, 6), (6, 6)])
    return [[(m, dice.randint(1, 10)) for m in dice.sample(range(machines), machines)] for _ in range(jobs)]


def hours_between(text: str) -> float:
    form = "%Y-%m-%d-%H:%M" if text.count("-") == 3 else "%Y-%m-%d"
    return (datetime.datetime.strptime(text, form) - BEGIN).total_seconds() / 3600


def by_groma(binary: str, shop: list, folder: pathlib.Path) -> float:
    days = "mon, tue, wed, thu, fri, sat, sun"
    lines = ['plan p { edition = 2027, currency = EUR, starts = 2027-01-04, horizon = 2027-01 .. 2027-12, calendar = always }',
             f"calendar always {{ hours = 24 h, workdays = [{days}] }}",
             *(f"team m{m} {{ people = 1 }}" for m in range(len(shop[0])))]
    for j, job in enumerate(shop):
        for s, (machine, hours) in enumerate(job):
            after = f", after = [j{j}_{s - 1}]" if s else ""
            lines.append(f"task j{j}_{s} {{ team = m{machine}, effort = {hours} h, unbroken = true{after} }}")
    lines.append(f"milestone last {{ after = [{', '.join(f'j{j}_{len(job) - 1}' for j, job in enumerate(shop))}] }}")
    (folder / "plan.groma").write_text("\n".join([*lines, "emit taskjuggler {}", ""]), encoding="utf-8")
    subprocess.run([binary, "compile", "-q", "-o", folder / "out", folder / "plan.groma"], check=True, capture_output=True)
    project = next((folder / "out/taskjuggler").glob("*.tjp")).read_text(encoding="utf-8")
    return hours_between(re.search(r'^task last .*?GromaFinish (\S+)', project, re.M | re.S).group(1))


def by_taskjuggler(shop: list, folder: pathlib.Path) -> float:
    lines = ['project p "a shop" 2027-01-04 +20w { timezone "UTC" timingresolution 60min timeformat "%Y-%m-%d-%H:%M" workinghours mon - sun 0:00 - 24:00 }',
             *(f'resource m{m} "m{m}"' for m in range(len(shop[0])))]
    for j, job in enumerate(shop):
        for s, (machine, hours) in enumerate(job):
            after = f"depends j{j}_{s - 1} " if s else ""
            lines.append(f'task j{j}_{s} "" {{ {after}effort {hours}h allocate m{machine} }}'.replace('""', f'"j{j}_{s}"'))
    lines.append('taskreport "dates" { formats csv columns id, end }')
    (folder / "shop.tjp").write_text("\n".join(lines) + "\n", encoding="utf-8")
    subprocess.run(["tj3", "--silent", "shop.tjp"], cwd=folder, check=True, capture_output=True)
    with (folder / "dates.csv").open(newline="", encoding="utf-8") as file:
        return max(hours_between(row["End"]) for row in csv.DictReader(file, delimiter=";"))


def by_minizinc(shop: list, folder: pathlib.Path) -> tuple[float, bool]:
    table = lambda of: "[|" + "|".join(",".join(str(of(step)) for step in job) for job in shop) + "|]"  # noqa: E731
    (folder / "shop.mzn").write_text(MODEL, encoding="utf-8")
    (folder / "shop.dzn").write_text(f"jobs = {len(shop)}; steps = {len(shop[0])}; machines = {len(shop[0])};\n"
                                     f"machine = {table(lambda step: step[0] + 1)};\nhours = {table(lambda step: step[1])};\n", encoding="utf-8")
    result = subprocess.run(["minizinc", "--solver", "gecode", "--time-limit", str(1000 * SECONDS), "shop.mzn", "shop.dzn"],
                            cwd=folder, check=True, capture_output=True, text=True)
    return float(re.findall(r"finish=(\d+)", result.stdout)[-1]), "==========" in result.stdout


def main() -> int:
    words = [word for word in sys.argv[2:] if word != "--check"]
    is_check, count = "--check" in sys.argv, int(words[0]) if words else 8
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    has_tj, has_zinc = shutil.which("tj3"), shutil.which("minizinc")
    for name, found in (("TaskJuggler", has_tj), ("MiniZinc", has_zinc)):
        if not found:
            print(f"{name} is not installed, and left out")
    print("\n| shop | groma, h | s | TaskJuggler, h | s | MiniZinc with Gecode, h | s |\n|---|---|---|---|---|---|---|")
    wrong = []
    shops = [("ft06", FT06), *((f"{len(shop)} x {len(shop[0])}, seed {seed}", shop) for seed, shop in ((i, random_shop(i)) for i in range(count)))]
    for name, shop in shops:
        with tempfile.TemporaryDirectory() as folder:
            def timed(work, *arguments):
                begin = time.monotonic()
                return work(*arguments, pathlib.Path(folder)), time.monotonic() - begin

            ours, seconds = timed(by_groma, binary, shop)
            cells = [name, f"{ours:g}", f"{seconds:.2f}"]
            theirs, took = timed(by_taskjuggler, shop) if has_tj else (None, 0)
            cells += [f"{theirs:g}", f"{took:.2f}"] if has_tj else ["", ""]
            (best, is_proved), took = timed(by_minizinc, shop) if has_zinc else ((None, False), 0)
            cells += [f"{best:g}{', proved' if is_proved else ''}", f"{took:.2f}"] if has_zinc else ["", ""]
            print("| " + " | ".join(cells) + " |", flush=True)
            if theirs is not None and ours > theirs:
                wrong.append(f"{name}: groma needs {ours} hours, TaskJuggler {theirs}")
            if name == "ft06" and ours != 55:
                wrong.append(f"ft06 takes 55 hours, and not {ours}")
            if is_proved and ours < best:
                wrong.append(f"{name}: nothing is shorter than {best} hours, and groma says {ours}")
    print("\n".join(wrong))
    return 1 if wrong and is_check else 0


if __name__ == "__main__":
    sys.exit(main())
