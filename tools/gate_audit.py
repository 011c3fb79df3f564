#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sets the limits that groma derives for every machine of its catalogues beside those of public suites.

Usage: gate_audit.py GROMA ROOT [--stdlib DIR] [--write | --check]

Without --write or --check the page is printed. It is docs/gate-audit.md; gate_audit.csv beside this script has the public figures.
"""
import argparse
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
# Ports of machines for which no catalogue has them: rails and Gb/s of each.
PORTS = {"p5_48xlarge": (8, 400), "p6_b200_48xlarge": (8, 400), "gb200_nvl72": (72, 400), "gb300_nvl72": (72, 800)}
SHOWN = ["host_to_device", "peer", "memory", "fp64", "bf16", "fp8", "all_reduce", "all_reduce_ring", "all_reduce_across", "port"]

# Of a few bytes, within a domain and over two nodes.
TIMES = [f"{name}{scope}_latency" for scope in ("", "_across") for name in ("all_reduce", "all_gather", "all_to_all")]


def machines(root: pathlib.Path):
    """Names of all machines with GPUs, with what is known of their ports."""
    found = {}
    for cloud in ("azure", "aws", "gcp"):
        for row in csv.DictReader((root / "stdlib" / cloud / "gpu_skus.csv").open()):
            count, rate = row.get("nics.count") or 0, row.get("nics.rate [Gbps]") or 0
            found[row["name"]] = (row["gpu"], PORTS.get(row["name"], (int(count), float(rate))))
    text = (root / "stdlib/onprem/servers.groma").read_text()
    for name, body in re.findall(r"^server (\w+) \{(.*?)^\}", text, re.S | re.M):
        gpu = re.search(r"gpu\s+= (\w+)", body)
        ports = re.search(r"nics\s+= \{ count = (\d+), rate = (\d+) Gbps", body)
        joined = (int(ports[1]), float(ports[2])) if ports else (0, 0)
        found[name] = (gpu[1] if gpu else "", PORTS.get(name, joined))
    return found


def plan_of(names, ports, nodes=2) -> str:
    lines = ["plan audit { edition = 2027, currency = EUR, starts = 2027-01-04, horizon = 2027-01 .. 2027-03 }",
             "import azure.gpu", "import aws.gpu", "import gcp.gpu", "import onprem.servers",
             "vendor maker { lead = 1 week }", "site floor : onprem.datacenter { geography = EU }"]
    for name in names:
        rails, rate = ports[name]
        fabric = f", fabric = infiniband {{ rate = {rate:g} Gbps, rails = {rails} }}" if rails else ""
        lines.append(f"pool p_{name} : owned {{ site = floor, sku = {name}, nodes = {nodes}, runs_on = bare, vendor = maker, "
                     f"price = 1 EUR/node{fabric} }}")
    return "\n".join(lines + ["emit validation {}"]) + "\n"


def derive(groma: str, root: pathlib.Path, stdlib: str = "", only=None):
    """Per machine: its gates by figure. Machines on which CUDA does not run have none."""
    known = machines(root)
    ports = {name: joined for name, (_, joined) in known.items()}
    names = [name for name, (gpu, _) in known.items() if gpu and gpu != "mi300x" and (only is None or name in only)]
    with tempfile.TemporaryDirectory() as work:
        plan = pathlib.Path(work, "audit.groma")
        plan.write_text(plan_of(names, ports))
        library = ["--stdlib", stdlib] if stdlib else []
        done = subprocess.run([groma, "compile", "-q", "-o", f"{work}/out", *library, str(plan)], capture_output=True,
                              text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        gates = {}
        for name in names:
            found = json.loads(pathlib.Path(work, f"out/validation/floor/p_{name}/expect/expected.json").read_text())
            gates[name] = {gate["figure"]: gate for gate in found["gates"]}
    return gates


def verdict(value: float, gate: dict) -> str:
    if gate["ceiling"] is not None and value > gate["ceiling"]:
        return f"**cannot pass**: physics allows {gate['ceiling']:g}"
    reference = gate["measured"] or gate["model"]
    if reference and value < 0.5 * reference:
        return f"**hardly fails**: {reference:g} are to be had"
    if reference and value > reference:
        return f"**fails sound hardware**: {reference:g} were reached" if gate["measured"] else f"above the model of {reference:g}"
    return "can pass and fail"


def page(gates) -> str:
    out = ["# Limits beside those of public suites", "",
           "Made by `tools/gate_audit.py` from the library of this state and `tools/gate_audit.csv`; two nodes of each machine. Rates are of one",
           "direction and of one GPU or port, in GB/s; ports in Gb/s, products in TFLOPS. What only warns is in brackets.", "",
           "## Public limits", "", "| suite | machine | figure | theirs | ours | theirs judged | note |", "|---|---|---|---|---|---|---|"]
    for row in csv.DictReader((HERE / "gate_audit.csv").open()):
        gate = gates.get(row["sku"], {}).get(row["figure"])
        ours = "none" if gate is None else shown(gate)
        judged = "" if gate is None else verdict(float(row["value"]), gate)
        out.append(f"| {row['suite']} | {row['sku']} | {row['figure']} | {row['value']} | {ours} | {judged} | {row['note']} |")
    out += ["", "Sources, in the order of the table:", ""]
    out += [f"- {source}" for source in dict.fromkeys(row["source"] for row in csv.DictReader((HERE / "gate_audit.csv").open()))]
    out += ["", "## Every machine of the catalogues", "", "| machine | " + " | ".join(SHOWN) + " |", "|---" * (len(SHOWN) + 1) + "|"]
    out += rows(gates, SHOWN)
    out += ["", "## Times of a few bytes, in microseconds", "", "What is not measured is twice what NCCL itself counts on.", "",
            "| machine | " + " | ".join(TIMES) + " |", "|---" * (len(TIMES) + 1) + "|", *rows(gates, TIMES)]
    return "\n".join(out) + "\n"


def rows(gates, figures) -> list:
    """A line for each machine that has any of the figures."""
    return [f"| {name} | " + " | ".join(shown(found[figure]) if figure in found else "" for figure in figures) + " |"
            for name, found in sorted(gates.items()) if any(figure in found for figure in figures)]


def shown(gate: dict) -> str:
    text = f"{gate['fail']:.5g}"
    return f"({text})" if gate["confidence"] == "low" else text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("groma")
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--stdlib", default="")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    text = page(derive(given.groma, given.root, given.stdlib))
    target = given.root / "docs/gate-audit.md"
    if given.write:
        target.write_text(text)
    elif given.check:
        if target.read_text() != text:
            print("docs/gate-audit.md is not what the library says now: run tools/gate_audit.py GROMA ROOT --write")
            return 1
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
