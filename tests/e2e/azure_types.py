# SPDX-License-Identifier: Apache-2.0
"""Holds bodies of resources against compiler/resources/schema/arm.jsonl, whatever language they were written in.

A reader of a language makes a `Value` of what stands there; `check_resource` says what Azure would refuse of it.
"""
import dataclasses
import functools
import json
import pathlib
import re

TABLE = pathlib.Path(__file__).resolve().parents[2] / "compiler/resources/schema/arm.jsonl"
REQUIRED, READ_ONLY = 1, 2
TENANT, MANAGEMENT_GROUP, SUBSCRIPTION, RESOURCE_GROUP, EXTENSION = 1, 2, 4, 8, 16
SCOPES = {"tenant": TENANT, "managementGroup": MANAGEMENT_GROUP, "subscription": SUBSCRIPTION, "resourceGroup": RESOURCE_GROUP}
WORDS = {"s": "string", "i": "int", "b": "bool", "a": "array", "o": "object", "d": "object", "e": "string"}


@dataclasses.dataclass
class Value:
    """What stands in a text. Its kind is string, int, bool, null, object, array, float, either or open.

    `content` is the literal, {name: Value}, [Value], the Values of an `either`, or the kind that an `open` one is going to
    have, None if that cannot be told. An object or array that `is_open` may have more than is seen here."""
    kind: str
    content: object = None
    line: int = 0
    is_open: bool = False


def of_json(value, line: int = 0) -> Value:
    """Of plain data, in which every text means itself."""
    if isinstance(value, dict):
        return Value("object", {name: of_json(one, line) for name, one in value.items()}, line)
    if isinstance(value, list):
        return Value("array", [of_json(one, line) for one in value], line)
    for kind, type_ in (("bool", bool), ("int", int), ("float", float), ("string", str)):
        if isinstance(value, type_):
            return Value(kind, value, line)
    return Value("null", None, line)


def shown(value: Value) -> str:
    return f"a value that is {value.kind}" if value.kind in ("object", "array") else json.dumps(value.content, ensure_ascii=False)[:80]


@functools.lru_cache(1)
def tables() -> tuple[dict, dict]:
    """The resources by lower-case type, and the types."""
    resources, types = {}, {}
    with TABLE.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            if "id" in row:
                types[row["id"]] = row
            elif "type" in row:
                resources[row["type"].lower()] = row
    return resources, types


def is_catalogue(type_: dict) -> bool:
    """Whether a list of words is known to be behind: the sizes of machines, of which new ones come every month."""
    return bool(type_.get("open")) and len(type_["v"]) > 100


class Checker:
    """Collects what is wrong; `say(line, path, text)`."""

    def __init__(self, say):
        self.types = tables()[1]
        self.say = say

    def check(self, name: str, value: Value, path: str) -> None:
        """`value` at `path` should be of the type of that name."""
        type_ = self.types[name]
        kind = type_["t"]
        if value.kind == "either":
            for one in value.content:
                self.check(name, one, path)
        elif kind == "any" or value.kind == "null":
            pass
        elif value.kind == "open":
            wanted = {"string", "int", "bool"} if kind == "e" else {WORDS[kind]}
            if value.content is not None and value.content not in wanted:
                self.say(value.line, path, f"a value of type {value.content} where {' or '.join(sorted(wanted))} is needed")
        elif kind == "e":
            self.check_word(type_, value, path)
        elif value.kind != WORDS[kind]:
            self.say(value.line, path, f"{shown(value)} where {WORDS[kind]} is needed")
        elif kind in "od":
            self.check_object(type_, value, path)
        elif kind != "b":
            self.check_size(type_, value, path)

    def check_word(self, type_: dict, value: Value, path: str) -> None:
        # An open list of words takes others too, and who writes others has most likely mistyped one.
        if is_catalogue(type_) and value.kind == "string":
            return
        if value.content not in type_["v"] or isinstance(value.content, (dict, list)):
            self.say(value.line, path, f"{shown(value)} is none of {', '.join(map(str, type_['v']))}")

    def check_size(self, type_: dict, value: Value, path: str) -> None:
        size = value.content if type_["t"] == "i" else len(value.content)
        unit = {"s": " characters", "a": " elements"}.get(type_["t"], "")
        if size < type_.get("min", size) and not value.is_open:
            self.say(value.line, path, f"{shown(value)}: {size}{unit} where at least {type_['min']} are needed")
        if size > type_.get("max", size):
            self.say(value.line, path, f"{shown(value)}: {size}{unit} where at most {type_['max']} are possible")
        if "re" in type_ and not re.search(type_["re"], value.content):
            self.say(value.line, path, f"{shown(value)} does not match {type_['re']}")
        if type_.get("sec") and value.kind == "string":
            self.say(value.line, path, "is a secret, and stands here for all to read")
        if type_["t"] == "a":
            for i, one in enumerate(value.content):
                self.check(type_["i"], one, f"{path}[{i}]")

    def fields_of(self, type_: dict, value: Value, path: str) -> tuple[dict, str | None] | None:
        """The fields that an object may have, and the type of all others."""
        if type_["t"] == "o":
            return type_["p"], type_.get("ap")
        chosen = value.content.get(type_["k"])
        if chosen is None:
            if not value.is_open:
                self.say(value.line, f"{path}.{type_['k']}", f"is missing; one of {', '.join(type_['e'])} is needed")
            return None
        if chosen.kind != "string":
            return None
        if chosen.content not in type_["e"]:
            self.say(chosen.line, f"{path}.{type_['k']}", f"{shown(chosen)} is none of {', '.join(type_['e'])}")
            return None
        case = self.types[type_["e"][chosen.content]]
        return {**type_["p"], **case["p"]}, case.get("ap")

    def check_object(self, type_: dict, value: Value, path: str) -> None:
        found = self.fields_of(type_, value, path)
        if found is None:
            return
        fields, others = found
        for name, (inner, flags) in fields.items():
            given = value.content.get(name)
            if flags & REQUIRED and not flags & READ_ONLY and (given is None or given.kind == "null") and not value.is_open:
                self.say((given or value).line, f"{path}.{name}".lstrip("."), "is missing, and required")
        for name, given in value.content.items():
            where = f"{path}.{name}".lstrip(".")
            if name not in fields:
                if others:
                    self.check(others, given, where)
                else:
                    near = [one for one in fields if one.lower() == name.lower()]
                    self.say(given.line, where, "is no property here" + (f"; {near[0]} is" if near else ""))
            elif fields[name][1] & READ_ONLY:
                if given.kind != "null":
                    self.say(given.line, where, "can only be read")
            elif fields[name][0]:
                self.check(fields[name][0], given, where)


def find(type_: str, version: str) -> tuple[dict | None, str]:
    """The resource of a table, or why there is none."""
    resource = tables()[0].get(type_.lower())
    if resource is None:
        return None, f"no table has the type {type_}"
    if resource["type"] != type_:
        return None, f"{type_} is spelt {resource['type']}"
    if version not in (resource["api"], *resource["recent"]):
        return None, f"{type_} has no version {version}, but {', '.join(resource['recent'])}"
    return resource, ""


def check_resource(resource: dict, body: Value, say, is_nested: bool) -> None:
    """A body as ARM takes it, in which `name` is that of the resource alone, and what is the language's own has been taken out.
    `is_nested` tells that the name holds that of the parents too."""
    checker = Checker(say)
    fields = checker.types[resource["body"]]["p"]
    name = body.content.get("name")
    content = dict(body.content)
    if name is not None and name.kind == "string":
        segments = name.content.split("/")
        wanted = resource["type"].count("/") if is_nested else 1
        if len(segments) != wanted:
            say(name.line, "name", f"{shown(name)} has {len(segments)} segments where {wanted} are needed")
        content["name"] = Value("string", segments[-1], name.line)
    # Nothing that has tags and a location can do without a location, though the tables of networks do not say so.
    if "tags" in fields and "location" in fields and not body.is_open and content.get("location", Value("null")).kind == "null":
        if not fields["location"][1] & REQUIRED and not fields["location"][1] & READ_ONLY:
            say(body.line, "location", "is missing, and required")
    checker.check(resource["body"], Value("object", content, body.line, body.is_open), "")
