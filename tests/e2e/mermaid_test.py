#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Charts of Mermaid say what the plan says, whatever signs its titles have.

Usage: mermaid_test.py GROMA SOURCE_FOLDER. A reader of its own takes the charts apart by a stricter grammar than Mermaid's; where npm
has the package, Mermaid reads them too, and both find the same bars with the same days.
"""
import datetime
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import groma

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402

PACKAGES = ["mermaid@12.3.0", "jsdom@26.1.0"]
STATEMENT = re.compile(r"\s*(accDescr|accTitle|axisFormat|call|click|dateFormat|excludes|gantt|href|includes|inclusiveEndDates|section|tickInterval|title"
                       r"|todayMarker|topAxis|weekday|weekend|\d\d\d\d-)", re.I)
BAR = re.compile(r"    ([^:;#%{}<>]+) :((?:crit, |done, |active, |milestone, )*)(\w+), (\d{4}-\d\d-\d\d), (\d{4}-\d\d-\d\d)")
SIGNS = [*":;#%{}<>,\"'`\\[]()=-+&|~^$@!?*_", "%%", "%%{", "section ", "title ", "2027-01-04", "crit, ", "click a", "\u00e9", "\u4e2d", "x", " "]
# Reads charts on the standard input, and says what Mermaid makes of each.
SCRIPT = """
import { writeFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
const { window } = new JSDOM('');
globalThis.window = window;
globalThis.document = window.document;
const mermaid = (await import('mermaid')).default;
const charts = JSON.parse(await new Response(process.stdin).text());
const out = [];
for (const text of charts) {
  await mermaid.parse(text);
  const chart = await mermaid.mermaidAPI.getDiagramFromText(text);
  out.push(chart.db.getTasks().map((task) => [task.id, task.section, task.task, task.startTime.getTime(), task.endTime.getTime(),
                                             task.crit === true, task.milestone === true, (task.renderEndTime || task.endTime).getTime()]));
}
// The standard output need not be written out before the end.
writeFileSync(process.argv[2], JSON.stringify(out));
process.exit(0);
"""


def hostile(seed: int) -> str:
    dice = random.Random(seed)
    quote = lambda text: text.replace("\\", "\\\\").replace('"', '\\"').replace("${", "$ {")  # noqa: E731
    title = lambda: quote("".join(dice.choice(SIGNS) for _ in range(dice.randint(0, 12))))  # noqa: E731
    lines = [f'plan p "{title()}" {{ edition = 2027, currency = EUR, starts = 2027-01-01, horizon = 2027-01 .. 2027-12 }}']
    for i in range(4):
        inside = " ".join(f'task t{k} "{title()}" {{ effort = {dice.randint(1, 9)} days }}\n' for k in range(3))
        lines.append(f'workstream w{i} "{title()}" {{\n {inside}}}')
    lines.append(f'milestone end "{title()}" {{ after = [w0, w1, 2027-01-23] }}')
    return "\n".join([*lines, "emit mermaid {}", ""])


def bars_of(chart: str) -> list:
    """By a grammar in which nothing but a bar has a colon."""
    lines, section, bars = chart.splitlines(), None, []
    assert lines[0] == "gantt" and lines[1].startswith("    title ") and lines[2] == "    dateFormat YYYY-MM-DD", chart[:200]
    for line in lines[3:]:
        if line.startswith("    section "):
            section = line[12:]
            assert not set(section) & set(":;#%{}<>"), line
        elif not re.fullmatch(r"    excludes (\w+|\d{4}-\d\d-\d\d)(, (\w+|\d{4}-\d\d-\d\d))*", line):
            found = BAR.fullmatch(line)
            assert found and section is not None and not STATEMENT.match(line), line
            bars.append((found[3], section.strip(), found[1].strip(), found[4], found[5], "crit, " in found[2], "milestone, " in found[2]))
    return bars


def bars_of_mermaid(charts: list, folder: pathlib.Path) -> list:
    """None where npm or its registry is not to be had. What npm brings stays in the folder."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules/mermaid").is_dir():
        (folder / "package.json").write_text('{"private": true, "type": "module"}')
        done = subprocess.run(["npm", "install", "--no-save", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error", "--fetch-retries=1",
                               *PACKAGES], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            return None
    (folder / "read.mjs").write_text(SCRIPT)
    found = folder / "bars.json"
    result = subprocess.run(["node", "read.mjs", found], cwd=folder, input=json.dumps(charts), capture_output=True, text=True, env={**os.environ, "TZ": "UTC"})
    assert result.returncode == 0, result.stderr[-2000:]
    return json.loads(found.read_text(encoding="utf-8"))


def main() -> int:
    binary, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    contoso = {path.name: path.read_text(encoding="utf-8") for path in (root / "examples/contoso_ai").glob("*.groma")}
    plans = [{**contoso, "out.groma": "emit mermaid {}\n"}, *({"plan.groma": hostile(seed)} for seed in range(40))]
    charts = []
    with tempfile.TemporaryDirectory() as temporary:
        for i, files in enumerate(plans):
            folder = groma.write(pathlib.Path(temporary, str(i)), {f"plan/{name}": text for name, text in files.items()})
            result = groma.run(binary, ["compile", "-q", "-o", folder / "out", folder / "plan"], folder)
            assert result.code == 0, result.text
            charts += [path.read_text(encoding="utf-8") for path in sorted((folder / "out/mermaid").rglob("*.mmd"))]
    ours = [bars_of(chart) for chart in charts]
    assert all(len(bars) >= 17 for bars in ours) and len({bar[0] for bar in ours[0]}) == len(ours[0])
    theirs = bars_of_mermaid(charts, binary.parents[1] / "mermaid")
    if theirs is None:
        return readers.skipped("mermaid", "npm has not brought the package")
    # In UTC, so that midnight is midnight.
    stamp = lambda text: datetime.datetime.fromisoformat(text + "T00:00:00+00:00").timestamp() * 1000  # noqa: E731
    for chart, mine, read in zip(charts, ours, theirs):
        assert len(mine) == len(read), f"{len(mine)} bars, and Mermaid has {len(read)}\n{chart}"
        for bar, other in zip(mine, read):
            wanted = [bar[0], bar[1], bar[2], stamp(bar[3]), stamp(bar[4]), bar[5], bar[6], stamp(bar[4])]
            assert [*other[:1], other[1].strip(), other[2].strip(), *other[3:]] == wanted, f"{other} is not {wanted}"
    readers.checked("mermaid", f"{len(charts)} charts: the same bars on the same days")
    print(f"{len(charts)} charts with {sum(map(len, ours))} bars")
    return 0


if __name__ == "__main__":
    sys.exit(main())
