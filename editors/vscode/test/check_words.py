#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The editor's grammar knows the words of the compiler: its keywords, its types, and the form of its units.

Usage: check_words.py ROOT. The texts are compared, nothing needs to be built.
"""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
GRAMMAR = json.loads((ROOT / "editors/vscode/syntaxes/groma.tmLanguage.json").read_text())["repository"]
LITERALS = {"true", "false", "none"}


def words_of(pattern: str) -> set[str]:
    """The alternatives of the first group of plain words in a pattern."""
    return set(re.search(r"\(\?:((?:\w+\|)+\w+)\)", pattern).group(1).split("|"))


def compare(what: str, wanted: set[str], found: set[str]) -> list[str]:
    return ([f"{what} `{word}` has no colour" for word in sorted(wanted - found)] +
            [f"{what} `{word}` is not one of the compiler's" for word in sorted(found - wanted)])


def keywords() -> list[str]:
    lexer = (ROOT / "grammar/Groma.g4").read_text()
    wanted = set(re.findall(r"\b[A-Z]+ *: *'([a-z]+)' *;", lexer))
    coloured = set().union(*(words_of(pattern["match"]) for pattern in GRAMMAR["keyword"]["patterns"]))
    faults = compare("keyword", wanted - LITERALS, coloured)
    faults += compare("literal", wanted & LITERALS, words_of(GRAMMAR["constant"]["patterns"][0]["match"]))
    # A keyword behind a number is no unit: `8 step 4`.
    unit = GRAMMAR["quantity"]["patterns"][0]["match"]
    return faults + compare("keyword behind a number", wanted, words_of(unit[unit.index("(?!(?:"):]))


def types() -> list[str]:
    text = (ROOT / "docs/language.md").read_text()
    listed = re.search(r"^## Types\n\n`([^`]*)`", text, re.M).group(1)
    wanted = set(listed.split()) | {"quantity", "list", "map", "curve", "range", "spread", "bound"}
    pattern = next(p["match"] for p in GRAMMAR["type"]["patterns"] if p.get("name") == "support.type.groma")
    return compare("type", wanted, words_of(pattern))


def units() -> list[str]:
    """Every spelling of the compiler's table has the form that is coloured as a unit."""
    tables = sorted((ROOT / "compiler/base").glob("units*.def"))
    pattern = re.compile(GRAMMAR["quantity"]["patterns"][0]["match"])
    spellings = {word for table in tables for line in table.read_text().splitlines() if not line.startswith("//")
                 for word in re.findall(r'"([^"\s]+)"', line)}
    if not spellings:
        return ["compiler/base has no table of units"]
    faults = []
    for spelling in sorted(spellings):
        found = pattern.match(f"8 {spelling}")
        if not found or found.group(2) != spelling:
            faults.append(f"the unit `{spelling}` has no colour")
    return faults


def main() -> int:
    faults = keywords() + types() + units()
    print("\n".join(faults) or "the grammar knows the words of the compiler")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
