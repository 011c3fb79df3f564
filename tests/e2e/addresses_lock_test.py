#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""With the lock, what is added between others moves none of them; without it, it would.

Usage: addresses_lock_test.py GROMA.
"""
import pathlib
import random
import re
import sys
import tempfile

import groma

HEAD = """import azure.regions
plan p { edition = 2027, currency = EUR, starts = 2027-01-04, horizon = 2027-01 .. 2027-06 }
site weu : azure.westeurope { supernet = 10.64.0.0/16 }
"""


def ranges(binary, folder, things: list) -> dict:
    """The addresses of each network and subnet, as the lock has them after compiling."""
    groma.write(folder, {"plan.groma": HEAD + "".join(things)})
    result = groma.run(binary, ["compile", "-q", "."], folder)
    assert result.code == 0, result.text
    return dict(re.findall(r"^(\w+)\.range = (\S+)$", pathlib.Path(folder, "groma.lock").read_text(), re.M))


def check_central(binary) -> None:
    """Zones of names stay where they are, whatever is declared before their site."""
    def zones(folder, head: str) -> str:
        plan = HEAD.splitlines()
        groma.write(folder, {"plan.groma": "\n".join([*plan[:2], head, plan[2], "service vault : key_vault { site = weu }", "emit bicep {}"])})
        result = groma.run(binary, ["compile", "-q", "-o", "out", "."], folder)
        assert result.code == 0, result.text
        return re.search(r"module dns .*?scope: (\w+)", pathlib.Path(folder, "out/bicep/main.bicep").read_text(), re.S)[1]

    more = "site a : azure.swedencentral { supernet = 10.80.0.0/16 }\nservice names : private_dns { site = a, zones = [\"corp.example.com\"] }"
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as fresh:
        assert zones(folder, "") == "weuRg"
        assert zones(folder, more) == "weuRg", "a site that came later took the zones"
        assert zones(fresh, more) == "aRg", "the addition would have moved nothing anyway"


def main() -> int:
    binary = sys.argv[1]
    check_central(binary)
    dice = random.Random(5)
    moved_without = 0
    for _ in range(4):
        names = [f"s{dice.randrange(10 ** 6)}" for _ in range(12)]
        things = [f"subnet {name} {{ site = weu, prefix = {dice.randrange(23, 29)} }}\n" for name in names]
        things += [f"network n{i} : azure.virtual_network {{ site = weu }}\n" for i in range(2)]
        more = [f"subnet s{dice.randrange(10 ** 6)} {{ site = weu, prefix = {dice.randrange(23, 29)} }}\n" for _ in range(6)]
        more.append("network a : azure.virtual_network { site = weu }\n")
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as fresh:
            before = ranges(binary, folder, things)
            assert len(before) == 14, before
            together = things + more
            dice.shuffle(together)
            after = ranges(binary, folder, together)
            assert len(after) == 21, after
            for name, block in before.items():
                assert after[name] == block, f"{name} moved from {block} to {after[name]}"
            again = ranges(binary, folder, together)
            assert again == after, "a second compilation moved something"
            anew = ranges(binary, fresh, together)
            moved_without += sum(anew[name] != block for name, block in before.items())
    assert moved_without > 0, "the additions would have moved nothing anyway"
    print(f"nothing moved; without the lock {moved_without} would have")
    return 0


if __name__ == "__main__":
    sys.exit(main())
