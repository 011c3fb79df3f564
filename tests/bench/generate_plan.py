#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a plausible plan of about N lines, on which a compiler can be measured: generate_plan.py N [FILE].

Halls with pools, storage, links, teams, vendors, workstreams and workloads, all related to each other, formatted as
`groma fmt` would. The same N gives the same bytes.
"""
import sys

HEAD = '''plan bench "A plan to measure with" {
  edition  = 2027
  currency = EUR
  starts   = 2027-01-04
  horizon  = 2027-01 .. 2028-06
  timezone = "Europe/Amsterdam"
  tags     = { owner = "platform", cost_center = "4711" }
}

import onprem.servers
import calendars

param growth:  ratio = 100 %
param reserve: ratio = 0 %

calendar nl : calendars.nl { holidays += [2027-05-07] }

policy headroom "Keep a reserve on every pool" {
  require all p in pools: p.used <= p.gpus * (1 - reserve) because "operations handbook 4.2"
}
policy cooled "What the machines draw can be carried away" {
  require all s in sites: s.pue <= 1.6 because "facilities guide 2.1"
}
policy staffed "Nobody works alone" {
  require all t in teams: count(t.skills) >= 1 because "safety rules"
}
'''

BLOCK = '''
// Hall {i}: what stands there, who runs it, and what it is for.
site hall_{i} : onprem.datacenter "Hall {i}" {{
  geography   = EU
  timezone    = "Europe/Amsterdam"
  it_power    = {power} kW
  cooling     = {cooling} kW
  pue         = 1.{pue}
  racks       = {racks}
  rack_power  = 42 kW
  electricity = 0.{tariff} EUR/kWh // supply contract
  supernet    = 10.{net}.0.0/16
}}

team crew_{i} {{
  people   = {people}
  calendar = nl
  rate     = {rate} EUR/day
  skills   = [gpu_validation, cluster_operations]
}}
vendor vendor_{i} {{
  lead    = {lead} weeks .. {lead_late} weeks
  owner   = crew_{i}
  penalty = 2k EUR/day
}}

pool pool_{i} : owned {{
  site    = hall_{i}
  sku     = choose from [dgx_h200, dgx_b200]
  nodes   = choose {least} .. {most} step 4
  fabric  = infiniband {{ rate = 400 Gbps, rails = 8 }}
  runs_on = slurm
  vendor  = vendor_{i}
  price   = {{ dgx_h200 = 340k EUR/node, dgx_b200 = 450k EUR/node }} // quotation
  retire  = 2032-01
}}
storage lake_{i} {{
  site       = hall_{i}
  capacity   = {size} TB
  throughput >= 40 GB/s
  encryption = customer_key
  price      = {lake}k EUR
}}
dataset data_{i} {{
  class     = personal
  size      = {data} TB
  residency = EU
  on        = lake_{i}
  owner     = crew_{i}
  purpose   = "to answer questions of customers of hall {i}"
  retention = 13 months
}}
workload work_{i} {{
  team   = crew_{i}
  type   = training
  demand = {demand} gpu * growth
  during = 2027-09 .. 2028-05
  gpu    = {{ memory >= 80 GB, interconnect = nvlink }}
  reads  = [data_{i}]
  whole  = true
  slo    = {{ availability = 99.5 %, rpo = 15 min, rto = 4 h }}
}}

workstream build_{i} {{
  task floor_{i}   {{ team = crew_{i}, effort = {effort} days }}
  task cabling_{i} {{ team = crew_{i}, effort = 18 days, after = [floor_{i}] }}
  task burn_in_{i} {{ team = crew_{i}, effort = 12 days, after = [cabling_{i}, pool_{i}.delivered], needs = [gpu_validation] }}
}}
milestone ready_{i} {{ after = [build_{i}.burn_in_{i}], by = 2027-08-31, approver = crew_{i}, success = "all_reduce >= 360 GB/s" }}
budget money_{i} {{ amount = {money}M EUR, over = 2027, covers = [pool_{i}, lake_{i}], owner = crew_{i} }}
'''

LINK = '''link line_{i} : vpn {{ between = [hall_{i}, hall_{before}], bandwidth = 1.5 Gbps, tunnels = 2, cipher = gcm_aes256 }}
'''


def block(i: int) -> str:
    """The same figures for the same hall, and different ones for its neighbour."""
    text = BLOCK.format(
        i=i, power=400 + i * 7 % 400, cooling=900, pue=10 + i % 40, racks=18 + i % 30, tariff=10 + i % 20, net=i % 256,
        people=3 + i % 9, rate=640 + i * 13 % 200, lead=10 + i % 8, lead_late=20 + i % 8, least=4 + i % 4 * 4, most=32 + i % 5 * 4,
        size=200 + i * 17 % 800, lake=210 + i % 300, data=40 + i % 90, demand=32 + i * 11 % 160, effort=30 + i % 30, money=12 + i % 9)
    return text + (LINK.format(i=i, before=i - 1) if i > 1 else "")


def generate(lines: int) -> str:
    parts, count, i = [HEAD], HEAD.count("\n"), 0
    while count < lines:
        i += 1
        parts.append(block(i))
        count += parts[-1].count("\n")
    return "".join(parts)


if __name__ == "__main__":
    plan = generate(int(sys.argv[1]))
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.write(plan)
    else:
        sys.stdout.write(plan)
