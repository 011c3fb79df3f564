#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The limits of links are what the formats of packets, recorded throughputs and the plan say, and whoever spoils one constant or formula is caught.

Usage: line_audit_test.py GROMA ROOT

Nothing here is read from the library: headers and results are written down again, and each spoilt library must fail the check that is named beside it.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

PLAN = """plan audit { edition = 2027, currency = EUR, starts = 2027-01-04, horizon = 2027-01 .. 2027-03 }
import onprem.servers
vendor maker { lead = 1 week }
site a : onprem.datacenter { geography = EU, supernet = 10.0.0.0/16 }
site b : onprem.datacenter { geography = EU, supernet = 10.1.0.0/16 }
site c : onprem.datacenter { geography = EU, supernet = 10.2.0.0/16, uplink = 600 Mbps }
pool at_a : owned { site = a, sku = dgx_h100, nodes = 1, runs_on = slurm, vendor = maker, price = 1 EUR/node }
pool at_b : at_a { site = b }
pool at_c : at_a { site = c }
link clear  : dark_fibre { between = [a, b], bandwidth = 10 Gbps, encryption = unencrypted, latency = 8 ms, price = 1 EUR/month }
link sealed : dark_fibre { between = [a, b], bandwidth = 10 Gbps, price = 1 EUR/month }
link inner  : dark_fibre { between = [a, b], bandwidth = 10 Gbps, encryption = ipsec, price = 1 EUR/month }
link gcm    : vpn { between = [a, b], bandwidth = 2 Gbps, price = 1 EUR/month }
link cbc    : vpn { between = [a, b], bandwidth = 2 Gbps, cipher = aes256_sha256, price = 1 EUR/month }
link narrow : vpn { between = [a, c], bandwidth = 1 Gbps, price = 1 EUR/month }
flow copies { from = a, to = c, rate = 400 Mbps }
emit validation {}
"""
ETHERNET = 8 + 14 + 4 + 12  # preamble, header, checksum, gap
STAMPS, TCP, IP = 12, 20, 20


def esp(inner: int, vector: int, block: int, check: int) -> int:
    """What a packet becomes in a tunnel: outer header, SPI and sequence, vector, the packet with its trailer in whole blocks, check."""
    return IP + 8 + vector + -(-(inner + 2) // block) * block + check


# Data and bytes on the wire of one full packet.
SHARES = {"clear": (1460 - STAMPS, 1460 + TCP + IP + ETHERNET), "sealed": (1460 - STAMPS, 1460 + TCP + IP + 16 + 16 + ETHERNET),
          "gcm": (1350 - STAMPS, esp(1350 + TCP + IP, 8, 4, 16) + ETHERNET), "cbc": (1350 - STAMPS, esp(1350 + TCP + IP, 16, 16, 16) + ETHERNET)}
SHARES["inner"] = SHARES["narrow"] = SHARES["gcm"]
RATES = {"clear": 10, "sealed": 10, "inner": 10, "gcm": 2, "cbc": 2, "narrow": 1}
# Shares of a line's rate that others reached through it: plain TCP by iperf, IPsec with AES-GCM by the authors of WireGuard.
RECORDED = {"clear": 0.941, "inner": 0.881, "gcm": 0.881}


def headers(gates) -> list:
    """What is left after all headers."""
    faults = []
    for name, (data, wire) in SHARES.items():
        found, expect = gates[name]["line"]["model"], RATES[name] * data / wire
        if not expect - 0.001 <= found <= expect:
            faults.append(f"{name}: {found} Gb/s are left of {RATES[name]}, not {expect:.4f}")
    return faults


def recorded(gates) -> list:
    """Sound lines pass, and what carries two thirds of them fails or is warned of."""
    faults = []
    for name, share in RECORDED.items():
        gate, value = gates[name]["line"], share * RATES[name]
        if not value * 2 / 3 < gate["fail"] <= gate["warn"] <= value * 1.005:
            faults.append(f"{name}: {gate['fail']} and {gate['warn']} beside {value:.3f} that were reached")
    return faults


def ends(gates) -> list:
    """A narrow way out of a site is no fault of the line."""
    gate, most = gates["narrow"]["line"], 0.6 * SHARES["narrow"][0] / SHARES["narrow"][1]
    good = gate["ceiling"] is not None and abs(gate["ceiling"] - most) < 0.001 and gate["warn"] <= most and gate["fail"] > most / 2
    return [] if good else [f"narrow: {gate['fail']}, {gate['warn']}, at most {gate['ceiling']}, where its end lets {most:.3f} through"]


def flows(gates) -> list:
    """What flows need is asked for, and for sure."""
    gate = gates["narrow"].get("flows")
    return [] if gate and gate["fail"] == 0.4 and gate["confidence"] == "high" else [f"narrow: flows have {gate}"]


def time(gates) -> list:
    """There and back: what the plan states, and little more."""
    gate = gates["clear"].get("round_trip")
    good = gate and 8000 < gate["warn"] <= gate["fail"] < 10000 and "round_trip" not in gates["sealed"]
    return [] if good else [f"clear: {gate} for 8 ms"]


CHECKS = {"headers": headers, "recorded": recorded, "ends": ends, "flows": flows, "time": time}
# What is spoilt: a file of the library, its text, what stands there instead, and the check that must tell.
MUTANTS = [
    ("gpu/wires.csv", "gcm_aes256,1350,12,40,54,38", "gcm_aes256,1350,12,40,27,38", "headers"),
    ("gpu/wires.csv", "aes256_sha256,1350,12,40,62,38", "aes256_sha256,1350,12,40,31,38", "headers"),
    ("gpu/wires.csv", "1460,12,40,32,38", "1460,12,40,16,38", "headers"),
    ("gpu/wires.csv", "gcm_aes256,1350,12", "gcm_aes256,1460,12", "headers"),
    ("gpu/wires.csv", "1460,12,40,0,38", "1460,0,40,0,38", "headers"),
    ("gpu/wires.csv", "1460,12,40,0,38", "1460,12,40,0,18", "headers"),
    ("gpu/wires.csv", "headers [B]", "headers [KiB]", "headers"),
    ("prelude/gate_lines.groma", "whole_megabits(l.bandwidth * payload_share(l))", "whole_megabits(l.bandwidth)", "headers"),
    ("prelude/gate_lines.groma", " and it.cipher == cipher_of(l)", "", "headers"),
    ("prelude/gate_lines.groma", "it.encryption == l.encryption and ", "", "headers"),
    ("gpu/line_shares.csv", "line,false,85,92", "line,false,50,92", "recorded"),
    ("gpu/line_shares.csv", "line,false,85,92", "line,false,85,99", "recorded"),
    ("gpu/line_shares.csv", "line,true,70,85", "line,true,60,85", "recorded"),
    ("prelude/gate_lines.groma", "s.uplink for s in", "s.uplink * 10 for s in", "ends"),
    ("prelude/gate_lines.groma", "line_warn_share(l, line) * default(min(l.ceiling.line, l.model.line), l.model.line)", "l.model.line", "ends"),
    ("prelude/gate_lines.groma", "none else l.used", "none else l.used / 2", "flows"),
    ("gpu/software_times.csv", "collective [us]", "collective [ms]", "time"),
    ("prelude/gate_lines.groma", "l.model.round_trip / line_share_of(l, round_trip).fail", "l.model.round_trip * line_share_of(l, round_trip).fail", "time"),
]


def derive(groma: str, stdlib: str = "") -> dict:
    """Per link: its gates by figure."""
    with tempfile.TemporaryDirectory() as work:
        plan = pathlib.Path(work, "audit.groma")
        plan.write_text(PLAN)
        library = ["--stdlib", stdlib] if stdlib else []
        done = subprocess.run([groma, "compile", "-q", "-o", f"{work}/out", *library, str(plan)], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        files = {name: pathlib.Path(work, f"out/validation/links/{name}/expect/expected.json") for name in SHARES}
        return {name: {gate["figure"]: gate for gate in json.loads(path.read_text())["gates"]} for name, path in files.items()}


def main() -> int:
    groma, root = sys.argv[1], pathlib.Path(sys.argv[2])
    gates = derive(groma)
    faults = [f"{name}: {fault}" for name, check in CHECKS.items() for fault in check(gates)]
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
                spoilt = derive(groma, str(library))
            except RuntimeError as error:
                # What flows can never get does not even compile.
                if "GR0688" in str(error):
                    continue
                faults.append(f"{path}, `{instead}`: {str(error)[:400]}")
                continue
            if not CHECKS[name](spoilt):
                faults.append(f"nobody noticed `{instead}` in {path}: `{name}` should")
    for fault in faults:
        print("FAILED:", fault)
    print(f"{len(SHARES)} links, {len(RECORDED)} recorded results, {len(MUTANTS)} spoilt libraries; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
