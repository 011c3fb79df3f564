#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lays figures of the probe beside those of others: beside.py PROBE OTHER... (files of lines NAME VALUE UNIT).

Exits 1 if one is more than 2 % below the best of the others, if the probe has none of what another has, or if there is
nothing to compare. What is above is told: the probe takes the faster of two ways, and the fastest of several algorithms.
"""
import sys

SHARE = 0.02


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
    names = sorted({name for other in others for name in other})
    low = 0
    for name in names:
        best = max(other[name] for other in others if name in other)
        off = probe.get(name, 0) / best - 1
        is_low = not off >= -SHARE
        low += is_low
        print(f"{name}: {probe.get(name, 'nothing')} beside {best:g}: {off:+.2%}{' TOO LOW' if is_low else ''}")
    for name in sorted(set(probe) - set(names)):
        print(f"{name}: {probe[name]:g}, nothing to lay beside it")
    if not names:
        print("nothing was compared")
    return 1 if low or not names else 0


if __name__ == "__main__":
    sys.exit(main())
