#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What groma writes for Azure is what Azure takes, says the same in every language, and leads back to the plan line by line.

Usage: azure_test.py GROMA ROOT

Bicep and ARM are held against the tables of what Azure takes; Terraform is read, planned, applied and planned again by the
real one, where it is found, with a provider that knows the same tables.
"""
import collections
import json
import pathlib
import re
import sys
import tempfile

import arm
import azure_plans
import azure_same
import bicep
import groma
import terraform
from azure_types import Value

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402

# What stands outside of a body, and what only orders deployment.
AROUND = {"type", "apiVersion", "name", "comments", "dependsOn", "scope", "parent"}


def plain(value: Value):
    """A body as data; what is known only when it is deployed is None."""
    if value.kind == "object":
        return {name: plain(one) for name, one in sorted(value.content.items())}
    if value.kind == "array":
        return [plain(one) for one in value.content]
    return None if value.kind in ("open", "either") else value.content


def of_arm(given):
    if isinstance(given, str):
        if given.startswith("[["):
            return given[1:]
        return None if given.startswith("[") else given
    if isinstance(given, dict):
        # A key that is worked out, such as the id of an identity, is not to be seen in Bicep either.
        return {name: of_arm(one) for name, one in sorted(given.items()) if of_arm(name) is not None}
    return [of_arm(one) for one in given] if isinstance(given, list) else given


def arm_bodies(template: dict) -> collections.Counter:
    found = collections.Counter()
    for one in template.get("resources", []):
        if one["type"] == "Microsoft.Resources/deployments":
            found += arm_bodies(one["properties"]["template"])
            continue
        body = {name: of_arm(value) for name, value in one.items() if name not in AROUND}
        found[f"{one['type']}@{one['apiVersion']} {json.dumps(body, sort_keys=True)}"] += 1
    return found


def bicep_bodies(folder: pathlib.Path) -> collections.Counter:
    found = collections.Counter()
    for one in bicep.resources(folder):
        # What is in the tenant has a template of its own.
        if one.is_existing or one.file.startswith("tenant/"):
            continue
        body = {name: value for name, value in plain(one.value).items() if name not in AROUND}
        found[f"{one.type}@{one.version} {json.dumps(body, sort_keys=True)}"] += 1
    return found


def untraced(out: pathlib.Path) -> list[str]:
    """Lines of what was written that no line of the plan is behind."""
    trace = json.loads((out / "trace.json").read_text(encoding="utf-8"))["files"]
    wrong = []
    for target in azure_plans.TARGETS:
        for path in sorted((out / target).rglob("*")):
            if not path.is_file():
                continue
            name = str(path.relative_to(out))
            known = {line for one in trace.get(name, []) for line in range(one["line"], one.get("to", one["line"]) + 1) if any(not at.startswith("stdlib/") for at in one["because"])}
            lines = path.read_text(encoding="utf-8").splitlines()
            wrong += [f"{name}:{number}: nothing of the plan is behind `{line.strip()}`"
                      for number, line in enumerate(lines, 1) if line.strip() and number not in known]
    return wrong


def judged(case: azure_plans.Case, out: pathlib.Path, checks_bicep: bool, checks_terraform: bool) -> list[str]:
    wrong = untraced(out)
    # What the plan itself names.
    raw = set(re.findall(r'"(Microsoft\.[^"@]+)', case.text))
    for file in sorted(out.glob("arm/**/main.json")):
        wrong += [f"arm: {text}" for text in arm.check(file, raw)]
        folder = out / "bicep" / file.parent.relative_to(out / "arm")
        if not checks_bicep:
            continue
        wrong += [f"bicep: {text}" for text in bicep.check(folder, raw)]
        left, right = arm_bodies(json.loads(file.read_text(encoding="utf-8"))), bicep_bodies(folder)
        wrong += [f"arm says and bicep does not: {one[:300]}" for one in left - right]
        wrong += [f"bicep says and arm does not: {one[:300]}" for one in right - left]
    if not checks_terraform:
        return wrong
    for file in sorted(out.glob("terraform/**/versions.tf")):
        if "modules" not in file.parts:
            checked = terraform.check(file.parent, case.version, variables=azure_plans.given(file.parent), unchecked=raw)
            wrong += [f"terraform: {text}" for text in checked.complaints]
            template = out / "arm" / file.parent.relative_to(out / "terraform") / "main.json"
            if not checked.complaints and case.version == "4":
                wrong += [f"arm and terraform differ: {text}" for text in
                          azure_same.differences(json.loads(template.read_text(encoding="utf-8")), checked.resources)]
    return wrong


def main() -> int:
    binary, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    no_bicep, no_terraform = bicep.missing(), terraform.missing()
    wrong, count = [], 0
    for case in azure_plans.cases(root):
        with tempfile.TemporaryDirectory() as folder:
            plan = pathlib.Path(folder) / "plan.groma"
            plan.write_text(case.text, encoding="utf-8")
            run = groma.run(binary, ["compile", "-q", "-o", "out", "plan.groma"], folder)
            if run.code != 0:
                wrong.append(f"{case.name}: groma ended with {run.code}: {run.text[:300]}")
                continue
            count += 1
            wrong += [f"{case.name}: {text}" for text in judged(case, pathlib.Path(folder) / "out", not no_bicep, not no_terraform)]
    print(f"{count} plans judged")
    for text in wrong[:60]:
        print(text)
    if wrong:
        return 1
    code = 0
    for name, why in (("tree-sitter-bicep", no_bicep), ("terraform", no_terraform)):
        if why:
            code = readers.skipped(name, why)
        else:
            readers.checked(name, f"what {count} plans have in Azure")
    return code


if __name__ == "__main__":
    sys.exit(main())
