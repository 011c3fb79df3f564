# SPDX-License-Identifier: Apache-2.0
"""Puts faults into what was written for Azure, and tells which of them nobody refuses.

    azure_faults.terraform_taken(folder)     azure_faults.bicep_taken(folder)     azure_faults.arm_taken(file)

Each spoils every resource in each of FAULTS, as far as it has something to spoil, and gives a Report: what was spoiled, as
{(type, fault)}, and what was taken all the same, as texts. A folder with every type in it so shows that each is judged.
"""
import copy
import dataclasses
import json
import pathlib
import re
import shutil
import tempfile

import arm
import azure_types
import bicep
import terraform
from azure_types import Value

# A required property is deleted, a name misspelt, a word not on the list, a number out of range.
FAULTS = ("required", "misspelt", "enum", "range")
WRONG = "NoSuchWord"


@dataclasses.dataclass
class Report:
    spoiled: set = dataclasses.field(default_factory=set)
    taken: list[str] = dataclasses.field(default_factory=list)

    def note(self, fault: str, spoiled: dict, refused) -> None:
        """`spoiled` is {where: type}."""
        self.spoiled.update((type_, fault) for type_ in spoiled.values())
        self.taken += [f"{fault}: {type_} at {where} was taken" for where, type_ in sorted(spoiled.items(), key=str) if where not in refused]


def outside(limits) -> int | None:
    """A number beyond the bounds, if there are any."""
    least, most = limits
    return most + 1 if most is not None else least - 1 if least is not None else None


# Terraform: a line of a block is an attribute, and its path is that of the blocks around it.


def terraform_lines(lines: list[str]):
    """Every one-line attribute of each resource: (line of the resource, type, line, path, name, text of the value)."""
    begin, type_, path, depth = 0, None, [], 0
    for i, row in enumerate(lines):
        head = re.match(r'resource "(\w+)" ', row)
        if head:
            begin, type_, path, depth = i, head[1], [], 0
        elif row == "}":
            type_ = None
        elif type_ is None:
            continue
        elif depth:
            depth += sum(map(row.count, "([{")) - sum(map(row.count, ")]}"))
        elif block := re.fullmatch(r'\s+(?:dynamic "(\w+)"|(\w+)) \{', row):
            path = [*path, "" if block[2] == "content" else block[1] or block[2]]
        elif row.strip() == "}":
            path = path[:-1]
        elif attribute := re.fullmatch(r"\s+(\w+)\s*= (.*)", row):
            depth = sum(map(attribute[2].count, "([{")) - sum(map(attribute[2].count, ")]}"))
            if not depth and not attribute[2].startswith("<<"):
                yield begin, type_, i, [one for one in path if one], attribute[1], attribute[2]


def terraform_spoilt(table: dict, path: list[str], name: str, value: str, fault: str) -> str | None:
    """What stands there instead of the value, "" to delete the line, None if there is nothing to spoil."""
    block = table
    for word in path:
        if word in block["b"]:
            block = block["b"][word][3]
        elif word in block["a"] and block["a"][word][0][0] in ("list", "set") and block["a"][word][0][1][0] == "object":
            # An attribute that is written as a block.
            block = {"a": {field: [type_, "o"] for field, type_ in block["a"][word][0][1][1].items()}, "b": {}}
        else:
            return None
    if name not in block["a"]:
        return None
    rule = table["rules"].get(".".join([*path, name]), {})
    if fault == "required":
        return "" if "r" in block["a"][name][1] else None
    if fault == "misspelt":
        return value
    if fault == "enum":
        return f'"{WRONG}"' if "enum" in rule and "is" not in rule and "pattern" not in rule and value.startswith('"') else None
    beyond = outside(rule["range"]) if "range" in rule and re.fullmatch(r"-?\d+", value) else None
    return None if beyond is None else str(beyond)


def terraform_taken(folder, version: str = "4", variables: dict | None = None) -> Report:
    tables = {}
    for _, file in terraform.PROVIDERS[version].values():
        for row in map(json.loads, (terraform.TABLES / file).read_text(encoding="utf-8").splitlines()):
            tables[row.get("type")] = row
    report = Report()
    texts = {path.relative_to(folder): path.read_text(encoding="utf-8").splitlines() for path in pathlib.Path(folder).rglob("*.tf")}
    # The tenant has a root of its own, which is judged by itself.
    texts = {path: lines for path, lines in texts.items() if path.parts[0] != "tenant"}
    for fault in FAULTS:
        open_ones = {}
        for path, lines in texts.items():
            for begin, type_, i, blocks, name, value in terraform_lines(lines):
                instead = terraform_spoilt(tables[type_], blocks, name, value, fault) if type_ in tables else None
                if instead is not None and (str(path), begin) not in open_ones:
                    row = "" if not instead else lines[i].replace(name, f"{name}x", 1) if fault == "misspelt" else lines[i].replace(f"= {value}", f"= {instead}")
                    open_ones[str(path), begin] = (type_, i, row)
        spoiled, refused = {where: one[0] for where, one in open_ones.items()}, set()
        # What depends on what was refused is not judged, so that has to be right in the next round.
        while open_ones:
            found = terraform_refused(folder, texts, open_ones, version, variables)
            if not found:
                break
            refused |= found
            open_ones = {where: one for where, one in open_ones.items() if where not in found}
        report.note(fault, spoiled, refused)
    return report


def terraform_refused(folder, texts: dict, spoiled: dict, version: str, variables) -> set:
    with tempfile.TemporaryDirectory() as room:
        work = pathlib.Path(room, "it")
        shutil.copytree(folder, work)
        for path, lines in texts.items():
            rows = list(lines)
            for (file, _), (_, i, row) in spoiled.items():
                if file == str(path):
                    rows[i] = row
            (work / path).write_text("\n".join(rows) + "\n", encoding="utf-8")
        complaints = terraform.check(work, version, variables, is_quick=True).complaints
    out = set()
    for file, line in re.findall(r"^validate: ([^:\n]+):(\d+): ", "\n".join(complaints), re.M):
        before = [begin for where, begin in spoiled if where == file and begin < int(line)]
        if before:
            out.add((file, max(before)))
    return out


# Bicep and ARM: a value is spoiled along its type.


def places(type_name: str, value: Value, fault: str, path: tuple = ()):
    """Where a value can be spoiled: (path of names and numbers, what stands there instead). None deletes, `misspelt` renames."""
    types = azure_types.tables()[1]
    type_ = types[type_name]
    if value.kind == "array" and type_["t"] == "a":
        for i, one in enumerate(value.content):
            yield from places(type_["i"], one, fault, (*path, i))
    elif value.kind == "object" and type_["t"] in "od":
        case = value.content.get(type_.get("k"))
        more = types[type_["e"][case.content]]["p"] if case is not None and case.content in type_.get("e", {}) else {}
        for name, (inner, flags) in {**type_["p"], **more}.items():
            given = value.content.get(name)
            if given is None or not inner or flags & azure_types.READ_ONLY:
                continue
            if fault == "required" and flags & azure_types.REQUIRED and not value.is_open:
                yield (*path, name), None
            if fault == "misspelt" and not type_.get("ap"):
                yield (*path, name), WRONG
            yield from places(inner, given, fault, (*path, name))
    elif fault == "enum" and type_["t"] == "e" and value.kind == "string" and not azure_types.is_catalogue(type_):
        yield path, WRONG
    elif fault == "range" and type_["t"] == "i" and value.kind == "int":
        beyond = outside((type_.get("min"), type_.get("max")))
        if beyond is not None:
            yield path, beyond


def best(found: list):
    """The deepest, for what is at the top of every resource says little."""
    return max(found, key=lambda one: len(one[0]), default=None)


def node_at(node, path: tuple):
    """The property, or element, of an object that stands in the text there; None where a name stands for it."""
    for step in path:
        value = node.named[-1] if node.kind == "object_property" else node
        if value.kind == "for_statement":
            node = value.fields["body"]
            node = node.first("object") if node.kind == "if_statement" else node
        elif value.kind == "array" and isinstance(step, int):
            inner = [one for one in value.named if one.kind != "decorators"]
            node = inner[step] if step < len(inner) else None
        elif value.kind == "object":
            node = next((one for one in value.named if one.kind == "object_property" and one.named[0].text.strip("'") == step), None)
        else:
            node = None
        if node is None:
            return None
    return node


def bicep_edit(body, path: tuple, instead, fault: str):
    """(start, end, text) of what has to change in the file."""
    node = node_at(body, path)
    if node is None:
        return None
    if fault == "required":
        return node.start, node.end, ""
    if fault == "misspelt":
        return node.named[0].start, node.named[0].end, WRONG
    value = node.named[-1] if node.kind == "object_property" else node
    if value.kind not in ("string", "number"):
        return None
    return value.start, value.end, f"'{instead}'" if fault == "enum" else str(instead)


def bicep_taken(folder) -> Report:
    report = Report()
    read = bicep.Folder(pathlib.Path(folder), ())
    for fault in FAULTS:
        spoiled, edits = {}, {}
        for path, file in read.files.items():
            for made in file.resources.values():
                resource = azure_types.find(*read.type_and_version(made))[0]
                body = file.body_of(made)
                if resource is None or made.is_existing or body is None:
                    continue
                found = sorted(places(resource["body"], file.value(body), fault), key=lambda one: -len(one[0]))
                edit = next(filter(None, (bicep_edit(body, *one, fault) for one in found)), None)
                if edit is not None:
                    spoiled[str(file.path.relative_to(folder)), made.name] = resource["type"]
                    edits.setdefault(file.path.relative_to(folder), []).append(edit)
        with tempfile.TemporaryDirectory() as room:
            work = pathlib.Path(room, "it")
            shutil.copytree(folder, work)
            for path, changes in edits.items():
                text = (work / path).read_bytes()
                for start, end, instead in sorted(changes, reverse=True):
                    text = text[:start] + instead.encode() + text[end:]
                (work / path).write_bytes(text)
            complaints = "\n".join(bicep.check(work))
        refused = {where for where in spoiled if re.search(rf"^{re.escape(where[0])}:\d+: {re.escape(where[1])}: ", complaints, re.M)}
        report.note(fault, spoiled, refused)
    return report


def arm_resources(template: dict, parent: str = ""):
    """Every resource, also those inside of other resources and templates: (type, resource)."""
    given = template.get("resources", [])
    for one in given.values() if isinstance(given, dict) else given:
        type_ = f"{parent}/{one['type']}" if parent else one["type"]
        yield type_, one
        yield from arm_resources(one, type_)
        yield from arm_resources(one.get("properties", {}).get("template") or {})


def arm_taken(file) -> Report:
    report = Report()
    good = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
    for fault in FAULTS:
        template = copy.deepcopy(good)
        reader, spoiled = arm.Template(template, "", [], ()), {}
        for type_, resource in arm_resources(template):
            found = azure_types.find(type_, str(resource.get("apiVersion")))[0]
            if found is None or type_ == "Microsoft.Resources/deployments" or resource.get("existing"):
                continue
            chosen = best([one for one in places(found["body"], reader.value_of(resource), fault) if in_text(resource, one[0])])
            if chosen is not None:
                spoiled[f"{type_} {resource.get('name')}"] = type_
                spoil_json(resource, *chosen, fault)
        with tempfile.TemporaryDirectory() as room:
            path = pathlib.Path(room, "main.json")
            path.write_text(json.dumps(template), encoding="utf-8")
            complaints = arm.check(path)
        refused = {where for where in spoiled if any(f"{where}: " in text or (fault in ("required", "misspelt") and where.split()[0] in text) for text in complaints)}
        report.note(fault, spoiled, refused)
    return report


def in_text(value, path: tuple) -> bool:
    """Whether it stands there as such: what a loop makes does not."""
    for step in path:
        if isinstance(value, dict) and step in value or isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return False
    return True


def spoil_json(value, path: tuple, instead, fault: str) -> None:
    for step in path[:-1]:
        value = value[step]
    if fault == "required":
        del value[path[-1]]
    elif fault == "misspelt":
        value[WRONG] = value.pop(path[-1])
    else:
        value[path[-1]] = instead
