#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints what the time zones of this machine do from 2024 to 2037: zone_changes.py NAME... reads names from standard input.

The first line is the version of the database. Then `NAME OFFSET` at the start of 2024, and `NAME MINUTE OFFSET` for each change,
all in minutes. Python's own reader is asked, so that it is not the one that wrote groma's table.
"""
import datetime
import pathlib
import sys
import zoneinfo

UTC = datetime.timezone.utc
FROM = datetime.datetime(2024, 1, 1, tzinfo=UTC)
UNTIL = datetime.datetime(2038, 1, 1, tzinfo=UTC)
MINUTE = datetime.timedelta(minutes=1)


def changes(zone):
    def offset(moment):
        return moment.astimezone(zone).utcoffset() // MINUTE

    day, before = FROM, offset(FROM)
    yield None, before
    while day < UNTIL:
        following = day + datetime.timedelta(days=1)
        after = offset(following)
        if after != before:
            low, high = day, following
            while high - low > MINUTE:
                middle = low + (high - low) // 2
                middle -= datetime.timedelta(seconds=middle.second, microseconds=middle.microsecond)
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            yield (high - datetime.datetime(1970, 1, 1, tzinfo=UTC)) // MINUTE, after
        day, before = following, after


def main():
    for folder in zoneinfo.TZPATH:
        source = pathlib.Path(folder, "tzdata.zi")
        if source.exists():
            print(source.open().readline().split()[-1])
            break
    else:
        print("none")
        return
    known = {}
    for name in sys.stdin.read().split():
        content = pathlib.Path(folder, name).read_bytes()
        if content not in known:
            known[content] = list(changes(zoneinfo.ZoneInfo(name)))
        for at, offset in known[content]:
            print(name, offset) if at is None else print(name, at, offset)


if __name__ == "__main__":
    main()
