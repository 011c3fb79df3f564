#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `groma compile` writes, and what `groma status --format json` says, follows the schemas in docs/, and another plan can import it.

Usage: schemas_test.py GROMA SOURCE_FOLDER. Each file is validated here, and by the Python package jsonschema if that is
installed. A manifest names every file with its hash, a trace leads to lines that the files have.
"""
import copy
import hashlib
import json
import pathlib
import sys
import tempfile

import groma
import schemas

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402

SOLVED = ["reserved", "buying_ahead", "rising", "choose_bandwidth", "environments", "users_of_geography", "waiver", "prefer", "aims"]
# Every line that these write has a line of the plan behind it.
WRITTEN = ["emit/boards_agile", "emit/csv", "emit/mermaid", "emit/taskjuggler", "scenarios/table"]
IMPORTING = """plan spoke { edition = 2027, currency = EUR, starts = 2026-01-01, horizon = 2027-01 .. 2027-06 }
import azure.regions
import azure.gpu
import onprem.servers
import calendars
import grid
import plan "hub"
"""
# What is done to a good file, so that it follows its schema no more.
SPOILT = [("plan", lambda d: d["costs"][0].update(amount="12 EUR")), ("plan", lambda d: d["entities"][0].update(at="x:1")),
          ("plan", lambda d: d["decisions"][0]["from"].pop("choices", d["decisions"][0]["from"].pop("low", None))),
          ("plan", lambda d: d.pop("entities")), ("plan", lambda d: d["aims"][0].update(proved="yes")),
          ("plan", lambda d: d["requirements"][0].update(severity="fatal")), ("trace", lambda d: d.update(files=[])),
          ("trace", lambda d: next(iter(d["files"].values()))[0].update(line=0)), ("manifest", lambda d: d["files"][0].update(path="../x")),
          ("manifest", lambda d: d["files"][0].update(sha256="0")), ("status", lambda d: d.update(version=2)),
          ("status", lambda d: d["environments"][0].update(colour="blue")), ("status", lambda d: d["environments"][0]["tables"].pop("risks")),
          ("status", lambda d: d["environments"][0]["tables"]["steps"][0].update(finish="soon")),
          ("status", lambda d: d["environments"][0]["tables"]["steps"][0].update(more="x"))]
# Where these stand is looked at on a day, or on the `as_of` of the plan.
STATUS = [("examples/contoso_ai", "2027-03-01"), ("tests/file/status/under_way.groma", "2027-01-20"), ("tests/file/status/months.groma", "2027-03-01"),
          ("tests/file/status/lifecycle.groma", "2027-06-01")]


def outside_validator():
    try:
        import jsonschema
    except ImportError:
        return None
    return lambda value, schema: [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]


def main() -> int:
    binary, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    known = {name: json.loads((root / f"docs/{name}.schema.json").read_text(encoding="utf-8")) for name in ("plan", "trace", "manifest", "status", "expected")}
    outside, wrong, good = outside_validator(), [], {}

    def validate(name, value, what):
        found = list(schemas.faults(value, known[name]))
        wrong.extend(f"{what}: {fault}" for fault in found[:5])
        if outside and bool(theirs := outside(value, known[name])) != bool(found):
            wrong.append(f"{what}: jsonschema finds {len(theirs)} faults, and this test {len(found)}: {theirs[:2]}")

    with tempfile.TemporaryDirectory() as temporary:
        for plan in ["examples/contoso_ai", *SOLVED, *WRITTEN]:
            folder = pathlib.Path(temporary, plan.replace("/", "_"))
            folder.mkdir()
            source = root / plan
            if source.is_dir():
                source = groma.copy_of(source, folder)
            else:
                source = groma.write(folder, {"plan.groma": (root / "tests/file" / (plan if "/" in plan else f"solve/{plan}")).with_suffix(".groma").read_text(encoding="utf-8")}) / "plan.groma"
            out = folder / "out"
            result = groma.run(binary, ["compile", "-q", "-o", out, source], folder)
            assert result.code == 0, f"{plan}: {result.text}"
            files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
            loaded = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in files.items() if path.suffix == ".json"}
            for name, value in loaded.items():
                if "/runtime/" in name:
                    continue  # a schema of reports, which tests/runtime holds against reports
                good.setdefault(pathlib.Path(name).stem, value)
                validate(pathlib.Path(name).stem, value, f"{plan}/{name}")
            hashes = {file["path"]: file["sha256"] for file in loaded["manifest.json"]["files"]}
            ours = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if name != "manifest.json"}
            assert hashes == ours, f"{plan}: the manifest does not have the hashes of the files"
            for name, lines in loaded["trace.json"]["files"].items():
                written = files[name].read_text(encoding="utf-8").splitlines()
                count = len(written)
                if not name.endswith(".json"):
                    told = {at for line in lines if line["because"] for at in range(line["line"], line.get("to", line["line"]) + 1)}
                    assert told >= {i for i, text in enumerate(written, 1) if text.strip()}, f"{plan}: no line of the plan is behind some lines of {name}"
                assert all(line.get("to", line["line"]) <= count for line in lines), f"{plan}: the trace leads beyond the end of {name}"
        for plan, day in STATUS:
            source = root / plan
            if not source.is_dir():
                source = groma.write(pathlib.Path(temporary, source.stem), {"plan.groma": source.read_text(encoding="utf-8")}) / "plan.groma"
            result = groma.run(binary, ["status", "-q", "--format", "json", *(["--at", day] if day else []), source], root)
            value = json.loads(result.out)
            good.setdefault("status", value)
            validate("status", value, f"the status of {plan}")
        hub = next(iter(sorted(pathlib.Path(temporary, "examples_contoso_ai/out").rglob("plan.json"))))
        spoke = groma.write(pathlib.Path(temporary, "spoke"), {"plan.groma": IMPORTING, "hub/plan.json": hub.read_text(encoding="utf-8")})
        result = groma.run(binary, ["check", "--no-solve", "plan.groma"], spoke)
        assert result.code == 0, f"the plan of contoso_ai cannot be imported:\n{result.text}"
    for name, spoil in SPOILT:
        value = copy.deepcopy(good[name])
        spoil(value)
        for validator in filter(None, [lambda v, s: list(schemas.faults(v, s)), outside]):
            assert validator(value, known[name]), f"a spoilt {name}.json is taken for a good one"
    if outside:
        readers.checked("jsonschema", "plan.json, trace.json and manifest.json against their schemas")
    print("\n".join(wrong) or f"{len(SOLVED) + len(WRITTEN) + 1} plans follow their schemas")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
