# SPDX-License-Identifier: Apache-2.0
"""Plans about nothing but placement: workloads that stay whole, on pools that each have room for a few.

They take the solver more steps than `small_plans.py`, and too many to try out.
"""
import random

HEAD = """\
plan p { edition = 2027, currency = EUR, starts = 2026-01-01, horizon = 2027-01 .. 2027-06 }
gpu_model h { display = "H", vendor = nvidia, memory = 80 GB, source = "maker", as_of = 2026-10-01 }
server box { display = "Box", gpus = 8, gpu = h, power = 10 kW/node, source = "maker", as_of = 2026-10-01 }
server crate { display = "Crate", gpus = 4, gpu = h, power = 6 kW/node, source = "maker", as_of = 2026-10-01 }
vendor acme { lead = 4 weeks }
minimize cost.total
"""


def packing(seed: int, pools: int, workloads: int) -> list[str]:
    """The declarations of a plan."""
    pick = random.Random(seed)
    lines = HEAD.splitlines()
    lines += [f"site s{i} : onprem.datacenter {{ geography = EU, it_power = {pick.randint(20, 30) * 10} kW }}" for i in range(3)]
    for i in range(pools):
        sku = pick.choice(["box", "crate", "choose from [box, crate]"])
        nodes = f"choose 0 .. {pick.randint(10, 20)}" + pick.choice(["", "", " step 2"])
        prices = f"{{ box = {pick.randint(90, 110)}k EUR/node, crate = {pick.randint(50, 60)}k EUR/node }}"
        lines.append(f"pool p{i} : owned {{ site = s{i % 3}, sku = {sku}, nodes = {nodes}, runs_on = slurm, vendor = acme, price = {prices} }}")
    for i in range(workloads):
        spread = ", spread = 2 site" if pick.random() < 0.25 else ""
        lines.append(f"workload w{i} {{ type = training, demand = {pick.randint(10, 45)} gpu, whole = {pick.choice(['true', 'true', 'false'])}{spread} }}")
    return lines
