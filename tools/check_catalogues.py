#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the catalogues of stdlib/ without the compiler, by the text of kinds, modules and tables alone.

Names are valid, unique and sorted; columns are fields of the kind, in its unit; cells fit their types; references have an entry;
nothing required is missing; every entry has a source and a real date. Usage: check_catalogues.py [STDLIB].
"""

import csv
import datetime
import pathlib
import re
import sys
import zoneinfo
from collections import namedtuple

Field = namedtuple("Field", "type required")
Kind = namedtuple("Kind", "base catalogue fields")
Table = namedtuple("Table", "path kind rows defaults")

def is_date(text: str) -> bool:
    try:
        return len(text) in (7, 10) and bool(datetime.date.fromisoformat(text if len(text) == 10 else text + "-01"))
    except ValueError:
        return False


NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
UNITS = ("money", "duration", "ratio")  # written in any unit of their own
PLAIN = {
    "bool": lambda text: text in ("true", "false"),
    "date": is_date,
    "int": lambda text: re.fullmatch(r"-?\d+", text),
    "number": lambda text: re.fullmatch(r"-?\d+(\.\d+)?", text),
    "string": lambda text: text == text.strip(),
    "timezone": lambda text: text in zoneinfo.available_timezones(),
}
kinds: dict[str, Kind] = {}  # and records
enums: dict[str, list[str]] = {}
entries: dict[tuple, str] = {}  # (package, name) to kind
faults: list[str] = []


def chain(kind: str | None) -> list[str]:
    return [kind, *chain(kinds[kind].base)] if kind in kinds else []


def fields_of(kind: str) -> dict[str, Field]:
    return {name: field for k in reversed(chain(kind)) for name, field in kinds[k].fields.items()}


def declarations(path):  # (line, head, lines of the body)
    text = path.read_text(encoding="utf-8")
    for match in re.finditer(r"^(\w[^\n{]*?) *\{(?: ([^\n]*) \}$|\n(.*?)^\}$)", text, re.M | re.S):
        yield text.count("\n", 0, match.start()) + 1, match[1], (match[2] or match[3] or "").splitlines()


def read_prelude(path) -> None:
    for line, head, body in declarations(path):
        word, name, *rest = head.replace(" : ", " ").split(" ")
        fields = {}
        for number, text in enumerate(body, line + 1):
            if match := re.match(r"  (\w+): (\[?[\w.]+(?:\[[^\]]*\])?\]?)(\?)?(.*)", text):
                fields[match[1]] = Field(match[2], not match[3] and not re.search(r"(?<![<>=])= ", match[4]))
                if not body[number - line - 2].startswith("  ///"):
                    faults.append(f"{path}:{number}: {match[1]} has no /// comment")
        if word in ("kind", "record"):
            kinds[name] = Kind(rest[0] if rest else None, any("catalogue = true" in text for text in body), fields)
        elif word == "enum":
            enums[name] = [text.strip() for text in body if NAME.fullmatch(text.strip())]


def enter(where: str, module, name: str, kind: str) -> None:
    key = (module if module.parent == root else module.parent, name)
    if not NAME.fullmatch(name) or key in entries:
        faults.append(f"{where}: '{name}' is no name, or stands twice in its package")
    entries[key] = kind


def read_module(path) -> list[Table]:
    tables = []
    for line, head, body in declarations(path):
        where = f"{path}:{line}"
        given = dict(match.groups() for text in body if (match := re.match(r" *(\w+) *= *(.+)", text)))
        if "as_of" in given and not is_date(given["as_of"]):
            faults.append(f"{where}: as_of is no date")
        if match := re.fullmatch(r"catalogue \w+ : ([\w.]+)", head):
            table = path.parent / given.get("from", "").strip('"')
            try:
                rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines(), strict=True))
            except (OSError, csv.Error) as error:
                faults.append(f"{where}: {table.name}: {error}")
                continue
            tables.append(Table(table, match[1], rows, given))
            for number, row in enumerate(rows[1:], 2):
                enter(f"{table}:{number}", path, row[0] if row else "", match[1])
        elif (match := re.fullmatch(r'(\w+) (\w+)(?: : (\w+))?(?: ".*")?', head)) and match[1] in kinds:
            kind = next(k for k in (f"{match[1]}.{match[3]}", match[1]) if k in kinds)
            if any(kinds[k].catalogue for k in chain(kind)):
                enter(where, path, match[2], kind)
                missing = [name for name, field in fields_of(kind).items() if field.required and name not in given]
                faults.extend(f"{where}: {match[2]} has no {name}" for name in missing)
    return tables


def fits(type_: str, text: str) -> bool:
    if type_.startswith("["):
        return all(fits(type_[1:-1], part) for part in text.split(";"))
    if test := PLAIN.get("number" if type_.startswith("quantity[") or type_ in (*UNITS, "decimal") else type_):
        return bool(text and test(text))
    return text in enums.get(type_, ()) or any(name == text and type_ in chain(kind) for (_, name), kind in entries.items())


def check(table: Table) -> None:
    path, (header, *rows) = table.path, table.rows
    fields, columns = fields_of(table.kind), []
    for cell in header:
        name, unit = re.match(r"(.*?)(?: \[(.+)\])?$", cell).groups()
        first, _, rest = name.partition(".")
        field = fields.get(first) if not rest else first in fields and fields_of(fields[first].type).get(rest)
        if not field and name != "name":
            faults.append(f"{path}:1: {table.kind} has no field {name}")
        elif field and field.type != f"quantity[{unit}]" and (field.type[:9] == "quantity[" or bool(unit) != (field.type in UNITS)):
            faults.append(f"{path}:1: {cell} does not have the unit of {field.type}")
        columns.append((name, field))
    for line, row in enumerate(rows, 2):
        if len(row) != len(header):
            faults.append(f"{path}:{line}: {len(row)} cells for {len(header)} columns")
            continue
        for (name, field), text in zip(columns, row):
            if text and field and not fits(field.type, text):
                faults.append(f"{path}:{line}: {name}: '{text}' is no {field.type}")
        given = {name for (name, _), text in zip(columns, row) if text} | set(table.defaults)
        needed = [name for name, field in fields.items() if field.required or name in ("source", "as_of")]
        faults.extend(f"{path}:{line}: {row[0]} has no {name}" for name in needed if name not in given)
    pairs = enumerate(zip(rows, rows[1:]), 3)
    faults.extend(f"{path}:{line}: {row[0]} is not in order" for line, (last, row) in pairs if row[:1] <= last[:1])


root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1] / "stdlib")
for prelude in sorted(root.glob("prelude/*.groma")):
    read_prelude(prelude)
found = [table for module in sorted(root.rglob("*.groma")) for table in read_module(module)]
for item in found:
    check(item)
unread = sorted(set(root.rglob("*.csv")) - {item.path for item in found})
faults.extend(f"{path}:1: no catalogue reads this table" for path in unread)
print("\n".join(faults) if faults else f"{len(found)} tables, {len(entries)} entries: no fault")
sys.exit(bool(faults))
