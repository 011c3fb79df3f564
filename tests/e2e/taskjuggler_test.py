#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""TaskJuggler accepts the projects that groma writes, and schedules them as groma does.

Usage: taskjuggler_test.py GROMA SOURCE_FOLDER [COUNT]. It reads examples/contoso_ai, the plans of tests/file/emit and COUNT random
ones of each sort. Where no two tasks share a team its dates are those of groma, to the day; where they do, groma is never later.
"""
import csv
import datetime
import pathlib
import shutil
import subprocess
import sys
import tempfile

import groma
import taskjuggler_plans

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402



def schedule(project: pathlib.Path) -> list[dict]:
    """What `tj3` makes of a project: its dates beside ours, by task."""
    syntax = subprocess.run(["tj3", "--check-syntax", "--silent", project.name], cwd=project.parent, capture_output=True, text=True)
    assert syntax.returncode == 0, f"{project}: {syntax.stderr}"
    result = subprocess.run(["tj3", "--silent", project.name], cwd=project.parent, capture_output=True, text=True)
    assert result.returncode == 0, f"{project}: {result.stderr}"
    with next(project.parent.glob("*.csv")).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, "%Y-%m-%d-%H:%M")


def day(text: str) -> datetime.date:
    """Midnight is the end of a day."""
    return (moment(text) - datetime.timedelta(minutes=1)).date()


def differing(rows: list[dict]) -> list[str]:
    return [f"{row['Id']}: {row['End']}, and groma has {row['finish by groma']}" for row in rows
            if row["finish by groma"] and day(row["End"]) != day(row["finish by groma"])]


def later(rows: list[dict]) -> list[str]:
    """The plan as a whole: somebody has to wait, and it need not be the same one."""
    ours = [row for row in rows if row["finish by groma"]]
    last, theirs = max(moment(row["finish by groma"]) for row in ours), max(moment(row["End"]) for row in ours)
    return [f"groma needs until {last}, TaskJuggler until {theirs}"] if last > theirs else []


def compile_plan(binary, folder: pathlib.Path, source) -> list[pathlib.Path]:
    result = groma.run(binary, ["compile", "-q", "-o", folder / "out", groma.copy_of(source, folder)], folder)
    assert result.code == 0, f"{source}: {result.text}"
    return sorted((folder / "out/taskjuggler").rglob("*.tjp"))


def main() -> int:
    binary, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 30
    if shutil.which("tj3") is None:
        return readers.skipped("tj3", "TaskJuggler is not installed")
    wrong, projects, dates = [], 0, 0
    with tempfile.TemporaryDirectory() as temporary:
        def look(name: str, files: dict, judge) -> None:
            nonlocal projects, dates
            folder = groma.write(pathlib.Path(temporary, name), {f"plan/{path}": text for path, text in files.items()})
            written = compile_plan(binary, folder, folder / "plan")
            assert written, f"{name}: there is no project"
            for project in written:
                rows = schedule(project)
                projects, dates = projects + 1, dates + len(rows)
                wrong.extend(f"{name}: {fault}" for fault in judge(rows))

        contoso = {path.name: path.read_text(encoding="utf-8") for path in (root / "examples/contoso_ai").glob("*.groma")}
        look("contoso_ai", {**contoso, "out.groma": "emit taskjuggler {}\n"}, later)
        for path in sorted((root / "tests/file/emit").glob("taskjuggler*.groma")):
            text = "".join(line for line in path.read_text(encoding="utf-8").splitlines(True) if not line.startswith("//"))
            look(path.stem, {"plan.groma": text}, lambda rows: [])
        random_plans = [(f"{'levelled' if is_levelled else 'free'}_{seed}", taskjuggler_plans.plan(seed, is_levelled),
                         later if is_levelled else differing) for seed in range(count) for is_levelled in (False, True)]
        groma.in_parallel(lambda plan: look(plan[0], {"plan.groma": plan[1]}, plan[2]), random_plans)
    print("\n".join(wrong[:40]) or f"{projects} projects with {dates} tasks")
    if not wrong:
        readers.checked("tj3", f"{projects} projects: the same dates, and groma is never later")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
