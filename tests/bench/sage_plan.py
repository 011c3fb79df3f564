#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a SAGE problem as a plan of groma: sage_plan.py [--like J|E] [--copies N] MODEL.json OFFERS.json > plan.groma

MODEL lists components and their restrictions, OFFERS the machines that can be rented; prices are in thousandths of a dollar. `--copies`
is the lower bound that the model leaves open (`"bound": -1`). The optima were published for two formalisations. They differ where two
components are alternatives: in E both serve so many others each, as the model says; the optima of J are those of plans
in which the one that may exist only once serves any number.
"""
import argparse
import json
import re
import sys

MOST = 40


def identifier(name):
    spaced = re.sub(r"([a-z])([A-Z])", r"\1_\2", name)
    return re.sub(r"\W+", "_", spaced).strip("_").lower()


class Model:
    def __init__(self, data, copies, like):
        self.like = like
        self.names = {c["id"]: identifier(c["name"]) for c in data["components"]}
        self.components = data["components"]
        self.least = {i: 1 for i in self.names}
        self.most = {i: MOST for i in self.names}
        self.lists = {i: {"conflicts": [], "colocation": []} for i in self.names}
        self.ratios = {i: [] for i in self.names}
        self.everywhere = set()
        self.rules = []
        self.alternatives = set()
        rules = data["restrictions"]
        for rule in rules:
            if rule["type"] == "AlternativeComponents":
                self.alternatives |= {rule["alphaCompId"], rule["betaCompId"]}
        # What may exist only once is told from the bounds, so they are read first.
        for rule in sorted(rules, key=lambda rule: not rule["type"].endswith("Bound")):
            getattr(self, rule["type"])(copies=copies, **{k: v for k, v in rule.items() if k != "type"})

    def Conflicts(self, alphaCompId, compsIdList, copies):
        self.lists[alphaCompId]["conflicts"] += compsIdList

    def OneToOneDependency(self, alphaCompId, betaCompId, copies):
        self.lists[alphaCompId]["colocation"].append(betaCompId)
        self.lists[betaCompId]["colocation"].append(alphaCompId)

    def FullDeployment(self, alphaCompId, compsIdList, copies):
        self.everywhere.add(alphaCompId)

    def RequireProvideDependency(self, alphaCompId, betaCompId, alphaCompIdInstances, betaCompIdInstances, copies):
        a, b = self.names[alphaCompId], self.names[betaCompId]
        if betaCompId not in self.alternatives:
            self.ratios[betaCompId].append((a, alphaCompIdInstances, betaCompIdInstances))
        elif self.like == "E" or self.most[betaCompId] != 1:
            self.rules.append(f"{b}.copies == 0 or {alphaCompIdInstances} * {a}.copies <= {betaCompIdInstances} * {b}.copies")

    def OneToManyDependency(self, alphaCompId, betaCompId, number, copies):
        a, b = self.names[alphaCompId], self.names[betaCompId]
        self.rules.append(f"{number} * {a}.copies > {b}.copies")
        self.rules.append(f"{number} * {a}.copies - {b}.copies <= {number}")

    def AlternativeComponents(self, alphaCompId, betaCompId, copies):
        a, b = self.names[alphaCompId], self.names[betaCompId]
        self.least[alphaCompId] = self.least[betaCompId] = 0
        self.rules.append(f"{a}.copies == 0 or {b}.copies == 0")
        self.rules.append(f"{a}.copies + {b}.copies >= 1")

    def LowerBound(self, compsIdList, bound, copies):
        bound = copies if bound < 0 else bound
        if len(compsIdList) == 1:
            self.least[compsIdList[0]] = bound
        else:
            self.rules.append(" + ".join(f"{self.names[i]}.copies" for i in compsIdList) + f" >= {bound}")

    def UpperBound(self, compsIdList, bound, copies):
        for i in compsIdList:
            self.most[i] = bound

    def EqualBound(self, compsIdList, bound, copies):
        for i in compsIdList:
            self.least[i] = self.most[i] = bound

    def component(self, data):
        i = data["id"]
        least, most = self.least[i], self.most[i]
        fields = ["apart = true", f"copies = {least}" if least == most else f"copies = choose {least} .. {most}"]
        fields += [f"cpu = {data['Compute']['CPU']} vcpu", f"memory = {data['Compute']['Memory']} MB",
                   f"storage = {data['Storage']['StorageSize']} GB"]
        for key, ids in self.lists[i].items():
            if ids:
                fields.append(f"{key} = [" + ", ".join(self.names[j] for j in ids) + "]")
        if i in self.everywhere:
            fields.append("everywhere = true")
        if self.ratios[i]:
            fields.append("ratios = [" + ", ".join(f"{{ of = {of}, copies = {n}, per = {per} }}" for of, n, per in self.ratios[i]) + "]")
        return f"component {self.names[i]} {{ " + ", ".join(fields) + " }"


def write(model, offers, out):
    p = lambda text: print(text, file=out)
    p("plan sage { edition = 2027, currency = USD, starts = 2026-01-01, horizon = 2027-01 .. 2027-01 }")
    p("site rooms : onprem.datacenter { geography = US }")
    for i, offer in enumerate(offers.values()):
        p(f"server s{i} {{ display = \"S{i}\", vcpus = {offer['cpu']} vcpu/node, memory = {offer['memory']} MB/node, "
          f"storage = {offer['storage']} GB/node, source = \"offers\", as_of = 2026-10-01 }}")
    p("machines hosts {\n  site = rooms\n  nodes = choose 0 .. 200")
    p("  sizes = [" + ", ".join(f"s{i}" for i in range(len(offers))) + "]")
    p("  price = { " + ", ".join(f"s{i} = {offer['price']} USD/node" for i, offer in enumerate(offers.values())) + " }\n}")
    for component in model.components:
        p(model.component(component))
    for n, rule in enumerate(model.rules):
        p(f"policy rule{n} {{ require {rule} }}")
    p("minimize cost.total")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--like", choices="JE", default="J")
    parser.add_argument("--copies", type=int, default=3)
    parser.add_argument("model")
    parser.add_argument("offers")
    options = parser.parse_args()
    with open(options.model) as model, open(options.offers) as offers:
        write(Model(json.load(model), options.copies, options.like), json.load(offers), sys.stdout)


if __name__ == "__main__":
    main()
