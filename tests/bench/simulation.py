#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the simulation of a schedule: simulation.py GROMA [TASKS...].

Plans with calendars, teams, uncertain durations and risks are checked with 10,000 runs and with 100; what differs is what 9,900 runs take.
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile

RUNS = 10_000


def plan(tasks: int, runs: int) -> str:
    dice = random.Random(1)
    lines = [f"plan p {{ edition = 2027, currency = EUR, starts = 2027-01-04, horizon = 2027-01 .. 2030-12, runs = {runs} }}",
             "import calendars",
             "calendar nl : calendars.nl {}", "calendar us : calendars.us {}",
             "vendor acme { lead = 14 weeks .. 22 weeks }"]
    teams = max(4, tasks // 25)
    for team in range(teams):
        zone = ("nl", "Europe/Amsterdam") if team % 2 else ("us", "America/Chicago")
        lines.append(f'team t{team} {{ people = {1 + team % 4}, calendar = {zone[0]}, timezone = "{zone[1]}" }}')
    for task in range(tasks):
        after = sorted({dice.randrange(max(0, task - 60), task) for _ in range(dice.randrange(4))}) if task else []
        days = dice.randrange(2, 12)
        takes = [f"duration = {days} workdays .. {days + 1} workdays .. {2 * days + 4} workdays", f"effort = {days} days",
                 f"duration = {days} days .. {3 * days} days"][task % 3]
        if task % 50 == 7:
            takes = "duration = acme.lead"
        lines.append(f"task k{task} {{ {takes}, team = t{task * 7 % teams}, after = [{', '.join(f'k{one}' for one in after)}] }}")
    for milestone in range(10):
        first = tasks * milestone // 10
        waits = ", ".join(f"k{one}" for one in range(first, first + tasks // 10, 5))
        lines.append(f"milestone m{milestone} {{ after = [{waits}], by = 2034-12-31 }}")
    for risk in range(10):
        lines.append(f"risk r{risk} {{ on = k{dice.randrange(tasks)}, chance = {10 + 5 * risk} %, delay = 1 week .. {2 + risk} weeks }}")
    return "\n".join(lines) + "\n"


def seconds(groma: str, text: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "p.groma")
        path.write_text(text)
        process = subprocess.Popen([groma, "check", "-q", path], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"a plan of the benchmark ends with {process.returncode}")
        return usage.ru_utime + usage.ru_stime


def main() -> int:
    groma = sys.argv[1]
    print(f"### Simulation, CPU seconds of one run\n\n| tasks | check with 100 runs | with {RUNS:,} runs | {RUNS - 100:,} runs |\n|---|---|---|---|")
    for tasks in [int(word) for word in sys.argv[2:]] or [100, 1000]:
        few, many = (seconds(groma, plan(tasks, runs)) for runs in (100, RUNS))
        print(f"| {tasks:,} | {few:.2f} s | {many:.2f} s | {many - few:.2f} s |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
