#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes another placement instance like a given one: placement_variant.py INSTANCE.txt SEED CHANGE > OTHER.txt

CHANGE is `noise`: all limits and needs move by some percent, at random. Or it asks for too much: `power` at a few sites, `quota` of one SKU,
`budget` of all phases, `demand` of all workloads, `one` workload that fits nowhere. The head line keeps the cost of a solution of the old one.
"""
import math
import random
import sys


def blocks(numbers):
    """The rows of an instance by what they are about."""
    head = numbers[0]
    sites, pools, loads, skus, links = head[0], head[1], head[2], head[7], head[8]
    at, found = 1, {"head": [head]}
    for name, count in (("skus", skus), ("pools", pools), ("sites", sites), ("quota", skus), ("budget", 1), ("links", links)):
        found[name] = numbers[at:at + count]
        at += count
    found["loads"] = []
    for _ in range(loads):
        count = 2 + numbers[at][4]
        found["loads"].append(numbers[at:at + count])
        at += count
    found["rest"] = numbers[at:]
    return found


def scale(numbers, share):
    return [math.floor(number * share) for number in numbers]


def grow(load, share):
    """What a workload asks for, and the nodes that it then needs of each pool."""
    up = lambda numbers: [math.ceil(number * share) for number in numbers]
    load[1:] = [up(load[1])] + [row[:1] + up(row[1:]) for row in load[2:]]


def change(found, dice, how):
    phases = found["head"][0][5]
    if how == "noise":
        found["sites"] = [scale(row[:phases], dice.uniform(0.98, 1.2)) + row[phases:] for row in found["sites"]]
        found["quota"] = [scale(row, dice.uniform(1, 1.2)) for row in found["quota"]]
        found["budget"] = [scale(found["budget"][0], dice.uniform(1, 1.2))]
        for load in found["loads"]:
            grow(load, dice.uniform(0.8, 1))
    elif how == "power":
        for row in dice.sample(found["sites"], max(2, len(found["sites"]) // 5)):
            row[:phases] = scale(row[:phases], 0.1)
    elif how == "quota":
        row = dice.choice(found["quota"])
        row[:] = scale(row, 0.3)
    elif how == "budget":
        found["budget"] = [scale(found["budget"][0], 0.5)]
    elif how == "demand":
        for load in found["loads"]:
            grow(load, 3)
    elif how == "one":
        grow(dice.choice(found["loads"]), 50)
    else:
        sys.exit(f"no such change: {how}")


def main():
    path, seed, how = sys.argv[1:4]
    found = blocks([list(map(int, line.split())) for line in open(path)])
    change(found, random.Random(f"{how} {seed}"), how)
    found["loads"] = sum(found["loads"], [])
    for rows in found.values():
        for row in rows:
            print(*row)


if __name__ == "__main__":
    main()
