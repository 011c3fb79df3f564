#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Small random packings of components onto machines: the cost that groma proves is the one that trying everything finds.

Usage: packing_test.py GROMA [PLANS] [FIRST]. Each plan has one or two groups of machines of one sku, of a sku to choose or of several
sizes, and a few components with every rule that components have.
"""
import itertools
import random
import re
import sys
import tempfile

import groma

SKUS = {"small": (3, 4, 20, 3), "wide": (6, 4, 10, 5), "deep": (4, 9, 40, 6)}
SOME = 3


class Problem:
    def __init__(self, seed):
        r = self.random = random.Random(seed)
        self.names = [f"c{i}" for i in range(r.randint(2, 4))]
        self.groups = [self.group(g) for g in range(r.choice([1, 1, 2]))]
        self.components = [self.component(i) for i in range(len(self.names))]

    def group(self, g):
        r = self.random
        kind = r.choice(["stated", "chosen", "sizes"])
        skus = r.sample(sorted(SKUS), 1 if kind == "stated" else r.randint(2, 3))
        nodes = (n := r.randint(0, 3), n) if r.random() < 0.3 else (0, 3)
        return {"name": f"m{g}", "kind": kind, "skus": skus, "nodes": nodes, "reserve": r.choice([0, 0, 0, 25]), "extra": g}

    def component(self, i):
        r = self.random
        others = lambda chance, of=range(len(self.names)): [j for j in of if j != i and r.random() < chance]
        low = r.randint(0, SOME)
        return {"copies": (low, low) if r.random() < 0.5 else (min(low, 1), SOME), "need": (r.randint(0, 4), r.randint(0, 4), r.choice([0, 0, 10])),
                "conflicts": others(0.15) + ([i] if r.random() < 0.05 else []), "colocation": others(0.1), "everywhere": r.random() < 0.12,
                "apart": r.random() < 0.2, "requires": others(0.1),
                "ratios": [(j, r.randint(1, 2), r.randint(1, 3)) for j in others(0.15)],
                "on": [g["name"] for g in self.groups if r.random() < 0.5] if r.random() < 0.2 else []}

    def text(self):
        lines = ["plan p { edition = 2027, currency = EUR, starts = 2026-01-01, horizon = 2027-01 .. 2027-03 }",
                 "site ams : onprem.datacenter { geography = EU }"]
        for name, (cpu, memory, storage, _) in SKUS.items():
            lines.append(f'server {name} {{ display = "{name}", vcpus = {cpu} vcpu/node, memory = {memory} GB/node, '
                         f'storage = {storage} GB/node, source = "maker", as_of = 2026-10-01 }}')
        for g in self.groups:
            listed = "[" + ", ".join(g["skus"]) + "]"
            sku = {"stated": f"sku = {g['skus'][0]}", "chosen": f"sku = choose from {listed}", "sizes": f"sizes = {listed}"}[g["kind"]]
            low, high = g["nodes"]
            nodes = f"{low} node" if low == high else f"choose {low} .. {high}"
            price = ", ".join(f"{s} = {SKUS[s][3] + g['extra']} EUR/node" for s in g["skus"])
            lines.append(f"machines {g['name']} {{ site = ams, {sku}, nodes = {nodes}, reserve = {g['reserve']} %, price = {{ {price} }} }}")
        for name, c in zip(self.names, self.components):
            low, high = c["copies"]
            names = lambda key: "[" + ", ".join(self.names[j] for j in c[key]) + "]"
            ratios = ", ".join(f"{{ of = {self.names[j]}, copies = {n}, per = {per} }}" for j, n, per in c["ratios"])
            cpu, memory, storage = c["need"]
            lines.append(f"component {name} {{ copies = {low if low == high else f'choose {low} .. {high}'}, cpu = {cpu} vcpu, memory = {memory} GB, "
                         f"storage = {storage} GB, conflicts = {names('conflicts')}, colocation = {names('colocation')}, "
                         f"everywhere = {str(c['everywhere']).lower()}, apart = {str(c['apart']).lower()}, requires = {names('requires')}, "
                         f"ratios = [{ratios}], on = [{', '.join(c['on'])}] }}")
        return "\n".join(lines + ["minimize cost.total", ""])

    def patterns(self, group, sku):
        """Every way to share one machine."""
        count, may = len(self.names), [not c["on"] or group["name"] in c["on"] for c in self.components]
        holds = [amount * (100 - group["reserve"] if r < 2 else 100) for r, amount in enumerate(SKUS[sku][:3])]
        for pattern in itertools.product(range(SOME + 1), repeat=count):
            there = [i for i in range(count) if pattern[i]]
            cs = self.components
            clash = lambda i, j: j in cs[i]["conflicts"] or i in cs[j]["conflicts"]
            single = lambda i: cs[i]["apart"] or i in cs[i]["conflicts"]
            if any(not may[i] or (pattern[i] > 1 and single(i)) for i in there):
                continue
            if any(clash(i, j) for i in there for j in there if i < j) or any(j not in there for i in there for j in cs[i]["colocation"]):
                continue
            if any(cs[i]["everywhere"] and may[i] and i not in there and not any(clash(i, j) for j in there) for i in range(count)):
                continue
            if all(100 * sum(pattern[i] * cs[i]["need"][r] for i in there) <= holds[r] for r in range(3)):
                yield pattern

    def packings(self, group):
        """The least cost for each number of copies that the group can carry."""
        best = {}
        for skus in [group["skus"]] if group["kind"] == "sizes" else [[s] for s in group["skus"]]:
            machines = [(p, SKUS[s][3] + group["extra"]) for s in skus for p in self.patterns(group, s)]
            carried = {(0,) * len(self.names): 0}
            for nodes in range(group["nodes"][1] + 1):
                if nodes >= group["nodes"][0]:
                    for copies, cost in carried.items():
                        best[copies] = min(cost, best.get(copies, cost))
                more = {}
                for copies, cost in carried.items():
                    for pattern, price in machines:
                        total = tuple(map(sum, zip(copies, pattern)))
                        if max(total) <= SOME:
                            more[total] = min(cost + price, more.get(total, cost + price))
                carried = more
        return best

    def holds(self, copies):
        for n, c in zip(copies, self.components):
            if not c["copies"][0] <= n <= c["copies"][1] or any(n and not copies[j] for j in c["requires"]):
                return False
            if any(per * n < times * copies[j] for j, times, per in c["ratios"]):
                return False
        return True

    def least(self):
        total = {(0,) * len(self.names): 0}
        for group in self.groups:
            more = {}
            for (a, x), (b, y) in itertools.product(total.items(), self.packings(group).items()):
                copies = tuple(map(sum, zip(a, b)))
                more[copies] = min(x + y, more.get(copies, x + y))
            total = more
        costs = [cost for copies, cost in total.items() if self.holds(copies)]
        return min(costs) if costs else None


def judge(binary, seed):
    problem = Problem(seed)
    with tempfile.TemporaryDirectory() as folder:
        groma.write(folder, {"plan.groma": problem.text()})
        run = groma.run(binary, ["check", "plan.groma"], folder)
    found = re.search(r"minimize cost.total: (\d+) EUR, no plan has less", run.out.decode())
    expected, got = problem.least(), int(found[1]) if found else None
    if got == expected and (got is not None or (run.code == 3 and run.codes & {"GR0401", "GR0402"})):
        return None
    return f"plan {seed}: groma says {got} (exit code {run.code}), trying everything {expected}\n{problem.text()}{run.text}"


def main():
    plans = int(sys.argv[2]) if len(sys.argv) > 2 else 150
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    faults = [fault for fault in groma.in_parallel(lambda seed: judge(sys.argv[1], seed), range(first, first + plans)) if fault]
    for fault in faults[:3]:
        print(fault)
    print(f"{plans} plans, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
