#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Faults in what groma writes for Azure are refused: for each type of resource and each language, a required property that is
deleted, a name misspelt, a word that is not on the list, and a number out of range.

Usage: azure_refused_test.py GROMA ROOT

Plans are taken until no type of those that groma writes is left; one that adds no type is skipped.
"""
import json
import pathlib
import sys
import tempfile

import azure_faults
import azure_plans
import bicep
import groma
import terraform

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402


def types_of(template: dict) -> set[str]:
    return {type_ for type_, _ in azure_faults.arm_resources(template)}


def main() -> int:
    binary, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    for name, why in (("tree-sitter-bicep", bicep.missing()), ("terraform", terraform.missing())):
        if why:
            return readers.skipped(name, why)
    seen: set[str] = set()
    spoiled = {target: set() for target in azure_plans.TARGETS}
    taken = []
    for case in azure_plans.cases(root):
        if case.version != "4":
            continue
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "plan.groma").write_text(case.text, encoding="utf-8")
            groma.run(binary, ["compile", "-q", "-o", "out", "plan.groma"], folder)
            out = pathlib.Path(folder, "out")
            for file in sorted(out.glob("arm/**/main.json")):
                types = types_of(json.loads(file.read_text(encoding="utf-8")))
                if types <= seen:
                    continue
                seen |= types
                part = file.parent.relative_to(out / "arm")
                root_module = out / "terraform" / part
                for target, report in (("arm", azure_faults.arm_taken(file)),
                                       ("bicep", azure_faults.bicep_taken(out / "bicep" / part)),
                                       ("terraform", azure_faults.terraform_taken(root_module, "4", azure_plans.given(root_module)))):
                    spoiled[target] |= report.spoiled
                    taken += [f"{case.name}: {target}: {text}" for text in report.taken]
    for target, faults in spoiled.items():
        print(f"{target}: {len(faults)} faults in {len({type_ for type_, _ in faults})} types")
    for text in taken[:40]:
        print(text)
    return 1 if taken or any(len(faults) < 100 for faults in spoiled.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
