# SPDX-License-Identifier: Apache-2.0
"""Judges a template of Azure Resource Manager in JSON: `arm.check(file)` gives what is wrong with it, as texts.

Every body is held against the tables; parameters and variables are declared and used, and templates inside of templates
get what they ask for. `arm.check_body("Microsoft.X/y@2025-01-01", body)` judges one body, such as that of azapi_resource.
"""
import json
import pathlib
import re

import azure_types
from azure_types import Value

OWN = {"type", "apiVersion", "condition", "copy", "scope", "comments", "dependsOn", "resources", "existing", "metadata", "import"}
SCHEMAS = {"deploymentTemplate": "resourceGroup", "subscriptionDeploymentTemplate": "subscription",
           "managementGroupDeploymentTemplate": "managementGroup", "tenantDeploymentTemplate": "tenant"}
KINDS = {"string": "string", "securestring": "string", "int": "int", "bool": "bool", "object": "object", "secureobject": "object",
         "array": "array"}
TEXTS = re.compile(r"\[(?:format|concat|string|toLower|toUpper|uniqueString|resourceId|subscriptionResourceId|tenantResourceId|guid"
                   r"|replace|substring|base64|extensionResourceId|join|managementGroupResourceId)\(")
LETTERS = re.compile(r"'(?:[^']|'')*'")


class Template:
    """One template, which may be inside of another."""

    def __init__(self, template: dict, place: str, out: list[str], unchecked):
        self.template, self.place, self.out, self.unchecked = template, place, out, unchecked
        self.parameters = template.get("parameters", {})
        self.variables = template.get("variables", {})

    def say(self, text: str) -> None:
        self.out.append(f"{self.place}: {text}")

    def value_of(self, given) -> Value:
        if isinstance(given, str) and given.startswith("[") and not given.startswith("[["):
            found = re.fullmatch(r"\[parameters\('([^']+)'\)\]", given)
            if found:
                return Value("open", KINDS.get(str(self.parameters.get(found[1], {}).get("type", "")).lower()))
            return Value("open", "string" if TEXTS.match(given) else None)
        if isinstance(given, str):
            return Value("string", given[1:] if given.startswith("[[") else given)
        if isinstance(given, list):
            return Value("array", [self.value_of(one) for one in given])
        if isinstance(given, dict):
            fields = {name: self.value_of(one) for name, one in given.items() if name != "copy"}
            for loop in given.get("copy", []) if isinstance(given.get("copy"), list) else []:
                fields[loop["name"]] = Value("array", [self.value_of(loop["input"])], is_open=True)
            return Value("object", fields)
        return azure_types.of_json(given)

    def resources(self) -> list[dict]:
        given = self.template.get("resources", [])
        return list(given.values()) if isinstance(given, dict) else given

    def check(self) -> None:
        schema = re.search(r"/(\w+)\.json#?$", self.template.get("$schema", ""))
        scope = SCHEMAS.get(schema[1]) if schema else None
        if scope is None:
            self.say("$schema names no kind of template")
        if not self.template.get("contentVersion"):
            self.say("contentVersion is missing")
        for resource in self.resources():
            self.check_resource(resource, scope, "", "")
        self.check_names()

    def check_resource(self, resource: dict, scope: str | None, parent: str, parent_name: str) -> None:
        type_ = f"{parent}/{resource.get('type')}" if parent else str(resource.get("type"))
        name = resource.get("name", "")
        where = f"{type_} {name}"
        if resource.get("existing"):
            return
        found, why = azure_types.find(type_, str(resource.get("apiVersion")))
        for inner in resource.get("resources", []):
            self.check_resource(inner, scope, type_, name)
        if type_.lower() == "microsoft.resources/deployments":
            self.check_deployment(resource, where)
        if found is None:
            if type_ not in self.unchecked:
                self.say(f"{where}: {why}")
            return
        bits = azure_types.SCOPES.get(scope, 31) | (azure_types.EXTENSION if "scope" in resource else 0)
        if "scope" not in resource and not found["scope"] & (bits | azure_types.EXTENSION):
            self.say(f"{where}: cannot be deployed to a {scope}")
        body = {name: one for name, one in resource.items() if name not in OWN}
        if type_.lower() == "microsoft.resources/deployments":
            # Judged above; its words may be in lower case, and only some deployments have a location.
            judged = ("template", "parameters", "expressionEvaluationOptions")
            body["properties"] = {name: one for name, one in body.get("properties", {}).items() if name not in judged}
            body.setdefault("location", "[deployment().location]")
            for own in ("resourceGroup", "subscriptionId"):
                body.pop(own, None)
        azure_types.check_resource(found, self.value_of(body), lambda line, path, text: self.say(f"{where}: {path}: {text}"), is_nested=not parent)

    def check_deployment(self, resource: dict, where: str) -> None:
        properties = resource.get("properties", {})
        template, given = properties.get("template"), properties.get("parameters", {})
        if not isinstance(template, dict):
            return
        inner = Template(template, f"{self.place}: {where}", self.out, self.unchecked)
        if properties.get("expressionEvaluationOptions", {}).get("scope") != "inner":
            self.say(f"{where}: a template inside has to be evaluated in a scope of its own")
        for name, declared in inner.parameters.items():
            if name not in given and "defaultValue" not in declared and not declared.get("nullable"):
                self.say(f"{where}: the parameter {name} is missing")
        for name, one in given.items():
            if name not in inner.parameters:
                self.say(f"{where}: the template has no parameter {name}")
            elif isinstance(one, dict) and "value" in one:
                inner.check_argument(name, self.value_of(one["value"]), lambda text: self.say(f"{where}: {text}"))
        inner.check()

    def check_argument(self, name: str, value: Value, say) -> None:
        declared = self.parameters[name]
        kind = KINDS.get(str(declared.get("type", "")).lower())
        has = value.content if value.kind == "open" else value.kind
        if kind and has not in (None, kind, "null", "either"):
            say(f"the parameter {name} is of type {kind}, and gets {has}")
        if value.kind == "string" and value.content not in declared.get("allowedValues", [value.content]):
            say(f"the parameter {name} takes no {azure_types.shown(value)}")

    def check_names(self) -> None:
        """What expressions name is declared, and what is declared is named."""
        used = {"parameters": set(), "variables": set()}
        for text in texts_of({k: v for k, v in self.template.items() if k != "$schema"}, is_top=True):
            # What stands in quotes is no call, but for the name that is called for.
            for word, name in re.findall(r"\b(parameters|variables)\('([^']+)'\)", text):
                used[word].add(name)
            if text.count("(") - sum(one.count("(") for one in LETTERS.findall(text)) != text.count(")") - sum(one.count(")") for one in LETTERS.findall(text)):
                self.say(f"the parentheses of {text} do not match")
        for word, declared in (("parameters", self.parameters), ("variables", self.variables)):
            for name in sorted(used[word] - {one for one in declared if one != "copy"} - loops_of(declared)):
                self.say(f"{word}('{name}') is not declared")
            for name in sorted({one for one in declared if one != "copy"} - used[word]):
                self.say(f"{word}('{name}') is not used")
        for name, one in self.template.get("outputs", {}).items():
            if str(one.get("type", "")).lower() not in KINDS:
                self.say(f"outputs.{name} has no type")


def loops_of(declared: dict) -> set[str]:
    return {loop["name"] for loop in declared.get("copy", [])} if isinstance(declared.get("copy"), list) else set()


def texts_of(value, is_top: bool = False):
    """All expressions of a template, but not those of templates inside, which have a scope of their own."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name == "template" and isinstance(one, dict) and not is_top:
                continue
            yield from texts_of(name)
            yield from texts_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_of(one)
    elif isinstance(value, str) and value.startswith("[") and not value.startswith("[["):
        yield value


def check(file, unchecked=()) -> list[str]:
    """`unchecked` has the types that a plan named itself, which no table knows."""
    out = []
    with pathlib.Path(file).open(encoding="utf-8") as text:
        try:
            template = json.load(text)
        except json.JSONDecodeError as error:
            return [f"{pathlib.Path(file).name}: is no JSON: {error}"]
    Template(template, pathlib.Path(file).name, out, unchecked).check()
    return out


def check_body(type_and_version: str, body: Value, where: str, unchecked=()) -> list[str]:
    """A body as `of_json` gives it, without what azapi has as attributes of its own."""
    type_, _, version = type_and_version.partition("@")
    found, why = azure_types.find(type_, version)
    if found is None:
        return [] if type_ in unchecked else [f"{where}: {why}"]
    out = []
    azure_types.check_resource(found, body, lambda line, path, text: out.append(f"{where}: {path}: {text}"), is_nested=False)
    return out
