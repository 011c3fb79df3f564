#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what no compiler checks: each rule is a function, and its docstring is the reason that is printed.

Usage: check_style.py [ROOT]. Exits 1 if a rule is broken.
"""
import pathlib
import re
import statistics
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
CODE = {".cpp", ".h", ".py", ".sh", ".cmake", ".def", ".g4", ".groma", ".mjs", ".js", ".ts"}
COMMENT = {".cpp": "//", ".h": "//", ".def": "//", ".g4": "//", ".groma": "//", ".mjs": "//", ".js": "//", ".ts": "//",
           ".py": "#", ".sh": "#"}
# Texts that a program wrote, and inputs that must stay as they are.
DATA = re.compile(r"(^|/)(corpus|snapshots|node_modules|testdata)/|package-lock\.json$|\.snap$|^tests/(file|harness/self_test)/")
# Folders whose groma text is a plan for people to read, or the library's, and starts with a doc comment.
PLANS = ("examples/", "stdlib/", "tests/", "editors/")


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(name for name in set(listing.stdout.splitlines()) if (ROOT / name).is_file())


def suffix_of(name: str) -> str:
    return pathlib.Path(name).suffix


FILES = tracked()
TEXTS = {name: (ROOT / name).read_text(errors="replace") for name in FILES
         if not DATA.search(name) and suffix_of(name) not in {".png", ".csv", ".ico"}}


def compiler_code() -> list[str]:
    return [name for name in TEXTS if name.startswith("compiler/") and suffix_of(name) in {".cpp", ".h"}]


def lines_matching(names, pattern: str, message: str):
    expression = re.compile(pattern)
    for name in names:
        for number, line in enumerate(TEXTS[name].splitlines(), 1):
            found = expression.search(line)
            if found and not line.lstrip().startswith("//"):
                yield f"{name}:{number}: {message.format(found.group(0))}"


def spdx():
    """every source file says its licence in its first line, so that it keeps it when it is copied"""
    for name, text in TEXTS.items():
        if suffix_of(name) in COMMENT and not (suffix_of(name) == ".groma" and name.startswith(PLANS)):
            head = [line for line in text.splitlines()[:2] if not line.startswith("#!")]
            if not head or head[0] != f"{COMMENT[suffix_of(name)]} SPDX-License-Identifier: Apache-2.0":
                yield f"{name}:1: the first line is not the SPDX line"


def size():
    """a file that fits a head has one reason to exist: 500 lines at most, half of them below 150"""
    counts = {name: text.count("\n") for name, text in TEXTS.items() if suffix_of(name) in CODE or name == "bootstrap"}
    for name, count in counts.items():
        if count > 500:
            yield f"{name}: {count} lines"
    sources = [count for name, count in counts.items() if name.startswith("compiler/")]
    if sources and statistics.median(sources) > 150:
        yield f"compiler: the median file has {statistics.median(sources):.0f} lines"


def relative_includes():
    """a header is included by its layer's name, so that the include path can refuse what was not asked for"""
    yield from lines_matching(compiler_code(), r'#include "\.\./.*\.h"', "{0}")


def private_headers():
    """a pass or engine shows one header, `verb/verb.h`; the others may change without notice"""
    kinds = {}
    for name in TEXTS:
        if name.startswith("compiler/") and name.endswith("CMakeLists.txt"):
            for kind, layer in re.findall(r"groma_layer\((\w+) ([\w/]+)", TEXTS[name]):
                kinds[layer] = kind
    for name in compiler_code():
        own = str(pathlib.PurePath(name).parent.relative_to("compiler"))
        for layer, header in re.findall(r'#include "groma/([\w/]+)/(\w+)\.h"', TEXTS[name]):
            if kinds.get(layer) == "pass" and layer != own and header != pathlib.PurePath(layer).name:
                yield f'{name}: includes groma/{layer}/{header}.h, which is private to the pass {layer}'


def banned_calls():
    """passes see their arguments only: no output, clock, environment, file or chance outside driver/ and lsp/"""
    # Check() itself says on standard error what is wrong with groma before it aborts.
    # resources/check is a program of the build.
    free = ("compiler/driver/", "compiler/lsp/", "compiler/resources/check/", "compiler/base/check.cpp")
    names = [name for name in compiler_code() if not name.startswith(free)]
    yield from lines_matching(names, r"\bstd::c(out|err|log|in)\b|\bllvm::(outs|errs)\(|\bgetenv\b|\b(system|steady|high_resolution)_clock\b"
                              r"|\b(s?rand|time|clock|printf|fprintf|fopen|exit)\(|\bstd::(i|o)?fstream\b|\brandom_device\b"
                              r"|\bllvm::MemoryBuffer::getFile\b|\bllvm::raw_fd_ostream\b", "{0}")


def walls():
    """a foreign library stays behind its wall, so that it can be replaced and cannot leak"""
    for pattern, folders in ((r'#include [<"]z3', ("reason",)), (r'#include [<"](antlr4|Groma(Lexer|Parser))', ("parse",)),
                             (r"#include [<\"]nlohmann", ("diagnostics", "lsp", "driver", "output", "emit", "modules", "plan")),
                             (r"\bcl::|CommandLine\.h", ("driver", "lsp"))):
        outside = [name for name in compiler_code() if name.split("/")[1] not in folders]
        yield from lines_matching(outside, pattern, "{0} outside of " + ", ".join(folders))


def exceptions():
    """what a foreign library throws is caught at its wall; groma throws nothing"""
    outside = [name for name in compiler_code() if name.split("/")[1] not in ("parse", "reason")]
    yield from lines_matching(outside, r"\bcatch \(|\bthrow\b", "{0}")


def readmes():
    """each folder says in two to ten lines what it holds, what it may use, and where to start"""
    folders = {str(pathlib.PurePath(name).parent) for name in FILES if not re.search(r"(^|/)(corpus|data|pages|snapshots|self_test)(/|$)", name)}
    for folder in sorted(folders):
        if re.match(r"(\.|\.ci|\.github.*|cmake|tests/(file|unit|fuzz/seeds)/.*)$", folder) or folder.startswith("editors/vscode/"):
            continue
        text = (ROOT / folder / "README.md").read_text() if f"{folder}/README.md" in FILES else None
        count = len([line for line in text.splitlines() if line.strip()]) if text else 0
        if text is None:
            yield f"{folder}: has no README.md"
        elif not 2 <= count <= 10 and folder != "compiler" and not folder.startswith(("docs", "examples", "editors")):
            yield f"{folder}/README.md: {count} lines that are not empty"


def definitions() -> list[tuple[str, str, str]]:
    rows = []
    for name in TEXTS:
        if name.startswith("compiler/") and name.endswith(".def"):
            rows += [(name, macro, code) for macro, code in re.findall(r'^GROMA_(DIAGNOSTIC|RETIRED)\((?:\w+, )?"(GR\d{4})"', TEXTS[name], re.M)]
    return rows


def codes():
    """a code means one thing for ever: it is given once, has a page, and some test shows it: the page's own example, which
    tests/e2e/explain_test.py runs, or a test of its own where no plan can bring it about"""
    shown = "\n".join((ROOT / name).read_text(errors="replace") for name in FILES
                      if name.startswith(("tests/", "compiler/diagnostics/pages/")))
    seen = {}
    for name, macro, code in definitions():
        if code in seen:
            yield f"{name}: {code} is already in {seen[code]}"
        seen[code] = name
        if macro == "DIAGNOSTIC" and f"compiler/diagnostics/pages/{code}.md" not in TEXTS:
            yield f"{name}: {code} has no page compiler/diagnostics/pages/{code}.md"
        if macro == "DIAGNOSTIC" and code not in shown:
            yield f"{name}: {code} is shown by no test in tests/file or tests/e2e"
    pages = {page.group(1) for page in map(re.compile(r"compiler/diagnostics/pages/(GR\d{4})\.md").fullmatch, TEXTS) if page}
    yield from (f"compiler/diagnostics/pages/{code}.md: no table has this code" for code in sorted(pages - seen.keys()))


def library_docs():
    """hover and `groma docs` show what the library says of itself: every public declaration and member has a `///`"""
    declaration = re.compile(r"( *)(?:(?:kind|record|enum|union|type|unit|catalogue|fn|let|param|milestone) +(?=\w)|(?=\w+: ))(\w+)")
    for name in TEXTS:
        if not (name.startswith("stdlib/") and name.endswith(".groma")):
            continue
        lines = TEXTS[name].splitlines()
        is_playbook = False
        for number, line in enumerate(lines, 1):
            # What stands in a playbook says itself what it is; the kinds document the milestones that they name.
            is_playbook = line.startswith("playbook ") or (is_playbook and line != "}")
            if is_playbook:
                continue
            found = declaration.match(line)
            if found and len(found.group(1)) <= 2 and not found.group(2).startswith("_"):
                if not lines[number - 2].lstrip().startswith("///"):
                    yield f"{name}:{number}: `{line.strip()[:60]}` has no `///`"


def catalogues():
    """a number of the library says where it comes from and as of when"""
    run = subprocess.run([sys.executable, ROOT / "tools/check_catalogues.py", ROOT / "stdlib"], capture_output=True, text=True)
    if run.returncode:
        yield from (run.stdout + run.stderr).strip().splitlines()


def machine_paths():
    """what was built on one machine builds on another: no path of a developer's machine"""
    names = [name for name in TEXTS if not name.startswith("tests/") and suffix_of(name) != ".md"]
    yield from lines_matching(names, r"(?<![\w.])/(work|home|tmp)/", "{0}")


def whitespace():
    """blanks at the end of a line, and a missing last newline, make noise in every later change"""
    for name, text in TEXTS.items():
        yield from (f"{name}:{number}: ends in a blank" for number, line in enumerate(text.split("\n"), 1) if line != line.rstrip())
        if text and not text.endswith("\n"):
            yield f"{name}: its last line has no end"


def main() -> int:
    broken = 0
    for rule in (spdx, size, relative_includes, private_headers, banned_calls, walls, exceptions, readmes, codes,
                 library_docs, catalogues, machine_paths, whitespace):
        faults = list(rule())
        if faults:
            broken += 1
            print(f"{rule.__name__}: {rule.__doc__}")
            print("".join(f"  {fault}\n" for fault in faults))
    print(f"{len(TEXTS)} files, {broken} broken rules")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
