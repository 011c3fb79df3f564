#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Solves placement instances as plans, beside CBC and Gecode: placement.py GROMA [FOLDER] [--seconds N].

FOLDER holds `NAME.txt`, what `placement_plan.py` reads, and for the peers `NAME.lp` (CBC) and `NAME.dzn` (MiniZinc with Gecode, by the
model `placement.mzn`); without it nothing is measured, and that is said. Times are CPU seconds of whole processes. A peer gets N
seconds (60) for each instance. What is infeasible shows the first line of what groma says instead of a cost. All costs are those of the
instance, in its own unit; groma's gap is that of the plan, whose cost counts nodes that are there from the start too. Beside a peer
stands how much more its plan costs, and how many times groma's seconds it took. Peers are also stopped by the clock, at three times N.
"""
import argparse
import datetime
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
    # Without `-threads`: with one, CBC 2.10.8 calls 60244 the optimum of S1, where 60204 is one.
    output, cpu, _ = run(["cbc", model, "-sec", str(seconds), "-solve"], seconds * 3)
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


def gecode(data, seconds):
    command = ["minizinc", "--solver", "gecode", "-a", "-t", str(seconds * 1000), HERE / "placement.mzn", data]
    output, cpu, _ = run(command, seconds * 3)
    costs = re.findall(r"^cost = (\d+)$", output, re.M)
    if "=====UNSATISFIABLE=====" in output:
        return None, "infeasible", cpu
    if not costs:
        return None, "none found", cpu
    return int(costs[-1]), "proved" if "==========" in output else "no bound", cpu


def beside(cost, cpu, peer):
    """The peer's cells: its cost with what it is more than groma's, its gap, its seconds with how many times groma's they are."""
    peer_cost, peer_gap, peer_cpu = peer
    more = f" ({100 * (peer_cost / cost - 1):+.2f} %)" if peer_cost and cost else ""
    return f"{peer_cost or ''}{more} | {peer_gap} | {peer_cpu:.1f} ({peer_cpu / max(cpu, 0.01):.1f}x)"


def processor():
    names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return f"{names[0] if names else 'unknown processor'}, {os.cpu_count()} cores"


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
    peers = {"cbc": ("CBC", "lp", cbc), "minizinc": ("Gecode", "dzn", gecode)}
    missing = [name for name in peers if shutil.which(name) is None]
    for name in missing:
        print(f"NOT INSTALLED, and so not measured: {name}.\n")
    peers = [peer for name, peer in peers.items() if name not in missing]
    print(f"{datetime.date.today()}, {processor()}, {options.seconds} s for each peer\n")
    titles = ["instance", "best known", "groma", "to the best known", "gap", "CPU s", "MB"]
    for title, _, _ in peers:
        titles += [title, "gap", "CPU s"]
    print(f"| {' | '.join(titles)} |\n{'|---' * len(titles)}|")
    said = []
    for name in options.only:
        with tempfile.TemporaryDirectory() as scratch:
            cost, gap, cpu, memory, words = groma(options.groma, options.folder / f"{name}.txt", scratch)
        ratio = f"{100 * (cost / KNOWN[name] - 1):+.2f} %" if cost and name in KNOWN else ""
        cells = [name, KNOWN.get(name, ""), cost or "", ratio, gap, f"{cpu:.2f}", f"{memory:.0f}"]
        for _, suffix, solve in peers:
            model = options.folder / f"{name}.{suffix}"
            cells.append(beside(cost, cpu, solve(model, options.seconds)) if model.exists() else "no file | | ")
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
        if words:
            said.append(f"{name}: {words}")
    print()
    for line in said:
        print(f"- {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
