# SPDX-License-Identifier: Apache-2.0
"""Judges a folder of Bicep without its compiler: `bicep.check(folder)` gives what is wrong with it, as "file:line: text".

Each file is parsed by a grammar that others wrote. Bodies of resources are held against compiler/resources/schema, names have
to be declared and used, modules and files of parameters get what they ask for, and what Bicep's own linter would say of usual
texts is said here. `bicep.missing()` says why nothing can be judged here, and `bicep.resources(folder)` what was read. The grammar does not know `resourceInput<>`, spreads,
`extension`, and a `?` after an object type at the end of a line.
"""
import dataclasses
import pathlib
import sys

import azure_types
import bicep_file
import bicep_lint
import bicep_names
import bicep_tree
from azure_types import Value
from bicep_file import Declaration, File, Type
from bicep_tree import Node

missing = bicep_tree.missing
OWN = {"parent", "scope", "dependsOn"}


class Folder:
    def __init__(self, root: pathlib.Path, unchecked):
        self.root = root
        self.unchecked = unchecked
        self.out: list[str] = []
        self.files = {path.resolve(): bicep_file.read(path) for path in sorted(root.rglob("*.bicep"))}

    def say(self, file: File, line: int, text: str) -> None:
        self.out.append(f"{file.path.relative_to(self.root)}:{line}: {text}")

    def check(self) -> list[str]:
        for file in self.files.values():
            self.check_file(file)
        for path in sorted(self.root.rglob("*.bicepparam")):
            self.check_parameters(path)
        return sorted(set(self.out))

    def check_file(self, file: File) -> None:
        if file.scope not in azure_types.SCOPES:
            self.say(file, 1, f"there is no scope {file.scope}")
        for made in file.resources.values():
            self.check_resource(file, made)
        for made in file.modules.values():
            self.check_module(file, made)
        for made in (*file.params.values(), *file.vars.values()):
            if made.value is not None:
                self.check_kind(file, made, file.value(made.value))
        for made in file.outputs.values():
            if made.type.kind is None and made.node.first("type") is None:
                self.say(file, made.line, f"the output {made.name} has no type")
            self.check_kind(file, made, file.value(made.value))
        self.check_members(file)
        for line, text in (*bicep_names.Names(file).check(), *bicep_lint.check(file), *file.faults):
            self.say(file, line, text)

    # Resources

    def type_and_version(self, made: Declaration) -> tuple[str, str]:
        type_, _, version = made.what.partition("@")
        if made.parent is not None:
            above, above_version = self.type_and_version(made.parent)
            return f"{above}/{type_}", version or above_version
        return type_, version

    def check_resource(self, file: File, made: Declaration) -> None:
        type_, version = self.type_and_version(made)
        for child in made.children.values():
            self.check_resource(file, child)
        body = file.body_of(made)
        if body is None:
            self.say(file, made.line, f"{made.name} has no body")
            return
        value = file.value(body)
        own = {name: value.content.pop(name) for name in OWN if name in value.content}
        resource, why = azure_types.find(type_, version)
        if resource is None:
            if type_ not in self.unchecked:
                self.say(file, made.line, f"{made.name}: {why}")
            return

        def say(line: int, path: str, text: str) -> None:
            self.say(file, line or made.line, f"{made.name}: {path}: {text}")

        if made.is_existing:
            for name in value.content:
                if name != "name":
                    say(value.content[name].line, name, "an existing resource has only a name")
            if "name" not in value.content:
                say(made.line, "name", "is missing, and required")
            return
        bits = azure_types.SCOPES.get(file.scope, 0) | azure_types.EXTENSION
        if "scope" not in own and "parent" not in own and made.parent is None and not resource["scope"] & bits:
            self.say(file, made.line, f"{made.name}: {type_} cannot be deployed to a {file.scope}")
        if "scope" in own and not resource["scope"] & azure_types.EXTENSION and resource["scope"] & azure_types.SCOPES.get(file.scope, 0):
            self.say(file, made.line, f"{made.name}: {type_} belongs to where it is deployed, and takes no scope")
        is_nested = "parent" not in own and made.parent is None
        azure_types.check_resource(resource, value, say, is_nested)

    # Parameters, modules, outputs

    def check_kind(self, file: File, made: Declaration, value: Value) -> None:
        for text in unfit(made.type, value, made):
            self.say(file, value.line or made.line, f"{made.name}: {text}")

    def check_module(self, file: File, made: Declaration) -> None:
        if made.what.startswith(("br:", "br/", "ts:", "ts/")):
            return
        target = self.files.get((file.path.parent / made.what).resolve())
        if target is None:
            self.say(file, made.line, f"there is no file {made.what}")
            return
        body = file.body_of(made)
        value = file.value(body) if body is not None else Value("object", {})
        for name in value.content:
            if name not in ("name", "params", "scope", "dependsOn", "identity"):
                self.say(file, value.content[name].line, f"{made.name}: a module has no {name}")
        if "scope" not in value.content and target.scope != file.scope:
            self.say(file, made.line, f"{made.name}: {made.what} is for a {target.scope}, and this file for a {file.scope}; say which in `scope`")
        given = value.content.get("params", Value("object", {}, made.line))
        if given.kind == "object":
            self.check_arguments(file, made.name, target, given, made.line)

    def check_arguments(self, file: File, who: str, target: File, given: Value, line: int) -> None:
        for name, declared in target.params.items():
            if name not in given.content and declared.value is None and not declared.type.is_nullable and not given.is_open:
                self.say(file, line, f"{who}: the parameter {name} of {target.path.name} is missing")
        for name, value in given.content.items():
            if name not in target.params:
                self.say(file, value.line, f"{who}: {target.path.name} has no parameter {name}")
                continue
            for text in unfit(target.params[name].type, value, target.params[name]):
                self.say(file, value.line, f"{who}: the parameter {name} of {target.path.name}: {text}")

    def check_parameters(self, path: pathlib.Path) -> None:
        file, used = bicep_file.read_parameters(path)
        for line, text in file.faults:
            self.say(file, line, text)
        if used is None:
            self.say(file, 1, "a file of parameters begins with `using`")
            return
        target = self.files.get((path.parent / used).resolve())
        if target is None:
            self.say(file, 1, f"there is no file {used}")
            return
        rows = path.read_text(encoding="utf-8").splitlines()
        given = {name: one for name, one in file.vars.items() if rows[one.line - 1].lstrip().startswith("param")}
        values = {name: file.value(one.value) for name, one in given.items()}
        self.check_arguments(file, "it", target, Value("object", values, 1), 1)
        for line, text in bicep_names.Names(file).check():
            if not any(f"variable {name} is not used" in text for name in given):
                self.say(file, line, text)

    # What expressions take from resources and modules

    def check_members(self, file: File) -> None:
        # A function of a resource, such as listKeys, is no property.
        called = {id(one.fields["function"]) for one in file.root.walk() if one.kind == "call_expression"}
        for node in file.root.walk():
            if node.kind != "member_expression" or id(node) in called:
                continue
            owner, name = node.fields["object"], node.fields["property"].text
            symbol, is_indexed = owner, False
            if owner.kind == "subscript_expression":
                symbol, is_indexed = owner.fields["object"], True
            if symbol.kind == "identifier":
                made = file.modules.get(symbol.text) or file.resources.get(symbol.text)
                if made is not None and made.is_loop != is_indexed:
                    self.say(file, node.line, f"{made.name} is {'a list, and needs an index' if made.is_loop else 'no list'}")
                elif made is not None and made.name in file.modules and name not in ("outputs", "name"):
                    self.say(file, node.line, f"a module has no {name}")
                elif made is not None and made.name in file.resources:
                    self.check_property(file, made, node)
            elif symbol.kind == "member_expression" and symbol.fields["property"].text == "outputs":
                self.check_output(file, symbol.fields["object"], name, node.line)

    def check_output(self, file: File, owner: Node, name: str, line: int) -> None:
        symbol = owner.fields["object"] if owner.kind == "subscript_expression" else owner
        made = file.modules.get(symbol.text)
        target = made and self.files.get((file.path.parent / made.what).resolve())
        if target is not None and name not in target.outputs:
            self.say(file, line, f"{made.what} has no output {name}")

    def check_property(self, file: File, made: Declaration, node: Node) -> None:
        resource = azure_types.find(*self.type_and_version(made))[0]
        name = node.fields["property"].text
        if resource is None:
            return
        fields = azure_types.tables()[1][resource["body"]]["p"]
        if name not in fields and name not in ("id", "name", "type", "apiVersion"):
            self.say(file, node.line, f"{made.name} has no property {name}")


def unfit(type_: Type, value: Value, declared: Declaration | None = None) -> list[str]:
    """Why a value is not of a declared type."""
    if value.kind == "either":
        return [text for one in value.content for text in unfit(type_, one, declared)]
    has = value.content if value.kind == "open" else value.kind
    if has == "null" or has is None or type_.kind is None:
        return []
    if has != type_.kind:
        return [f"a value of type {has} where {type_.kind} is declared"]
    out = []
    if type_.words and value.kind == type_.kind and value.content not in type_.words:
        out.append(f"{azure_types.shown(value)} is none of {', '.join(map(str, type_.words))}")
    if type_.fields and value.kind == "object":
        for name, field in type_.fields.items():
            if name in value.content:
                out += [f"{name}: {text}" for text in unfit(field, value.content[name])]
            elif not field.is_nullable and not value.is_open:
                out.append(f"the field {name} is missing")
        out += [f"there is no field {name}" for name in value.content if name not in type_.fields]
    if type_.item is not None and value.kind == "array":
        out += [text for one in value.content for text in unfit(type_.item, one)]
    return out + (undecorated(value, declared) if declared is not None else [])


def undecorated(value: Value, declared: Declaration) -> list[str]:
    """Why a literal does not fit what the decorators of its parameter say."""
    def argument(name: str):
        call = declared.decorators.get(name)
        inner = call.fields["arguments"].named if call is not None else []
        return inner[0] if inner else None

    out = []
    allowed = argument("allowed")
    if allowed is not None and value.kind in ("string", "int"):
        words = [bicep_file.text_of(one) if one.kind == "string" else int(one.text) for one in allowed.named if one.kind in ("string", "number")]
        if value.content not in words:
            out.append(f"{azure_types.shown(value)} is none of {', '.join(map(str, words))}")
    sizes = {"int": ("minValue", "maxValue"), "string": ("minLength", "maxLength"), "array": ("minLength", "maxLength")}.get(value.kind)
    if sizes is None or value.is_open:
        return out
    size = value.content if value.kind == "int" else len(value.content)
    for name, is_bad in zip(sizes, (lambda limit: size < limit, lambda limit: size > limit)):
        limit = argument(name)
        if limit is not None and limit.kind == "number" and is_bad(int(limit.text)):
            out.append(f"{size} where @{name}({limit.text}) is declared")
    return out


@dataclasses.dataclass
class Resource:
    file: str
    symbol: str
    type: str
    version: str
    value: Value
    is_existing: bool
    is_loop: bool


def resources(folder) -> list[Resource]:
    """Every resource of a folder with what is known of its body, for whoever compares it with another text."""
    read, out = Folder(pathlib.Path(folder), ()), []

    def add(file: File, made: Declaration) -> None:
        type_, version = read.type_and_version(made)
        value = file.value(file.body_of(made))
        out.append(Resource(str(file.path.relative_to(folder)), made.name, type_, version, value, made.is_existing, made.is_loop))
        for child in made.children.values():
            add(file, child)

    for file in read.files.values():
        for made in file.resources.values():
            add(file, made)
    return out


def check(folder, unchecked=()) -> list[str]:
    """`unchecked` has the types that a plan named itself, which no table knows."""
    return Folder(pathlib.Path(folder), unchecked).check()


if __name__ == "__main__":
    sys.exit(missing() or "\n".join(check(sys.argv[1])))
