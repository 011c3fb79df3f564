#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tables that groma writes are CSV by RFC 4180, hold no formulas, and a board takes their items.

Usage: tables_test.py GROMA. A plan of more steps than Boards imports from one file, with hostile titles, in each process.
"""
import csv
import pathlib
import re
import sys
import tempfile

import groma

HEAD = "plan p { edition = 2027, currency = EUR, starts = 2027-01-04, horizon = 2027-01 .. 2027-06 }\nteam ops \"@ops\" { people = 3 }\n"
TITLES = ["=1+1", "+cmd", "-2", "@x", "a, b", 'say \\"x\\"', "two\\nlines", "<b>bold</b>", "\\t=1", "caf\u00e9"]
LEVELS = {"agile": ["Epic", "Feature", "User Story"], "scrum": ["Epic", "Feature", "Product Backlog Item"],
          "cmmi": ["Epic", "Feature", "Requirement"], "basic": ["Epic", "Issue"]}
FIELD = r'(?:[^,"\r\n]*|"(?:[^"]|"")*")'
ROW = re.compile(rf"{FIELD}(?:,{FIELD})*\r\n")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?( \w+| \w+ too much.*| days? late)?")


def rows_of(path: pathlib.Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8")
    at, count = 0, 0
    while at < len(text):
        found = ROW.match(text, at)
        assert found, f"{path.name}: {text[at:at + 80]!r} is no row"
        at, count = found.end(), count + 1
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    assert len(rows) == count and len({len(row) for row in rows}) == 1, f"{path.name}: rows differ in width"
    for cell in (cell for row in rows[1:] for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or NUMBER.fullmatch(cell), f"{path.name}: {cell!r} is a formula"
    return rows


def check_board(path: pathlib.Path, levels: list[str]) -> int:
    header, *rows = rows_of(path)
    titles = [i for i, name in enumerate(header) if name.startswith("Title ")]
    assert header[0] == "Work Item Type" and len(titles) == len(levels) and 0 < len(rows) <= 1000, f"{path.name}: {header}, {len(rows)} items"
    before = -1
    for row in rows:
        level = levels.index(row[0])
        assert [bool(row[i]) for i in titles] == [i == level for i in range(len(levels))], row
        assert level <= before + 1, f"{row} has no parent"
        assert len(row[titles[level]]) <= 256 and row[header.index("Iteration Path")] == "AI Platform", row
        begin, end = row[header.index("Start Date")], row[header.index("Target Date")]
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", begin) and begin <= end, row
        assert "<b>" not in row[header.index("Description")], row
        before = level
    return len(rows)


def main() -> int:
    binary = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        steps = [f'workstream w{w} "{TITLES[w % len(TITLES)]}" {{\n' + "".join(
            f'  task t{i} "{TITLES[i % len(TITLES)]}" {{ effort = 1 day, text = "{TITLES[(i + w) % len(TITLES)]}" }}\n' for i in range(70)) + "}\n"
            for w in range(16)]
        for process, levels in LEVELS.items():
            folder = groma.write(pathlib.Path(temporary, process), {"plan.groma": HEAD + "".join(steps) + (
                f'risk r "=2" {{ on = w0.t1, chance = 10 %, plan = "-x" }}\nemit csv {{}}\n'
                f'emit boards {{ organization = "contoso", project = "AI Platform", process = {process} }}\n')})
            result = groma.run(binary, ["compile", "-q", "-o", folder / "out", folder / "plan.groma"], folder)
            assert result.code == 0, result.text
            assert sum(len(rows_of(path)) for path in (folder / "out/csv").glob("*.csv")) > 1120
            files = sorted((folder / "out/boards").glob("*.csv"))
            counts = [check_board(path, levels) for path in files]
            assert len(files) == 2 and sum(counts) >= 16 * 71, f"{process}: {counts}"
            # An epic that does not fit into one file is told.
            told = groma.run(binary, ["compile", "-o", folder / "out", folder / "plan.groma"], folder).codes
            assert ("GR0623" in told) == (len(levels) == 3), f"{process}: {told}"
    print(f"{len(LEVELS)} processes, {sum(counts)} items each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
