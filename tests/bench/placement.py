#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Solves placement instances as plans, beside CBC: placement.py GROMA [FOLDER] [--seconds N].

FOLDER holds `NAME.txt`, what `placement_plan.py` reads, and for the peer `NAME.lp`; without it nothing is measured, and that is said.
Times are CPU seconds of whole processes. A peer gets N seconds (60) for each instance. What is infeasible shows the first line of what
groma says instead of a cost. All costs are those of the instance, in its own unit.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
NAMES = ["S1", "S2", "S3", "M1", "M2", "M3", "L1", "M1_one", "M1_quota", "M1_demand", "M1_power", "M1_budget"]
# The best costs known before, some of them proved.
KNOWN = {"S1": 60204, "S2": 33378, "S3": 48518, "M1": 819368, "M2": 612130, "M3": 810122, "L1": 9585023}


def run(command, limit):
    """Output, CPU seconds and MB of memory."""
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    guard = threading.Timer(limit, process.kill)
    guard.start()
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    guard.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return output, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def groma(binary, instance, scratch):
    plan = pathlib.Path(scratch, "plan.groma")
    with open(plan, "w") as out:
        subprocess.run([sys.executable, HERE / "placement_plan.py", instance], stdout=out, check=True)
    offset = int(plan.open().readline().split()[-1])
    output, cpu, memory = run([binary, "check", plan], 300)
    cost = re.search(r"minimize cost.total: (\d+) USD", output)
    error = re.search(r"^error\[GR\d+\]: (.*)", output, re.M)
    gap = re.search(r"at most ([\d.]+ %) from the best", output)
    if cost:
        return int(cost[1]) // 1000 - offset, "proved" if re.search(r"no plan has less$", output, re.M) else gap[1] if gap else "?", cpu, memory, ""
    return None, "infeasible" if error else "undecided", cpu, memory, error[1] if error else output.strip().splitlines()[-1]


def cbc(model, seconds):
    output, cpu, _ = run(["cbc", model, "-sec", str(seconds), "-threads", "1", "-solve"], seconds * 3)
    value = re.search(r"Objective value:\s+([-\d.]+)", output)
    bound = re.search(r"Lower bound:\s+([-\d.]+)", output)
    if "infeasible" in output and not value:
        return None, "infeasible", cpu
    if not value or "No feasible solution found" in output:
        return None, "none found", cpu
    cost = round(float(value[1]))
    if not bound:
        return cost, "proved", cpu
    return cost, f"{100 * (cost - float(bound[1])) / max(1.0, float(bound[1])):.2f} %", cpu


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("groma")
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--only", nargs="*", default=NAMES)
    options = parser.parse_args()
    if options.folder is None or not (options.folder / "S1.txt").exists():
        print(f"placement: the instances are not in {options.folder or 'any folder that was given'}: nothing is measured")
        return 0
    has_peer = shutil.which("cbc") is not None
    print("| instance | best known | groma | to the best known | gap | CPU s | MB | CBC | gap | CPU s |\n|---|---|---|---|---|---|---|---|---|---|")
    said = []
    for name in options.only:
        with tempfile.TemporaryDirectory() as scratch:
            cost, gap, cpu, memory, words = groma(options.groma, options.folder / f"{name}.txt", scratch)
        ratio = f"{100 * (cost / KNOWN[name] - 1):+.2f} %" if cost and name in KNOWN else ""
        peer = ["", "", ""]
        model = options.folder / f"{name}.lp"
        if has_peer and model.exists():
            peer_cost, peer_gap, peer_cpu = cbc(model, options.seconds)
            peer = [str(peer_cost or ""), peer_gap, f"{peer_cpu:.1f}"]
        print(f"| {name} | {KNOWN.get(name, '')} | {cost or ''} | {ratio} | {gap} | {cpu:.2f} | {memory:.0f} | {' | '.join(peer)} |", flush=True)
        if words:
            said.append(f"{name}: {words}")
    print()
    for line in said:
        print(f"- {line}")
    if not has_peer:
        print("\nNot installed, and so not measured: cbc.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
