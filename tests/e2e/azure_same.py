# SPDX-License-Identifier: Apache-2.0
"""Holds what Terraform planned against the ARM template of the same plan: one set of resources, and the same values in them.

    azure_same.differences(template, checked.resources) -> list[str]

The two are brought together by the spellings that groma's build prints (GROMA_SPELLINGS names the program).
"""
import collections
import functools
import json
import os
import pathlib
import re
import subprocess

from terraform import UNKNOWN

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("GROMA_SPELLINGS", str(ROOT / "build/release/bin/spelling_check"))


@functools.lru_cache(1)
def spellings() -> dict:
    lines = subprocess.run([PROGRAM, "--print"], check=True, capture_output=True, text=True).stdout.splitlines()
    found = collections.defaultdict(list)
    for one in map(json.loads, lines):
        found[one["type"]].append(one)
    return found


def literal(value):
    """What a text of a template means; None if it is worked out when it is deployed."""
    if isinstance(value, str) and value.startswith("["):
        return value[1:] if value.startswith("[[") else None
    return value


def last_name(name: str) -> str | None:
    found = re.findall(r"'((?:[^']|'')*)'\)?\]$", name) if name.startswith("[") else [name]
    return found[-1].replace("''", "'") if found else None


def arm_resources(template: dict):
    """(spelling's type, name, body) of everything, also of what lies inside another resource."""
    for one in template.get("resources", []):
        if one["type"] == "Microsoft.Resources/deployments":
            yield from arm_resources(one["properties"]["template"])
            continue
        yield one["type"], last_name(one["name"]), one
        for type_, forms in spellings().items():
            inside = forms[0]["inside"]
            if inside is None or type_.rpartition("/")[0] != one["type"]:
                continue
            for _, inner in values_at(one, inside + "[]"):
                yield type_, literal(inner["name"]), inner


def values_at(body, path: str):
    """Every value at the path; `[]` stands for each element."""
    steps = path.split(".")

    def go(value, at):
        if at == len(steps):
            yield at, value
            return
        step, is_list = steps[at].removesuffix("[]"), steps[at].endswith("[]")
        if not isinstance(value, dict) or step not in value:
            return
        inner = value[step]
        for one in inner if is_list and isinstance(inner, list) else [inner]:
            yield from go(one, at + 1)

    yield from go(body, 0)


def planned_at(values, path: str):
    """Every value at the path in what Terraform planned, where each block is a list."""
    found = [values]
    for step in path.split("."):
        step = step.removesuffix("[]")
        inner = [one[step] for one in found if isinstance(one, dict) and one.get(step) is not None]
        found = [part for one in inner for part in (one if isinstance(one, list) and one and isinstance(one[0], dict) else [one])]
    return found


def converted(field: dict, value):
    rule = field["rule"]
    if value is None:
        return None
    if rule == "enabled":
        return value == "Enabled"
    if rule == "not":
        return not value
    if rule == "number":
        return int(value)
    if rule == "list":
        return [value]
    if rule == "first":
        return literal(value[0])
    if rule in ("gibibytes", "tebibytes"):
        return value // (2**30 if rule == "gibibytes" else 2**40)
    for pair in (field["words"] or "").split("|"):
        arm, _, azurerm = pair.partition("=")
        if arm == value and azurerm:
            return azurerm
    return value


def is_same(left, right) -> bool:
    """What is only known later is the same as anything that is there."""
    if left is None or right == UNKNOWN:
        return True
    if isinstance(left, dict) and isinstance(right, list):
        # Ids of identities, which ARM has as keys.
        left = list(left)
    if isinstance(left, list) and isinstance(right, list):
        known = [one for one in left if literal(one) is not None]
        if len(left) != len(right):
            return False
        rest = [str(one) for one in right]
        for one in known:
            if str(literal(one)) in rest:
                rest.remove(str(literal(one)))
            elif UNKNOWN not in rest:
                return False
        return True
    if isinstance(left, dict) and isinstance(right, dict):
        return set(left) == set(right) and all(is_same(literal(left[name]), right[name]) for name in left)
    return str(left).lower() == str(right).lower()


def unlike(form: dict, body: dict, values: dict) -> list[str]:
    """The fields in which the two differ."""
    wrong = []
    for field in form["fields"]:
        if field["arm"] is None or field["azurerm"] is None or field["rule"] in ("association", "result", "only", "block", "name"):
            continue
        said = [converted(field, literal(value)) for _, value in values_at(body, field["arm"])]
        planned = planned_at(values, field["azurerm"])
        if len(said) == 1 and isinstance(said[0], (dict, list)) and len(planned) != 1:
            planned = [planned]
        for one in said:
            match = next((other for other in planned if is_same(one, other)), None)
            if match is None:
                wrong.append(f"{field['arm']} is {json.dumps(one)[:60]}, and {field['azurerm']} is {json.dumps(planned)[:60]}")
            else:
                planned.remove(match)
    return wrong


def differences(template: dict, planned: list) -> list[str]:
    wrong = []
    left = collections.Counter(one.type for one in planned if one.mode == "managed")
    for type_, name, body in arm_resources(template):
        forms = [form for form in spellings().get(type_, []) if form["azurerm"] is not None]
        candidates = [(form, one) for form in forms for one in planned
                      if one.type == form["azurerm"] and one.mode == "managed"
                      and (form["in_parent"] or not form["has_name"] or name is None or one.values.get("name") in (name, UNKNOWN, None))]
        known = {one.values.get("name") for one in planned if one.type == "azapi_resource"}
        # What azurerm does not have, and what a plan writes itself.
        if not forms or (not candidates and name in known):
            if name is not None and name not in known:
                wrong.append(f"{type_} {name} is in ARM alone")
            left["azapi_resource"] -= 1
            continue
        if not candidates:
            wrong.append(f"{type_} {name} is in ARM alone")
            continue
        if not candidates[0][0]["in_parent"]:
            left[candidates[0][1].type] -= 1
        found = min((unlike(form, body, one.values) for form, one in candidates), key=len)
        wrong += [f"{type_} {name}: {text}" for text in found]
    # Azure takes no template of what is there from the start.
    ties = re.compile(r"_association$|^azapi_update_resource$")
    wrong += [f"{count} {type_} more in Terraform than in ARM" for type_, count in sorted(left.items())
              if count != 0 and not ties.search(type_)]
    return wrong
