#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Other programs can read what groma writes: reports as JSON, SARIF and JUnit, and completion scripts.

Usage: formats_test.py GROMA. Readers that are not installed are noted, see tests/readers.py.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import groma

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402

GOOD = "let answer = 42\n"
BAD = 'let answer = 42 +\nsite "<&>" {\nlet tab = "\t\\q"\n'


def report(binary, text: str, form: str, folder) -> str:
    groma.write(folder, {"plan.groma": text})
    result = groma.run(binary, ["check", "--no-solve", f"--format={form}", "plan.groma"], folder)
    assert result.code == (1 if text is BAD else 0), f"{form}: exit code {result.code}\n{result.text}"
    assert form == "github" or result.out, f"{form}: nothing on the standard output\n{result.text}"
    return result.out.decode()


def read_with(reader: str, command: list[str], text: str, what: str) -> bool:
    """False if the reader is missing and required."""
    if not shutil.which(reader):
        return readers.skipped(reader, "it is not installed") == readers.SKIPPED
    result = subprocess.run(command, input=text, capture_output=True, text=True)
    assert result.returncode == 0, f"{reader} refuses {what}: {result.stderr}\n{text}"
    readers.checked(reader, what)
    return True


def main() -> int:
    binary, is_fine = pathlib.Path(sys.argv[1]).resolve(), True
    with tempfile.TemporaryDirectory() as folder:
        for text in (GOOD, BAD):
            json.loads(report(binary, text, "json", folder))
            sarif = json.loads(report(binary, text, "sarif", folder))
            assert sarif["version"] == "2.1.0", sarif
            assert bool(sarif["runs"][0]["results"]) == (text is BAD), sarif
            is_fine &= read_with("xmllint", ["xmllint", "--noout", "-"], report(binary, text, "junit", folder), "reports for JUnit")
        assert "::error file=plan.groma,line=" in report(binary, BAD, "github", folder)
        for shell in ("bash", "zsh", "fish"):
            script = groma.run(binary, ["completion", shell], folder).out.decode()
            assert script, f"no completion script for {shell}"
            is_fine &= read_with(shell, [shell, "-n"], script, "its completion script")
    readers.checked("python json", "reports in JSON and SARIF")
    return 0 if is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
