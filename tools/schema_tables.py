#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the tables of compiler/resources/schema from public descriptions of what Azure and Terraform's providers take.

    schema_tables.py arm TYPES.json MORE.json TABLE
    schema_tables.py terraform NAMES TABLE SCHEMA.json... [--rules RULES.json] [--note TEXT]

TYPES.json holds types of Azure/bicep-types-az: {"source", "tables": {name: [type...]}, "resources": {type: {"api",
"table", "body", "scope", "recent", "azurerm", "group"}}}; a type is {"t": s|i|b|any|e|a|o|d, ...} and properties are
[index of the type, or -1 where it is only read, flags]. MORE.json, tools/arm_more.json, holds some by hand: "name!" is required, "name-" only
read, "*" any other; s, i, b and any are types, "i 1..9" has bounds, and "A|B" are words. A SCHEMA.json is what `terraform providers schema -json` prints, or
tools/azurerm_schema.mjs; a type is taken from the first that has it, and the others add what that one does not know.
RULES.json holds what the provider's own checks of values say, by resource and path. NAMES lists resources and `data.` sources.
A table has one JSON value a line, sorted, so that a new version shows as a small difference."""
import argparse
import json
import sys

import schema_rules

# What groma writes today; a raw `resource` of a plan reaches every other type, unchecked.
AREAS = {"core", "net", "hybrid", "pe", "sec", "compute", "storage", "id"}
ALSO = {
    "Microsoft.KeyVault/vaults", "Microsoft.KeyVault/vaults/keys", "Microsoft.KeyVault/vaults/secrets",
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    "Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions",
}


def line(value):
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def wanted(name, resource):
    return resource.get("group") in AREAS or name in ALSO


class Arm:
    def __init__(self, given):
        self.tables = given["tables"]
        self.resources = given["resources"]
        self.lines = {}
        self.names = {}
        self.counts = {}

    def type_of(self, table, index):
        """The name under which the type at that place is written, and the type itself on the first visit."""
        key = (table, index)
        if key in self.names:
            return self.names[key]
        # One provider may have several tables, of different versions; a name is theirs together.
        short = (table.split("/", 1)[1] if "/" in table else table).split("/")[0].removeprefix("microsoft.")
        self.counts[short] = self.counts.get(short, -1) + 1
        name = f"{short}#{self.counts[short]}"
        self.names[key] = name
        given = dict(self.tables[table][index])
        kind = given["t"]
        if kind == "a":
            given["i"] = self.type_of(table, given["i"])
        elif kind in "od":
            given["p"] = self.properties(table, given.get("p", {}))
            given.pop("n", None)
            if given.get("ap", -1) >= 0:
                given["ap"] = self.type_of(table, given["ap"])
            if kind == "d":
                given["e"] = {word: self.type_of(table, one) for word, one in given["e"].items()}
        self.lines[name] = line({"id": name, **given})
        return name

    def properties(self, table, properties):
        return {
            name: [self.type_of(table, index) if index >= 0 and not flags & 2 else "", flags]
            for name, (index, flags) in properties.items()
        }

    def of_hand(self, group, given):
        """The name of a type that is written as in MORE.json. Equal ones are one."""
        if isinstance(given, list):
            made = {"t": "a", "i": self.of_hand(group, given[0])}
        elif isinstance(given, dict):
            flags = {"!": 1, "-": 2}
            made = {"t": "o", "p": {name.rstrip("!-"): ["" if name.endswith("-") else self.of_hand(group, one), flags.get(name[-1], 0)]
                                    for name, one in given.items() if name != "*"}}
            if "*" in given:
                made["ap"] = self.of_hand(group, given["*"])
        elif "|" in given:
            made = {"t": "e", "v": [word for word in given.split("|") if word]}
        else:
            kind, _, bounds = given.partition(" ")
            made = {"t": kind, **dict(zip(("min", "max"), map(int, filter(None, bounds.split("..")))))}
        key = line(made)
        if key not in self.names:
            self.counts[group] = self.counts.get(group, -1) + 1
            self.names[key] = f"{group}#{self.counts[group]}"
            self.lines[self.names[key]] = line({"id": self.names[key], **made})
        return self.names[key]

    def of_more(self, name, given):
        own = dict.fromkeys(("apiVersion-", "etag-", "id-", "systemData-", "type-"), "s")
        number = self.of_hand("more", {"name!": "s", **own, **given["body"]})
        return line({"type": name, "api": given["api"], "scope": given.get("scope", 8), "body": number,
                     "recent": sorted({given["api"], *given.get("recent", [])}), "azurerm": given["azurerm"]})

    def write(self, path, source, more):
        kept = {name: self.of_more(name, given) for name, given in more.items() if name != "source"}
        for name, resource in sorted(self.resources.items()):
            if wanted(name, resource):
                kept[name] = line({
                    "type": name, "api": resource["api"], "scope": resource["scope"]["writable"],
                    "body": self.type_of(resource["table"], resource["body"]), "recent": resource["recent"],
                    "azurerm": resource.get("azurerm", []),
                })
        with open(path, "w", encoding="utf-8") as out:
            out.write(line({"source": source, "more": more["source"]}) + "\n")
            for name in sorted(kept):
                out.write(kept[name] + "\n")
            for name in sorted(self.lines, key=lambda n: (n.split("#")[0], int(n.split("#")[1]))):
                out.write(self.lines[name] + "\n")


def fuller(type_, other):
    """Of two spellings of one type the one with more fields: some sources drop those called `description`."""
    if isinstance(type_, list) and isinstance(other, list) and type_[0] == other[0]:
        if type_[0] == "object":
            return ["object", {**{name: fuller(what, other[1].get(name)) for name, what in type_[1].items()},
                               **{"description": other[1][name] for name in ("description",) if name in other[1]}}]
        return [type_[0], fuller(type_[1], other[1])]
    return type_


def flags_of(attribute):
    return "".join(letter for letter, word in (("r", "required"), ("o", "optional"), ("c", "computed"), ("w", "write_only"))
                   if attribute.get(word))


def type_of(attribute):
    """A nested attribute is an object of which each field says itself whether it is needed."""
    if "nested_type" not in attribute:
        return attribute["type"]
    nested = attribute["nested_type"]
    fields = {name: [type_of(one), flags_of(one)] for name, one in sorted(nested["attributes"].items())}
    return ["nested", nested["nesting_mode"], fields]


def block_of(block, others, secrets, path=""):
    """The attributes and blocks of one block; `others` are the same block in other sources."""
    attributes = {}
    for name, attribute in sorted(block.get("attributes", {}).items()):
        type_ = type_of(attribute)
        for other in others:
            same = other.get("attributes", {}).get(name, {})
            type_ = fuller(type_, same.get("type"))
            if attribute.get("sensitive") or same.get("sensitive"):
                secrets.add(path + name)
        if attribute.get("sensitive"):
            secrets.add(path + name)
        attributes[name] = [type_, flags_of(attribute)]
    blocks = {}
    for name, nested in sorted(block.get("block_types", {}).items()):
        if name != "timeouts":
            same = [other["block_types"][name] for other in others if name in other.get("block_types", {})]
            most = max([nested.get("max_items", 0), *(one.get("max_items", 0) for one in same)])
            blocks[name] = [nested["nesting_mode"], nested.get("min_items", 0), most,
                            block_of(nested["block"], [one["block"] for one in same], secrets, f"{path}{name}.")]
    return {"a": attributes, "b": blocks}


def terraform(options):
    schemas = []
    for path in options.schemas:
        with open(path, encoding="utf-8") as file:
            schemas.append(json.load(file))
    providers = [next(iter(schema["provider_schemas"].values())) for schema in schemas]
    rules = {"resources": {}}
    if options.rules:
        with open(options.rules, encoding="utf-8") as file:
            rules = json.load(file)
    with open(options.names, encoding="utf-8") as file:
        names = sorted({word for row in file for word in row.split("#")[0].split()})
    first = {"source": schemas[0].get("generated_from", "terraform providers schema -json"), "note": options.note}
    if options.rules:
        first["rules"] = rules["source"]
    lines = [first]
    # The address of a provider ends in what the names of its resources begin with.
    own_name = next(iter(schemas[0]["provider_schemas"])).split("/")[-1]
    holder = next(one for one in providers if one.get("provider"))
    lines.append({"provider": True, **block_of(holder["provider"]["block"], [], set())})
    for name in names:
        group, word = ("data_source_schemas", name[5:]) if name.startswith("data.") else ("resource_schemas", name)
        found = [one[group][word]["block"] for one in providers if word in one.get(group, {})]
        if not found:
            if word.split("_")[0] == own_name:
                print(f"{options.table}: no source has {name}", file=sys.stderr)
            continue
        secrets = set()
        block = block_of(found[0], found[1:], secrets)
        given = {where: schema_rules.of_attribute(where, what) for where, what in rules["resources"].get(name, {}).items()}
        for where in secrets:
            given.setdefault(where, {})["sensitive"] = True
        lines.append({"data" if group[0] == "d" else "type": word, **block, "rules": {k: v for k, v in given.items() if v}})
    with open(options.table, "w", encoding="utf-8") as out:
        out.writelines(line(one) + "\n" for one in lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(required=True, dest="kind")
    arm = kinds.add_parser("arm")
    for word in ("types", "more", "table"):
        arm.add_argument(word)
    tables = kinds.add_parser("terraform")
    for word in ("names", "table"):
        tables.add_argument(word)
    tables.add_argument("schemas", nargs="+")
    tables.add_argument("--rules")
    tables.add_argument("--note", default="")
    options = parser.parse_args()
    if options.kind == "arm":
        with open(options.types, encoding="utf-8") as file:
            given = json.load(file)
        with open(options.more, encoding="utf-8") as file:
            Arm(given).write(options.table, given["source"], json.load(file))
    else:
        terraform(options)


if __name__ == "__main__":
    main()
