#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lays figures of the probe beside those of others: beside.py PROBE OTHER... (files of lines NAME VALUE UNIT).

Exits 1 if one is more than 2 % below the best of the others, or nothing could be compared. More than 2 % above is told:
the probe takes the faster of two ways, and the fastest of several algorithms.
"""
import sys

SHARE = 0.02
JUDGED = ("hbm", "gemm.")


def figures(path: str) -> dict[str, float]:
    found = {}
    with open(path) as file:
        for line in file:
            words = line.split()
            if len(words) == 3 and words[2] in ("GB/s", "TFLOPS"):
                found[words[0]] = float(words[1])
    return found


def main() -> int:
    probe, others = figures(sys.argv[1]), [figures(path) for path in sys.argv[2:]]
    compared, low = 0, 0
    for name, value in probe.items():
        best = max((other[name] for other in others if name in other), default=None)
        if best is None:
            print(f"{name}: {value:g}, nothing to lay beside it")
            continue
        off = value / best - 1
        judged = name.startswith(JUDGED)
        compared += judged
        is_low = judged and not off >= -SHARE
        low += is_low
        print(f"{name}: {value:g} beside {best:g}: {off:+.2%}{' TOO LOW' if is_low else ''}{'' if judged else ' (not judged)'}")
    if not compared:
        print("nothing was compared")
    return 1 if low or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
