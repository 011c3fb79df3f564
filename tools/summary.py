#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ends a test run: who checked what, who did not and why, what failed, and one line of counts.

Usage: summary.py READERS JUNIT... Exits 1 if a test failed or a report is missing.
"""
import pathlib
import sys
import xml.etree.ElementTree as xml


def print_readers(folder: pathlib.Path) -> None:
    for word, title in (("checked", "checked by"), ("skipped", "not checked, because")):
        print(f"{title}:")
        notes = sorted(folder.glob(f"{word}.*"))
        for note in notes:
            print(f"  {note.read_text().strip()}")
        if not notes:
            print("  (nothing)")


def main() -> int:
    print_readers(pathlib.Path(sys.argv[1]))
    passed = failed = skipped = 0
    for path in map(pathlib.Path, sys.argv[2:]):
        if not path.exists():
            print(f"FAILED: {path} was not written")
            failed += 1
            continue
        for case in xml.parse(path).getroot().iter("testcase"):
            status = case.get("status")
            if status == "run":
                passed += 1
            elif status in ("notrun", "disabled"):
                skipped += 1
            else:
                failed += 1
                print(f"FAILED in {path.parent.name}: {case.get('name')}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
