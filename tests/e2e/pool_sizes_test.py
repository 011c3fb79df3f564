#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sound pools of 8 to 320 GPUs pass with every limit that the library derives, times of a few bytes among them, and a late GPU is told by each of those.

Usage: pool_sizes_test.py GROMA ROOT RUNTIME_LIBRARY
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import groma
import validation_test

HEAD = """plan p { edition = 2027, currency = EUR, starts = 2027-01-04, horizon = 2027-01 .. 2027-06 }
import onprem.servers
vendor acme { lead = 1 week }
site ams : onprem.datacenter { geography = EU }
"""
POOL = ("pool p{} : owned {{ site = ams, sku = {}, nodes = {}, fabric = infiniband {{ rate = {} Gbps, rails = {} }}, runs_on = slurm, vendor = acme, "
        "price = 1 EUR/node }}\n")
POOLS = [(8, "dgx_h100", 1, 400, 8), (32, "dgx_h200", 4, 400, 8), (64, "dgx_a100", 8, 200, 8), (72, "gb200_nvl72", 1, 400, 72),
         (320, "dgx_b200", 40, 400, 8)]
COLLECTIVES = ["all_reduce", "all_gather", "reduce_scatter", "all_to_all", "send_receive", "broadcast"]
ACROSS = ["all_reduce_across", "all_gather_across", "all_to_all_across"]


def run(program, out, *arguments):
    """The exit code, what was said, and the checks by name."""
    done = subprocess.run([str(program), "--backend", "sim", "--tier", "accept", "--now", "2027-05-01T08:00:00Z", "--out", str(out), *arguments],
                          capture_output=True, text=True, check=False, timeout=300)
    results = json.loads((out / "results.json").read_text()) if (out / "results.json").exists() else {"checks": []}
    return done.returncode, done.stdout + done.stderr, {check["name"]: check for check in results["checks"]}


def main() -> int:
    groma_path, root, library = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    faults = []
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        plan = work / "p.groma"
        plan.write_text(HEAD + "".join(POOL.format(*pool) for pool in POOLS) + "emit validation {}\n")
        done = groma.run(groma_path, ["compile", "-q", "-o", work / "out", plan], folder=root)
        if done.code:
            print(f"FAILED: {done.text}")
            return 1
        late = work / "late.yaml"
        late.write_text("fault: straggler\nnode: 0\ngpu: 0\nmicros: 2000\n")
        for gpus, _, nodes, _, _ in POOLS:
            suite = work / f"out/validation/ams/p{gpus}"
            program = validation_test.build(suite, root, library, work, faults)
            if program is None:
                continue
            # The largest pool is asked only for what its size decides.
            only = [word for name in ACROSS for word in ("--test", name)] if gpus > 100 else []
            code, text, checks = run(program, work / "report", *only)
            if code != 0 or "WARN" in text:
                faults.append(f"{gpus} sound GPUs end with {code}:\n{text[-1500:]}")
            times = [f"{name}_latency" for name in ([] if only else COLLECTIVES) + (ACROSS if nodes > 1 else [])]
            faults += [f"{gpus} GPUs: nothing is said of {name}" for name in times if name not in checks]
            if gpus == 8:
                _, text, checks = run(program, work / "late", "--fault", str(late))
                faults += [f"{name} of a late GPU: {checks[name]['verdict']}\n{text[-800:]}" for name in times if checks[name]["verdict"] != "WARN"]
    for fault in faults:
        print("FAILED:", fault)
    print(f"{len(POOLS)} pools; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
