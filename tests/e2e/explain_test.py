#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every explain page is true: its erroneous plan yields its code and no other, its corrected plan nothing.

Usage: explain_test.py GROMA PAGES [CODE...]. The form of a page stands in compiler/diagnostics/explain.h: fences
```groma error=GR0203 args="--env prod" workspace and ```groma ok; `// --- name` lines split an example into files.
An example is checked as it stands, `groma check --no-solve`, unless its first line names a command that decides: `// groma test`.
"""
import pathlib
import re
import shlex
import sys
import tempfile

import groma

FENCE = re.compile(r"^```groma (ok|error=(GR\d{4}))([^\n]*)\n(.*?)^```$", re.M | re.S)
ARGS = re.compile(r'args="([^"]*)"')
COMMAND = re.compile(r"// groma (check|test|compile)\n")
HEADING = re.compile(r"^// --- (\S+)\n", re.M)


def files_of(text: str) -> dict:
    """What stands before the first heading is plan.groma."""
    parts = HEADING.split(text)
    files = dict(zip(parts[1::2], parts[2::2]))
    return {"plan.groma": parts[0], **files} if parts[0].strip() or not files else files


def run_example(binary: pathlib.Path, options: str, text: str) -> groma.Run:
    """Checks the plan; of a workspace each plan in turn, up to the first that says something."""
    files, args, command = files_of(text), ARGS.search(options), COMMAND.match(text)
    words = [command.group(1)] if command else ["check", "--no-solve"]
    words += shlex.split(args.group(1)) if args else []
    is_workspace = "workspace" in ARGS.sub("", options)
    plans = sorted({name.split("/")[0] for name in files if name.endswith(".groma") and "/" in name}) if is_workspace else ["."]
    with tempfile.TemporaryDirectory() as folder:
        groma.write(folder, files)
        for plan in plans:
            result = groma.run(binary, [*words, plan], folder)
            if result.codes:
                break
    return result


def check_page(binary: pathlib.Path, page: pathlib.Path) -> list[str]:
    faults, seen = [], set()
    for what, code, options, text in FENCE.findall(page.read_text()):
        seen.add(what.split("=")[0])
        result = run_example(binary, options, text)
        wanted = {code} if code else set()
        if result.codes != wanted:
            got = ", ".join(sorted(result.codes)) or "no message"
            faults.append(f"{page.name}: `{what}` yields {got}\n{result.text}")
        if not code and result.code != 0:
            faults.append(f"{page.name}: `{what}` ends with exit code {result.code}\n{result.text}")
        if code and code != page.stem:
            faults.append(f"{page.name}: its example is about {code}")
    # What no plan can bring about (a full disk, a wrong command line) is told in words.
    if not seen and "## When it comes" in page.read_text():
        return faults
    faults += [f"{page.name}: there is no example `{what}`" for what in ("error", "ok") if what not in seen]
    return faults


def main() -> int:
    binary = pathlib.Path(sys.argv[1]).resolve()
    pages = sorted(pathlib.Path(sys.argv[2]).glob("GR*.md"))
    if sys.argv[3:]:
        pages = [page for page in pages if page.stem in sys.argv[3:]]
    faults = [fault for found in groma.in_parallel(lambda page: check_page(binary, page), pages) for fault in found]
    print("\n".join(faults))
    print(f"{len(pages)} pages, {len(faults)} faults")
    return 1 if faults or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
