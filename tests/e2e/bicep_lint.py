# SPDX-License-Identifier: Apache-2.0
"""What Bicep's own linter would say, as far as a text can be judged without types: each rule has the name it has there."""
import re

from bicep_file import Declaration, File, text_of
from bicep_tree import Node

HOSTS = re.compile(r"(^|[./])(management\.azure\.com|login\.microsoftonline\.com|core\.windows\.net|database\.windows\.net|vault\.azure\.net|"
                   r"graph\.windows\.net|gallery\.azure\.com|trafficmanager\.net|api\.loganalytics\.io|datalake\.azure\.net)", re.I)


def check(file: File) -> list[tuple[int, str]]:
    out = []
    for rule in (interpolation, quoted_names, hosts, locations, location_expressions, parents, dependencies, secrets, twins):
        out += [(line, f"{rule.__doc__}: {text}") for line, text in rule(file)]
    return out


def interpolation(file: File):
    """simplify-interpolation, prefer-interpolation"""
    # A name that is made of an expression can be written in no other way.
    keys = {id(node.named[0]) for node in file.root.walk() if node.kind == "object_property" and node.named}
    for node in file.root.walk():
        inner = [one for one in node.named if one.kind != "ERROR"]
        if node.kind == "string" and id(node) not in keys and len(inner) == 1 and inner[0].kind == "interpolation" and re.fullmatch(r"'\$\{[^}]*\}'", node.text):
            yield node.line, f"{node.text} is its expression alone"
        if node.kind == "call_expression" and node.fields["function"].text == "concat":
            if any(one.kind == "string" for one in node.fields["arguments"].named):
                yield node.line, "texts are joined by '${a}${b}'"


def quoted_names(file: File):
    """prefer-unquoted-property-names"""
    for node in file.root.walk():
        if node.kind == "object_property" and node.named and node.named[0].kind == "string":
            if re.fullmatch(r"'[A-Za-z_][A-Za-z0-9_]*'", node.named[0].text):
                yield node.line, f"{node.named[0].text} needs no quotes"


def hosts(file: File):
    """no-hardcoded-env-urls"""
    for node in file.root.walk():
        if node.kind == "string" and HOSTS.search(node.text):
            yield node.line, f"{node.text[:60]} differs between clouds; environment() knows it"


def each_resource(resources: dict):
    for made in resources.values():
        yield made
        yield from each_resource(made.children)


def property_of(body: Node | None, name: str) -> Node | None:
    for one in body.named if body is not None else []:
        if one.kind == "object_property" and len(one.named) == 2 and one.named[0].text == name:
            return one.named[1]
    return None


def locations(file: File):
    """no-hardcoded-location"""
    for made in each_resource(file.resources):
        location = property_of(file.body_of(made), "location")
        if location is not None and location.kind == "string" and (text_of(location) or "global").lower() != "global":
            yield location.line, f"the location of {made.name} should be a parameter"


def location_expressions(file: File):
    """no-loc-expr-outside-params"""
    for node in file.root.walk():
        if re.fullmatch(r"(resourceGroup|deployment)\(\)\.location", node.text) and node.kind == "member_expression":
            if not any(one.value is not None and one.value.line == node.line for one in file.params.values()):
                yield node.line, f"{node.text} belongs into the default of a parameter"


def parents(file: File):
    """use-parent-property"""
    for made in file.resources.values():
        body = file.body_of(made)
        name = property_of(body, "name")
        if made.what.split("@")[0].count("/") > 1 and property_of(body, "parent") is None and name is not None and "/" in name.text:
            yield made.line, f"{made.name} says its parents in its name"


def dependencies(file: File):
    """no-unnecessary-dependson"""
    for made in [*each_resource(file.resources), *file.modules.values()]:
        body = file.body_of(made)
        listed = property_of(body, "dependsOn")
        for one in listed.named if listed is not None else []:
            if one.kind == "identifier" and is_named(body, listed, one.text):
                yield one.line, f"{made.name} depends on {one.text} anyway"


def is_named(body: Node, listed: Node, name: str) -> bool:
    for prop in body.named:
        if prop.kind == "object_property" and prop.named[-1] is not listed:
            if any(one.kind == "identifier" and one.text == name for one in prop.named[-1].walk()):
                return True
    return False


def twins(file: File):
    """twins"""
    for node in file.root.walk():
        if node.kind != "array":
            continue
        names = [name.text for one in node.named if (name := property_of(one, "name")) is not None and name.kind == "string"]
        for name in {name for name in names if names.count(name) > 1}:
            yield node.line, f"{name} is there twice, which Azure refuses"


def is_secure(declared: Declaration) -> bool:
    return "secure" in declared.decorators or re.search(r"\bsecure(String|Object)\b", declared.node.text) is not None


def secrets(file: File):
    """secure-parameter-default, outputs-should-not-contain-secrets"""
    for made in file.params.values():
        if is_secure(made) and made.value is not None and made.value.text not in ("''", "newGuid()", "{}", "null"):
            yield made.line, f"the secret {made.name} has a default"
    for made in file.outputs.values():
        for node in made.value.walk() if made.value is not None else []:
            called = node.fields["function"].text if node.kind == "call_expression" else ""
            if called.split(".")[-1].startswith("list") or (node.kind == "identifier" and node.text in file.params and is_secure(file.params[node.text])):
                yield made.line, f"the output {made.name} gives away {node.text[:40]}"
