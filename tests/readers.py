# SPDX-License-Identifier: Apache-2.0
"""Notes which outside programs read groma's output, so that a test run can say what nobody checked.

A test calls `checked` or `skipped`; `./bootstrap test` prints both lists at its end. From a shell:
readers.py checked NAME WHAT | readers.py skipped NAME WHY, which exits with the code to hand on.
"""
import os
import pathlib
import sys

# ctest's SKIP_RETURN_CODE.
SKIPPED = 77


def note(word: str, name: str, text: str) -> None:
    print(f"{word}: {name}: {text}", flush=True)
    folder = os.environ.get("GROMA_READERS")
    if folder:
        pathlib.Path(folder, f"{word}.{name}").write_text(f"{name}: {text}\n")


def checked(name: str, what: str) -> None:
    """The program `name` has read `what`."""
    note("checked", name, what)


def skipped(name: str, why: str) -> int:
    """The program `name` is not to be had; returns the exit code of the test."""
    if name in os.environ.get("GROMA_REQUIRE", "").split(","):
        print(f"required, but not here: {name}: {why}")
        return 1
    note("skipped", name, why)
    return SKIPPED


if __name__ == "__main__":
    _, command, reader, sentence = sys.argv
    sys.exit(skipped(reader, sentence) if command == "skipped" else checked(reader, sentence))
