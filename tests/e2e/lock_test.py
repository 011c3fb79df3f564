#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The locks of two branches merge with git: each changed a neighbour of what the other changed, and added a pool.

Usage: lock_test.py GROMA.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

import groma

HEAD = """plan p { edition = 2027, currency = EUR, starts = 2026-01-01, horizon = 2027-01 .. 2027-06 }
gpu_model h { display = "H", vendor = nvidia, memory = 80 GB, source = "maker", as_of = 2026-10-01 }
server box { display = "Box", gpus = 8, gpu = h, power = 10 kW/node, source = "maker", as_of = 2026-10-01 }
vendor acme { lead = 4 weeks }
site ams : onprem.datacenter { geography = EU }
site rtm : onprem.datacenter { geography = EU }
minimize cost.total
"""


def plan(pools: dict) -> str:
    """One pool for each name, with a workload of its own that needs so many GPUs."""
    text = HEAD
    for name, gpus in pools.items():
        text += (f"pool {name} : owned {{ site = choose from [ams, rtm], sku = box, nodes = choose 0 .. 40, runs_on = slurm, "
                 f"vendor = acme, price = 100k EUR/node }}\n"
                 f"workload for_{name} {{ type = training, demand = {gpus} gpu, only_on = [{name}] }}\n")
    return text


def compile_plan(binary, folder, pools) -> str:
    groma.write(folder, {"plan.groma": plan(pools)})
    result = groma.run(binary, ["compile", "-q", "."], folder)
    assert result.code == 0, result.text
    return pathlib.Path(folder, "groma.lock").read_text()


def main() -> int:
    binary = pathlib.Path(sys.argv[1]).resolve()
    if shutil.which("git") is None:
        print("not checked: git is not installed")
        return 77
    with tempfile.TemporaryDirectory() as root:
        base = {"b": 64, "d": 64, "f": 64}
        sides = {"ours": base | {"a": 16, "d": 72}, "theirs": base | {"f": 96, "g": 8}}
        merged = {"a": 16, "b": 64, "d": 72, "f": 96, "g": 8}
        texts = {"base": compile_plan(binary, pathlib.Path(root, "base"), base)}
        for side, pools in sides.items():
            shutil.copytree(pathlib.Path(root, "base"), pathlib.Path(root, side))
            texts[side] = compile_plan(binary, pathlib.Path(root, side), pools)
        groma.write(root, {f"{name}.lock": text for name, text in texts.items()})
        result = subprocess.run(["git", "merge-file", "-p", "ours.lock", "base.lock", "theirs.lock"], cwd=root,
                                capture_output=True, text=True)
        assert result.returncode == 0, f"git left conflicts:\n{result.stdout}"
        both = pathlib.Path(root, "both")
        groma.write(both, {"plan.groma": plan(merged), "groma.lock": result.stdout})
        locked = groma.run(binary, ["compile", "--locked", "."], both)
        assert locked.code == 0, f"the merged lock is not that of the merged plan:\n{locked.text}"
        before = {str(path): path.read_bytes() for path in both.rglob("*") if path.is_file()}
        again = groma.run(binary, ["compile", "."], both)
        after = {str(path): path.read_bytes() for path in both.rglob("*") if path.is_file()}
        assert again.code == 0 and before == after, "a second compile changes something"
    print("two branches merged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
