#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a placement instance as a plan of groma: placement_plan.py INSTANCE.txt > plan.groma

A node of the plan has one GPU that is worth all of the instance's node, so that the nodes which a workload needs are the GPUs which the
plan counts. What the instance limits by phase are curves of kinds of the plan's own, held by policies. Nodes that are there from
the start are paid for in the plan and not in the instance: `offset` in the first line is what its cost is higher by.
"""
import sys


def read(path):
    numbers = (list(map(int, line.split())) for line in open(path))
    sites, pools, loads, months, per_phase, phases, _, skus, links, softs, antis, _ = next(numbers)
    data = {"months": months, "per_phase": per_phase, "phases": phases}
    data["skus"] = [next(numbers) for _ in range(skus)]
    data["pools"] = [next(numbers) for _ in range(pools)]
    data["sites"] = [next(numbers) for _ in range(sites)]
    data["quota"] = [next(numbers) for _ in range(skus)]
    data["budget"] = next(numbers)
    data["links"] = [next(numbers) for _ in range(links)]
    data["loads"] = []
    for _ in range(loads):
        head, demand = next(numbers), next(numbers)
        data["loads"].append((head, demand, [next(numbers)[0] for _ in range(head[4])]))
    for _ in range(softs):
        next(numbers)
    data["antis"] = [next(numbers) for _ in range(antis)]
    return data


def month(t):
    return f"{2027 + t // 12}-{t % 12 + 1:02}"


def curve(values, unit, per_phase=1):
    steps, last = [], None
    for i, value in enumerate(values):
        if value != last:
            steps.append(f"{month(i * per_phase)} = {value} {unit}".rstrip())
        last = value
    return "{ " + ", ".join(steps) + " }"


def write(data, out):
    per_phase, phases = data["per_phase"], data["phases"]
    period = {3: "quarter", 6: "half_year", 12: "year"}[per_phase]
    offset = sum(pool[6] * pool[3] for pool in data["pools"])
    p = lambda text: print(text, file=out)
    p(f"// offset {offset}")
    p(f"""plan placement {{
  edition = 2027, currency = USD, starts = 2026-01-01
  horizon = 2027-01 .. {month(data['months'] - 1)}
}}
minimize cost.total
vendor maker {{ lead = 1 week .. 2 weeks }}
playbook there {{
  of = pool.owned
  milestone delivered {{ reached = 2026-01-01 }}
  milestone accepted {{ reached = 2026-01-01 }}
}}
kind power_limit {{ plural = power_limits, site: site, power: curve[quantity[kW]] }}
kind node_limit {{ plural = node_limits, model: sku, nodes: curve[quantity[node]] }}
kind line_limit {{ plural = line_limits, from: int, site: site, units: int }}
kind load : workload {{ plural = loads, data: dataset, users_at: int, units: int }}
kind apart {{ plural = aparts, a: dataset, b: dataset }}
policy limits {{
  require all l in power_limits: l.site.power <= l.power
  require all l in node_limits: sum(q.nodes for q in pools if q.sku == l.model) <= l.nodes
  require all l in line_limits: sum(w.units for w in loads if w.users_at == l.from and l.site in w.data.used_at) <= l.units
  require all x in aparts: all s in sites: not (s in x.a.used_at and s in x.b.used_at)
}}
gpu_model reference {{ display = "reference", vendor = nvidia, memory = 80 GB, bf16 = 100 TFLOPS, source = "instance", as_of = 2026-11-21 }}""")
    for k, (gpus, power, racks, _, _, speed) in enumerate(data["skus"]):
        p(f"gpu_model model_{k} {{ display = \"model {k}\", vendor = nvidia, memory = 80 GB, bf16 = {gpus * speed} TFLOPS, "
          "source = \"instance\", as_of = 2026-11-21 }")
        p(f"server sku_{k} {{ display = \"sku {k}\", gpus = 1 gpu/node, gpu = model_{k}, power = {power * 100} W/node, "
          f"per_rack = 100 node/rack / {racks}, source = \"instance\", as_of = 2026-11-21 }}")
        p(f"node_limit nodes_{k} {{ model = sku_{k}, nodes = {curve(data['quota'][k], 'node', per_phase)} }}")
    for s, row in enumerate(data["sites"]):
        p(f"site s{s} : onprem.datacenter {{ geography = EU, racks = {row[phases]} rack / 100 }}")
        p(f"power_limit power_{s} {{ site = s{s}, power = {curve([f'{v / 10}' for v in row[:phases]], 'kW', per_phase)} }}")
    for i, (site, sku, step, low, high, opex, capex) in enumerate(data["pools"]):
        p(f"pool p{i} : owned {{ site = s{site}, sku = sku_{sku}, nodes = choose {low} .. {high} step {step} each {period} rising, "
          f"runs_on = bare, vendor = maker, price = {capex}k USD/node }}")
        p(f"price running_{i} {{ of = [p{i}], amount = {opex}k USD/node/month / {per_phase}, basis = estimate, "
          "source = \"instance\", as_of = 2026-11-21 }")
    for h, amount in enumerate(data["budget"]):
        first = offset if h == 0 else 0
        p(f"budget b{h} {{ amount = {amount + first}k USD, over = {month(h * per_phase)} .. {month((h + 1) * per_phase - 1)}, covers = pools }}")
    for i, (users, site, units) in enumerate(data["links"]):
        p(f"line_limit line_{i} {{ from = {users}, site = s{site}, units = {units} }}")
    for w, ((users, spread, units, _, _), demand, eligible) in enumerate(data["loads"]):
        p(f"dataset d{w} {{ class = public, size = 1 TB, at = [s0] }}")
        p(f"load w{w} {{ type = inference, demand = {curve(demand, 'gpu')}, counted_in = reference, whole = true, "
          f"spread = {spread} sites, only_on = [{', '.join(f'p{e}' for e in eligible)}], reads = [d{w}], data = d{w}, "
          f"users_at = {users}, units = {units * max(demand)} }}")
    for i, (a, b) in enumerate(data["antis"]):
        p(f"apart x{i} {{ a = d{a}, b = d{b} }}")


if __name__ == "__main__":
    write(read(sys.argv[1]), sys.stdout)
