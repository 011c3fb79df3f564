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


def main() -> int:
    binary = sys.argv[1]
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
