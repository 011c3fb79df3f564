#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The limits of hardware are what physics, NCCL's own constants and recorded results say, and whoever spoils one constant or formula is caught.

Usage: gate_audit_test.py GROMA ROOT

Nothing here is read from the library: data sheets, formulas and results are written down again, and each spoilt library must fail the check that is
named beside it.
"""
import pathlib
import shutil
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parents[2] / "tools"))
import gate_audit  # noqa: E402

GIGABIT = 1 / 8  # of a gigabyte
# name: (GPUs of a domain, GPUs of two nodes, U GB/s, NVLink by NCCL GB/s, adds in the switch, ports of a unit, Gb/s of a port, lanes of PCIe in GT/s)
MACHINES = {
    "nd96isr_h100_v5": (8, 16, 18 * 25, 18 * 20.6, True, 8, 400, 32),
    "nd96isr_h200_v5": (8, 16, 18 * 25, 18 * 20.6, True, 8, 400, 32),
    "nd96asr_v4": (8, 16, 12 * 25, 12 * 20, False, 8, 200, 16),
    "p4d_24xlarge": (8, 16, 12 * 25, 12 * 20, False, 4, 100, 16),
    "dgx_b200": (8, 16, 18 * 50, 18 * 40.1, True, 8, 400, 32),
    "gb200_nvl72": (72, 144, 18 * 50, 18 * 40.1, True, 72, 400, None),
    "nc48ads_a100_v4": (2, 4, 12 * 25, 12 * 20, False, None, None, 16),
    "nc80adis_h100_v5": (2, 4, 12 * 25, 12 * 20.6, True, None, None, 32),
}
# Peaks of products of 64-bit numbers, where cuBLAS has tensor cores for them.
FP64 = {"nd96isr_h100_v5": 67, "nd96isr_h200_v5": 67, "nd96asr_v4": 19.5, "p4d_24xlarge": 19.5, "dgx_b200": 37, "gb200_nvl72": 40}
# NCCL's constants in us, by protocol LL: base and hop of the ring over NVLink, hop over the network, post; of the tree base, hop, network.
RING, TREE, SWITCH, SENDS = (6.6, 0.6, 2.7, 1.0), (6.8, 0.6, 5.0), 25, (8.4, 3.4, 14, 3.0)
# What sound hardware reached: machine, figure, value. Recorded by others; none of them is a limit.
RECORDED = [
    ("nd96asr_v4", "all_reduce", 235.05), ("nd96asr_v4", "host_to_device", 25.92), ("nd96asr_v4", "bf16", 265.9),
    ("nd96asr_v4", "fp64", 18.947), ("nd96isr_h100_v5", "fp64", 55), ("nd96asr_v4", "port", 23.7 * 8), ("nd96asr_v4", "peer", 276),
    ("nd96isr_h100_v5", "all_reduce", 476), ("nd96isr_h100_v5", "memory", 2572), ("nd96isr_h100_v5", "peer", 376),
    ("nd96isr_h100_v5", "bf16", 730), ("nd96isr_h100_v5", "port", 46 * 8),
    ("nd96isr_h200_v5", "all_reduce", 473), ("nd96isr_h200_v5", "all_reduce_ring", 365), ("nd96isr_h200_v5", "all_gather", 361),
    ("dgx_b200", "all_reduce", 838), ("dgx_b200", "all_reduce_ring", 682), ("gb200_nvl72", "all_reduce", 834),
]


def physics(gates) -> list:
    """What no hardware can exceed."""
    faults = []
    for name, (domain, world, link, _, adds, ports, rate, transfers) in MACHINES.items():
        expect = {"peer": link, "all_reduce_ring": link,
                  "all_reduce": max(link, 2 * (domain - 1) / (domain + 1) * link) if adds else link}
        if name in FP64:
            expect["fp64"] = FP64[name]
        if transfers:
            expect["host_to_device"] = transfers * 16 * 128 / 130 / 8
        if ports:
            unit = ports * rate * GIGABIT
            across = unit * (world - 1) / world * 2
            expect["all_reduce_across"] = min(across, expect["all_reduce"])
            expect["all_to_all_across"] = unit / domain * (world - 1) / (world - domain)
            expect["port"] = rate
        faults += differences(gates, name, "ceiling", expect)
    return faults


def model(gates) -> list:
    """What NCCL counts on."""
    faults = []
    for name, (_, _, _, ring, _, ports, rate, _) in MACHINES.items():
        expect = {"all_reduce": ring, "all_gather": ring}
        if ports:
            expect["all_reduce_across"] = min(ports * rate * GIGABIT, ring)
        faults += differences(gates, name, "model", expect)
    return faults


def times(gates) -> list:
    """How long NCCL itself takes a few bytes to be on the way: twice that is the limit."""
    faults = []
    for name, (n, world, _, _, adds, ports, _, _) in MACHINES.items():
        expect = {"all_reduce_latency": min(RING[0] + 2 * (n - 1) * RING[1], TREE[0] + 2 * (n - 1) * TREE[1], SWITCH if adds else 1e9),
                  "all_gather_latency": RING[0] + (n - 1) * RING[1], "reduce_scatter_latency": RING[0] + (n - 1) * RING[1],
                  "broadcast_latency": RING[0] + n * RING[1], "send_receive_latency": SENDS[0] + SENDS[1],
                  "all_to_all_latency": SENDS[0] + (n - 1) * SENDS[1]}
        # EFA's network is none of those that NCCL's constants are of; here all fabrics are InfiniBand.
        if ports:
            units = world // n
            around = RING[0] + (world - units) * max(RING[1], RING[3]) + (units - 1) * RING[2]
            ring = RING[0] + (2 * (world - 1) - 2 * (units - 1)) * max(RING[1], RING[3]) + 2 * (units - 1) * RING[2]
            halves = units.bit_length() - 1
            tree = TREE[0] + 2 * ((n - 1) * TREE[1] + halves * TREE[2])
            switch = SWITCH + 2 * halves * 14 if adds else 1e9
            expect |= {"all_reduce_across_latency": min(ring, tree, switch), "all_gather_across_latency": around,
                       "reduce_scatter_across_latency": around,
                       "all_to_all_across_latency": SENDS[0] + (n - 1) * SENDS[1] + (world - n) * SENDS[3] + SENDS[2]}
        faults += differences(gates, name, "model", expect)
        for figure, value in expect.items():
            gate = gates[name][figure]
            if gate["measured"] is None and abs(gate["fail"] - 2 * value) > 0.01 * value or gate["confidence"] != "low":
                faults.append(f"{name}.{figure}: {gate['fail']:g} us, {gate['confidence']} confidence, beside {value:g} us of NCCL")
    return faults


def recorded(gates) -> list:
    """Sound hardware passes, and what does two thirds of it fails or is warned of."""
    faults = []
    for name, figure, value in RECORDED:
        gate = gates[name].get(figure)
        if gate is None:
            faults.append(f"{name}.{figure} has no limit")
        elif not value * 2 / 3 < gate["fail"] <= gate["warn"] <= value * 1.005:
            faults.append(f"{name}.{figure}: {gate['fail']:g} and {gate['warn']:g} beside {value:g} that were reached")
    return faults


def differences(gates, name, field, expect) -> list:
    faults = []
    for figure, value in expect.items():
        found = (gates[name].get(figure) or {}).get(field)
        # PCIe's lane rate is rounded in its table, to 15.75 GB/s for 16 lanes.
        if found is None or abs(found - value) > 0.002 * value:
            faults.append(f"{name}.{field}.{figure} is {found}, not {value:g}")
    return faults


CHECKS = {"physics": physics, "model": model, "times": times, "recorded": recorded}
# What is spoilt: a file of the library, its text, what stands there instead, and the check that must tell.
MUTANTS = [
    ("gpu/nccl.csv", "90,20.6,", "90,10.3,", "model"),
    ("gpu/nccl.csv", "sm80,80,20,", "sm80,80,40,", "model"),
    ("gpu/nccl.csv", "sm90,90,20.6,true", "sm90,90,20.6,false", "physics"),
    ("gpu/pcie.csv", "gen5,5,3.9375", "gen5,5,1.96875", "physics"),
    ("gpu/pcie.csv", "lane_rate [GB/s]", "lane_rate [Gbps]", "physics"),
    ("gpu/models.csv", "nvidia,80,3.35,700,nvlink,18,25,", "nvidia,80,3.35,700,nvlink,9,25,", "physics"),
    ("gpu/models.csv", "link_rate [GB/s]", "link_rate [Gbps]", "physics"),
    ("azure/gpu_skus.csv", "nics.rate [Gbps]", "nics.rate [GB/s]", "physics"),
    ("prelude/gate_formulas.groma", " * (world_size(p) - 1) / world_size(p) * units_in(p)", " * units_in(p)", "physics"),
    ("prelude/gate_formulas.groma", " * units_in(p) / (units_in(p) - 1))", ")", "physics"),
    ("prelude/gate_formulas.groma", "* 2 * (domain_size(p) - 1) / (domain_size(p) + 1)", "* (domain_size(p) - 1) / (domain_size(p) + 1)", "physics"),
    ("prelude/gate_formulas.groma", "* (world_size(p) - 1) / (world_size(p) - unit_size(p))", "", "physics"),
    ("prelude/gate_formulas.groma", "p.fabric.rate * p.fabric.rails /", "p.fabric.rate /", "model"),
    ("prelude/gate_formulas.groma", "default(p.sku.gpu.fp64_tensor, p.sku.gpu.fp64)", "p.sku.gpu.fp64", "physics"),
    ("gpu/anchors.csv", "fp64,1,measured,,18.947", "fp64,1,measured,,9.031", "recorded"),
    ("gpu/nccl_latency.csv", "net [us]", "net [ms]", "times"),
    ("gpu/nccl_latency.csv", "base [us]", "base [ms]", "times"),
    ("gpu/nccl_latency.csv", "ring,6.6,0.6,", "ring,6.6,6,", "times"),
    ("prelude/gate_times.groma", "+ far * times_of(ring).net", "+ times_of(ring).net", "times"),
    ("prelude/gate_times.groma", "(steps - far) *", "", "times"),
    ("prelude/gate_times.groma", "2 * ((unit - 1) * near_hop(p, tree)", "(near_hop(p, tree)", "times"),
    ("prelude/gate_times.groma", "halvings(units) * times_of(tree).net", "times_of(tree).net * 0", "times"),
    ("prelude/gate_times.groma", "near * near_hop(p, sends)", "near_hop(p, sends)", "times"),
    ("prelude/gate_times.groma", "far * times_of(sends).post", "times_of(sends).post", "times"),
    ("prelude/gate_formulas.groma", "ring_time(p, domain_size(p) - 1, 0)", "ring_time(p, 1, 0)", "times"),
    ("prelude/gate_times.groma", "model / unmeasured", "model * unmeasured", "times"),
    ("gpu/anchors.csv", "all_reduce,8,measured,470", "all_reduce,8,measured,235", "recorded"),
    ("gpu/anchors.csv", "host_to_device,1,measured,25.92", "host_to_device,1,measured,207.36", "recorded"),
    ("gpu/anchors.csv", "bf16,1,measured,,265.9", "bf16,1,measured,,132.95", "recorded"),
    ("gpu/shares.csv", "all_reduce,95,97,", "all_reduce,60,97,", "recorded"),
    ("gpu/shares.csv", "port,90,95,90", "port,90,95,45", "recorded"),
    ("prelude/gate_shares.groma", "default(share * min(ceiling, measured)", "default(min(ceiling, measured) * 2", "recorded"),
]


def main() -> int:
    groma, root = sys.argv[1], pathlib.Path(sys.argv[2])
    faults = []
    page = gate_audit.page(gate_audit.derive(groma, root))
    if (root / "docs/gate-audit.md").read_text() != page:
        faults.append("docs/gate-audit.md is not what the library says now: run tools/gate_audit.py GROMA ROOT --write")
    gates = gate_audit.derive(groma, root, "", MACHINES)
    for name, check in CHECKS.items():
        faults += [f"{name}: {fault}" for fault in check(gates)]
    for path, text, instead, name in MUTANTS:
        with tempfile.TemporaryDirectory() as work:
            library = pathlib.Path(work, "stdlib")
            shutil.copytree(root / "stdlib", library)
            source = library / path
            if text not in source.read_text():
                faults.append(f"{path} has no `{text}` to spoil")
                continue
            source.write_text(source.read_text().replace(text, instead))
            try:
                spoilt = gate_audit.derive(groma, root, str(library), MACHINES)
            except RuntimeError as error:
                # What is above physics, or below half of its model, does not even compile.
                if "GR0681" not in str(error) and "GR0682" not in str(error):
                    faults.append(f"{path}, `{instead}`: {str(error)[:400]}")
                continue
            if not CHECKS[name](spoilt):
                faults.append(f"nobody noticed `{instead}` in {path}: `{name}` should")
    for fault in faults:
        print("FAILED:", fault)
    print(f"{len(MACHINES)} machines, {len(RECORDED)} recorded results, {len(MUTANTS)} spoilt libraries; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
