#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the ways to Azure and to suites know of the standard library is there: kinds and fields of names.def, and zones of private endpoints.

Usage: lower_names_test.py
"""
import csv
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOWER = ROOT / "compiler/lower/azure"


def kinds_of_library() -> dict[str, tuple[str, str]]:
    """By name: the kind that it derives from, and its body."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "stdlib").rglob("*.groma")))
    found = re.findall(r"^kind ([\w.]+)(?: : ([\w.]+))? \{(?:\}|(.*?)^\})", text, re.M | re.S)
    return {name: (base, body) for name, base, body in found}


def has_field(library: dict, kind: str, field: str) -> bool:
    while kind in library:
        kind, body = library[kind]
        if re.search(rf"^  (?:let |fn |milestone )?{re.escape(field)}\s*[:({{]", body, re.M):
            return True
    return False


def main() -> int:
    library = kinds_of_library()
    kinds, fields, wrong = {}, [], []
    for path in sorted((ROOT / "compiler/lower").glob("*/names.def")):
        names = path.read_text(encoding="utf-8")
        own_kinds = dict(re.findall(r'^GROMA_\w+_KIND\((\w+), "([^"]+)"\)', names, re.M))
        own_fields = re.findall(r'^GROMA_\w+_FIELD\((\w+), (\w+), "([^"]+)"\)', names, re.M)
        wrong += [f"no kind `{kind}`" for kind in own_kinds.values() if kind not in library]
        wrong += [f"`{own_kinds[kind]}` has no field `{field}`" for _, kind, field in own_fields
                  if not has_field(library, own_kinds[kind], field)]
        kinds |= own_kinds
        fields += own_fields
    with (ROOT / "stdlib/azure/private_endpoint_zones.csv").open(encoding="utf-8", newline="") as file:
        listed = {(row["arm_type"], row["group"]): row["zones"] for row in csv.DictReader(file)}
    text = (LOWER / "zones.def").read_text(encoding="utf-8")
    zones = re.findall(r'^GROMA_ENDPOINT_ZONES\("([^"]+)",\s*"([^"]+)",\s*"([^"]+)"\)', text, re.M)
    wrong += [f"zones of {type_} {part} are {own} here and {listed.get((type_, part))} in the library"
              for type_, part, own in zones if listed.get((type_, part)) != own]
    print(f"{len(kinds)} kinds, {len(fields)} fields and {len(zones)} lists of zones")
    print("\n".join(wrong))
    return 1 if wrong or not kinds or not fields or not zones else 0


if __name__ == "__main__":
    sys.exit(main())
