# SPDX-License-Identifier: Apache-2.0
"""Validates JSON against a JSON Schema: the words that the schemas of docs/ use, and no other."""
import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float), "null": type(None)}
WORDS = {"$schema", "$id", "$defs", "$ref", "title", "description", "type", "required", "additionalProperties", "properties",
         "propertyNames", "items", "prefixItems", "minItems", "maxItems", "pattern", "minLength", "minimum", "const", "enum", "oneOf"}


def faults(value, schema, root=None, at=""):
    """What is wrong with a value, one text for each place."""
    root = root or schema
    unknown = set(schema) - WORDS
    assert not unknown, f"the schema has words that are not understood here: {unknown}"
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, at)
    wanted = schema.get("type")
    if wanted and (not isinstance(value, TYPES[wanted]) or isinstance(value, bool) != (wanted == "boolean")):
        yield f"{at or '/'}: no {wanted}"
        return
    if "const" in schema and (value != schema["const"] or type(value) is not type(schema["const"])):
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "oneOf" in schema and sum(not list(faults(value, one, root, at)) for one in schema["oneOf"]) != 1:
        yield f"{at}: not exactly one of the {len(schema['oneOf'])} forms"
    if isinstance(value, str):
        if not re.search(schema.get("pattern", ""), value) or len(value) < schema.get("minLength", 0):
            yield f"{at}: {value!r} has another form"
    elif isinstance(value, int) and value < schema.get("minimum", value):
        yield f"{at}: {value} is too small"
    elif isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{at}: {len(value)} items"
        for i, item in enumerate(value):
            parts = schema.get("prefixItems", [])
            yield from faults(item, parts[i] if i < len(parts) else schema.get("items", {}), root, f"{at}/{i}")
    elif isinstance(value, dict):
        for name in set(schema.get("required", ())) - set(value):
            yield f"{at}: there is no {name}"
        for name, item in value.items():
            yield from faults(name, schema.get("propertyNames", {}), root, f"{at}/{name}")
            other = schema.get("additionalProperties", {})
            one = schema.get("properties", {}).get(name, other)
            if one is False:
                yield f"{at}/{name}: this is not foreseen"
            else:
                yield from faults(item, one if isinstance(one, dict) else {}, root, f"{at}/{name}")
