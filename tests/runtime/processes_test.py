#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Processes over TCP find what threads find; one that dies or stays away is named.

Usage: processes_test.py SAMPLE RUNTIME.
"""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

SAMPLE, RUNTIME = sys.argv[1], pathlib.Path(sys.argv[2])
MOMENT = "2026-11-22T10:00:00Z"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return min(probe.getsockname()[1], 65000)


def start(out, rank, world, port, *arguments, each=4, nodes=1):
    launcher = {"RANK": str(rank), "WORLD_SIZE": str(world), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    return subprocess.Popen([SAMPLE, "--backend", "sim", "--now", MOMENT, "--out", str(out),
                             "--ranks-per-process", str(each), *arguments], stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True,
                            env={"PATH": os.environ["PATH"], "GROMA_SAMPLE_NODES": str(nodes), **launcher})


def results(out):
    found = json.loads((out / "results.json").read_text())
    found["run"].pop("environment")
    return found


def findings(found):
    return [(check["test"], finding["verdict"], finding["component"], finding["says"])
            for check in found["checks"] for finding in check["findings"] if finding["verdict"] != "PASS"]


def together(root, name, world, *arguments, each=4, nodes=1):
    port = free_port()
    processes = [start(root / name, rank, world, port, *arguments, each=each, nodes=nodes) for rank in range(world)]
    said = [process.communicate(timeout=120)[0] for process in processes]
    codes = {process.returncode for process in processes}
    assert len(codes) == 1, f"processes end with {codes}: {said}"
    return codes.pop(), results(root / name)


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, arguments in {"good": [], "nan": ["--fault", str(RUNTIME / "sim/faults/nan.yaml")]}.items():
            alone = subprocess.run([SAMPLE, "--backend", "sim", "--now", MOMENT, "--out", str(root / "threads"), *arguments],
                                   capture_output=True, text=True, env={"PATH": os.environ["PATH"]})
            expected = results(root / "threads")
            for world, each in ((2, 4), (8, 1)):
                code, found = together(root, f"{name}{world}", world, *arguments, each=each)
                assert code == alone.returncode, (code, alone.stdout)
                assert found == expected, f"{world} processes find something else than threads"
        # A child for each variant finds the same.
        code, found = together(root, "children", 2, "--child-per-variant")
        assert code == 0 and findings(found) == [], findings(found)

        # A rank that hangs in another process is named.
        code, found = together(root, "hung", 2, "--timeout", "6", "--test", "exact", "--fault", str(RUNTIME / "sim/faults/hung_rank.yaml"))
        assert code == 1
        assert any("node0/gpu5" in component or "node0/gpu5" in says for _, _, component, says in findings(found)), findings(found)

        # A process that never comes.
        port = free_port()
        first = start(root / "absent", 0, 2, port, "--timeout", "2", "--test", "census")
        first.communicate(timeout=60)
        assert first.returncode == 1, first.returncode
        told = findings(results(root / "absent"))
        assert all("node0/gpu4, node0/gpu5, node0/gpu6, node0/gpu7" in component for _, _, component, _ in told), told

        # A process that is killed on the way.
        port = free_port()
        first = start(root / "killed", 0, 2, port, "--timeout", "10", nodes=16, each=64)
        other = start(root / "killed2", 1, 2, port, "--timeout", "10", nodes=16, each=64)
        time.sleep(1.5)
        assert other.poll() is None, "it was over too soon to be killed"
        other.send_signal(signal.SIGKILL)
        other.communicate()
        first.communicate(timeout=100)
        assert first.returncode == 1, first.returncode
        assert any("node8/gpu0" in component + says for _, _, component, says in findings(results(root / "killed")))


main()
