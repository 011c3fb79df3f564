#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A long solve shows one line on a terminal, and none of it stays there; elsewhere there is nothing to see.

Usage: progress_test.py GROMA.
"""
import os
import pathlib
import pty
import random
import subprocess
import sys
import tempfile

ERASE = "\r\x1b[K"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "xterm", "NO_COLOR": "1"}


def plan_that_takes_a_while() -> str:
    """Many workloads that each fit on a few of many pools: the best plan is soon found and long unproved."""
    chance = random.Random(7)
    count = 25
    text = """plan p { edition = 2027, currency = EUR, starts = 2026-01-01, horizon = 2027-01 .. 2027-06 }
gpu_model h { display = "H", vendor = nvidia, memory = 80 GB, source = "maker", as_of = 2026-10-01 }
server box { display = "Box", gpus = 8, gpu = h, power = 10 kW/node, source = "maker", as_of = 2026-10-01 }
vendor acme { lead = 4 weeks }
minimize cost.total
"""
    for i in range(count):
        text += (f"site s{i} : onprem.datacenter {{ geography = EU }}\n"
                 f"pool p{i} : owned {{ site = s{i}, sku = box, nodes = choose 0 .. 40, runs_on = slurm, vendor = acme, "
                 f"price = {chance.randint(80, 120)}k EUR/node }}\n")
    for i in range(60):
        pools = ", ".join(f"p{j}" for j in sorted(chance.sample(range(count), 7)))
        text += f"workload w{i} {{ type = training, demand = {chance.randint(9, 90)} gpu, whole = true, only_on = [{pools}] }}\n"
    return text


def on_terminal(command, folder, environment) -> tuple[str, str]:
    """What goes to the standard output, and what to a terminal that is the standard error."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # how Linux ends a terminal that nobody writes to any more
            break
        if not piece:
            break
        seen += piece
    out = process.stdout.read().decode()
    process.wait()
    os.close(ours)
    return out, seen.decode().replace("\r\n", "\n")


def screen_of(text: str) -> str:
    """What is left on the screen: each erasure takes away what stands in its line."""
    lines = []
    for line in text.split("\n"):
        lines.append(line.split(ERASE)[-1])
    return "\n".join(lines)


def main() -> int:
    groma = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "plan.groma").write_text(plan_that_takes_a_while())
        command = [groma, "check", "--effort", "10", "."]
        quiet = subprocess.run(command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert "\x1b" not in quiet.stderr and "\r" not in quiet.stderr, "without a terminal there is no progress"
        out, seen = on_terminal(command, folder, ENVIRONMENT)
        assert ERASE in seen, f"nothing was drawn:\n{seen}"
        drawn = [line.split("\n")[0] for line in seen.split(ERASE)[1:]]
        assert any(", best " in line and ", none below " in line and " % apart" in line for line in drawn), drawn[:20]
        assert all(len(line) < 80 for line in drawn if ", best " in line), "a line that wraps cannot be taken off"
        assert out == quiet.stdout, "the answer does not depend on who looks"
        assert screen_of(seen) == quiet.stderr, f"this stays on the screen:\n{screen_of(seen)!r}\ninstead of\n{quiet.stderr!r}"
        for words, environment in ((["-q"], ENVIRONMENT), (["--format", "json"], ENVIRONMENT),
                                   ([], ENVIRONMENT | {"TERM": "dumb"})):
            assert ERASE not in on_terminal([*command, *words], folder, environment)[1], f"{words} shows progress"
    print(f"{len(drawn)} lines were drawn, and none stayed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
