#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures groma beside its peers, in one run on one machine, and prints tables in Markdown: bench.py GROMA.

Each figure is the median of its runs; peers that are not installed are left out and named. Nothing fails on a time.
"""
import datetime
import os
import pathlib
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import generate_peers
import generate_plan

LIMIT = 60
SIZES = (1_000, 100_000, 200_000)


def measure(command: list, folder, runs: int, codes=(0,)) -> tuple[float, float]:
    """The median of the seconds, and the largest amount of memory in MB. What takes long runs once, and at most LIMIT seconds."""
    seconds, memory = [], 0.0
    for _ in range(runs):
        begin = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   stdin=subprocess.DEVNULL)
        guard = threading.Timer(LIMIT, process.kill)
        guard.start()
        err = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        guard.cancel()
        seconds.append(time.perf_counter() - begin)
        process.returncode = os.waitstatus_to_exitcode(status)
        if seconds[-1] >= LIMIT:
            return LIMIT, usage.ru_maxrss / 1024
        if process.returncode not in codes:
            sys.exit(f"{' '.join(map(str, command))} ends with {process.returncode}:\n{err.decode(errors='replace')[:2000]}")
        memory = max(memory, usage.ru_maxrss / 1024)
        if seconds[-1] > 10:
            break
    return statistics.median(seconds), memory


def processor() -> str:
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"


def table(title: str, head: list[str], rows: list[list[str]]) -> None:
    print(f"### {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def ms(seconds: float) -> str:
    if seconds >= LIMIT:
        return f"more than {LIMIT} s"
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def mb(memory: float) -> str:
    """A process is counted with what it was before it became the command: this program."""
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{memory:.0f} MB" if memory > floor + 2 else f"below {floor + 2:.0f} MB"


def start(groma: pathlib.Path, folder: pathlib.Path) -> None:
    peers = [("`/bin/true`", ["/bin/true"]), ("`groma version`", [groma, "version"]), ("`groma explain GR0101`", [groma, "explain", "GR0101"]),
             ("`python3 -c ''`", ["python3", "-c", ""]), ("`node -e ''`", ["node", "-e", ""]), ("`terraform version`", ["terraform", "version"]),
             ("`jsonnet --version`", ["jsonnet", "--version"])]
    rows = []
    for name, command in peers:
        if shutil.which(str(command[0])):
            seconds, memory = measure(command, folder, 50)
            rows.append([name, ms(seconds), mb(memory)])
    table("Start, median of 50", ["command", "time", "memory"], rows)


def sizes(groma: pathlib.Path, folder: pathlib.Path) -> None:
    rows, times = [], {}
    for lines in SIZES:
        plan = folder / f"plan_{lines}.groma"
        plan.write_text(generate_plan.generate(lines))
        count = plan.read_text().count("\n")
        runs = 11 if lines <= 1_000 else 5
        for name, command in (("check --no-solve", [groma, "check", "--no-solve", plan]), ("fmt --check", [groma, "fmt", "--check", plan]),
                              ("dump --stage tree", [groma, "dump", "--stage", "tree", plan])):
            seconds, memory = measure(command, folder, runs, (0, 7))
            times[name, lines] = seconds
            ratio = f"{seconds / times[name, SIZES[1]]:.2f}" if lines == SIZES[2] else ""
            rows.append([f"`groma {name}`", f"{count:,}", ms(seconds), mb(memory), f"{count / seconds / 1000:,.0f}", ratio])
    table("Size, median of 11 or 5", ["command", "lines", "time", "memory", "1000 lines/s", "200k : 100k"], rows)


def peers(folder: pathlib.Path) -> list[str]:
    """Compilers of configuration on as many lines of their own language; what each does differs."""
    rows, absent = [], []
    for lines in SIZES[:2]:
        work = folder / f"peers_{lines}"
        (work / "tf").mkdir(parents=True)
        (work / "tf/main.tf").write_text(generate_peers.hcl(lines))
        (work / "main.jsonnet").write_text(generate_peers.jsonnet(lines))
        commands = [("`terraform validate`", ["terraform", "validate"], work / "tf"), ("`terraform fmt -check`", ["terraform", "fmt", "-check"], work / "tf"),
                    ("`jsonnet`", ["jsonnet", "main.jsonnet"], work), ("`jsonnetfmt --test`", ["jsonnetfmt", "--test", "main.jsonnet"], work)]
        for name, command, place in commands:
            if not shutil.which(command[0]):
                absent.append(command[0])
                continue
            source = "tf/main.tf" if place.name == "tf" else "main.jsonnet"
            count = (work / source).read_text().count("\n")
            seconds, memory = measure(command, place, 3, (0, 1, 2, 3))
            rows.append([name, f"{count:,}", ms(seconds), mb(memory), f"{count / seconds / 1000:,.0f}"])
    if rows:
        table("Peers, median of 3", ["command", "lines", "time", "memory", "1000 lines/s"], rows)
    return sorted(set(absent))


def main() -> None:
    groma = pathlib.Path(sys.argv[1]).resolve()
    version = subprocess.run([groma, "version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"## {datetime.date.today()}, {version}\n\n{processor()}, {os.cpu_count()} cores.\n")
    with tempfile.TemporaryDirectory() as folder:
        start(groma, pathlib.Path(folder))
        sizes(groma, pathlib.Path(folder))
        absent = peers(pathlib.Path(folder))
    if absent:
        print(f"Not installed, and so not measured: {', '.join(absent)}.")


if __name__ == "__main__":
    main()
