#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes compiler/timing/zone_rules.def from the compiled time zones of this machine.

Usage: zone_rules.py NAMES.def OUT.def VERSION [ZONEINFO]

Zones that are the same from 2020 on share a row. A row is what holds for ever, as a POSIX TZ string, after the changes
that this string does not tell: the offset at the start of 2020, then each moment and the offset from it on.
"""
import pathlib
import re
import struct
import sys

START = 1577836800  # 2020-01-01 00:00 UTC
END = 2524608000  # 2050-01-01: changes after it that a string cannot tell are left out


def read(path: pathlib.Path):
    """The changes of a TZif file as (second, offset in seconds), the offset before the first, and the string at its end."""
    data = path.read_bytes()

    def header(at):
        magic, version, *counts = struct.unpack(">4sc15x6l", data[at:at + 44])
        assert magic == b"TZif", path
        return counts

    isut, isstd, leap, times, types, chars = header(0)
    at = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isut
    isut, isstd, leap, times, types, chars = header(at)
    at += 44
    moments = struct.unpack(f">{times}q", data[at:at + 8 * times])
    kinds = data[at + 8 * times:at + 9 * times]
    at += 9 * times
    offsets = [struct.unpack(">lBB", data[at + 6 * i:at + 6 * i + 6])[0] for i in range(types)]
    at += 6 * types + chars + leap * 12 + isstd + isut
    tail = data[at:].decode().strip("\n")
    return [(moment, offsets[kind]) for moment, kind in zip(moments, kinds)], offsets[0], tail


def days_from_civil(year, month, day):
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def rule_changes(tail, first_year, last_year):
    """What a POSIX string says: the standard offset, and the changes of these years."""
    found = re.fullmatch(r"(?:<[^>]+>|[A-Za-z]+)([-+0-9:]+)(?:(?:<[^>]+>|[A-Za-z]+)([-+0-9:]*),(M[^,]+),(M[^,]+))?", tail)
    assert found, tail

    def seconds(text):
        sign = -1 if text.startswith("-") else 1
        parts = [int(part) for part in text.lstrip("+-").split(":")] + [0, 0]
        return sign * (parts[0] * 3600 + parts[1] * 60 + parts[2])

    standard = -seconds(found.group(1))
    if not found.group(3):
        return standard, []
    summer = -seconds(found.group(2)) if found.group(2) else standard + 3600
    changes = []
    for year in range(first_year, last_year + 1):
        for text, before, after in ((found.group(3), standard, summer), (found.group(4), summer, standard)):
            rule, _, time = text.partition("/")
            month, week, weekday = map(int, rule[1:].split("."))
            first = days_from_civil(year, month, 1)
            day = first + (weekday - (first + 4)) % 7 + (week - 1) * 7
            following = days_from_civil(year + month // 12, month % 12 + 1, 1)
            if day >= following:
                day -= 7
            changes.append((day * 86400 + (seconds(time) if time else 7200) - before, after))
    return standard, sorted(changes)


def offset_at(changes, before, moment):
    for second, offset in changes:
        if second <= moment:
            before = offset
    return before


def stamp(second):
    assert second % 60 == 0
    days, rest = divmod(second // 60, 1440)
    low = days + 719468
    era = low // 146097
    of_era = low - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month += 3 if month < 10 else -9
    return f"{year + era * 400 + (month <= 2)}-{month:02}-{day:02}T{rest // 60:02}:{rest % 60:02}"


def minutes(offset):
    assert offset % 60 == 0
    return f"{offset // 60:+d}"


def row(path):
    changes, first, tail = read(path)
    explicit = [change for change in changes if START < change[0] < END]
    last = max((change[0] for change in explicit), default=START)
    standard, told = rule_changes(tail, 2018, 2051)
    start = offset_at(changes, first, START)
    # Changes that change nothing, such as a new name, are no changes.
    effective, offset = [], start
    for change in explicit:
        if change[1] != offset:
            effective.append(change)
            offset = change[1]
    # The fewest changes after which the string tells all others.
    for kept in range(len(effective) + 1):
        since, offset = effective[kept - 1] if kept else (START, start)
        if offset_at(told, standard, since) == offset and \
                effective[kept:] == [change for change in told if since < change[0] <= last]:
            effective = effective[:kept]
            break
    else:
        raise ValueError(f"{path}: {tail} does not hold after the last change")
    if not effective:
        return tail
    return " ".join([minutes(start)] + [stamp(moment) + minutes(offset) for moment, offset in effective] + [tail])


def wrapped(text, indent):
    """A C++ string of many words, cut into lines."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) + 1 > 94 - indent:
            lines.append(line + " ")
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return ("\n" + " " * indent).join(f'"{line}"' for line in lines)


def main():
    names_file, out, version = sys.argv[1:4]
    root = pathlib.Path(sys.argv[4] if len(sys.argv) > 4 else "/usr/share/zoneinfo")
    names = re.findall(r'"([^"]+)"', pathlib.Path(names_file).read_text())
    rows = {}
    for name in names:
        rows.setdefault(row(root / name), []).append(name)
    with open(out, "w") as file:
        file.write("// SPDX-License-Identifier: Apache-2.0\n"
                   f"// Written by tools/zone_rules.py from the IANA time zone database, version {version}, which is in the public domain.\n"
                   "// What holds from 2020 on, and the zones for which it does. Changes that no rule tells are listed until 2050.\n"
                   "// clang-format off\n")
        for text, members in sorted(rows.items(), key=lambda item: item[1][0]):
            file.write("{" + wrapped(text, 1) + ",\n " + wrapped(" ".join(members), 1) + "},\n")


if __name__ == "__main__":
    main()
