#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the tables of compiler/resources/schema from public descriptions of what Azure and azurerm take.

    schema_tables.py arm TYPES.json TABLE      resource types of ARM
    schema_tables.py azurerm SCHEMA.json RULES.json ARM_TABLE TABLE

TYPES.json holds types of Azure/bicep-types-az: {"source", "tables": {name: [type...]}, "resources": {type: {"api",
"table", "body", "scope", "recent", "azurerm", "group"}}}; a type is {"t": s|i|b|any|e|u|a|o|d, ...} and properties are
[index of the type, or -1 where it is only read, flags]. SCHEMA.json is what `terraform providers schema -json` prints,
or tools/azurerm_schema.mjs; RULES.json holds what the provider's own checks of values say, by resource and path.
A table has one JSON value a line, sorted, so that a new version shows as a small difference."""
import json
import sys

# What groma writes today; a raw `resource` of a plan reaches every other type, unchecked.
AREAS = {"core", "net", "hybrid", "pe", "sec", "compute", "storage", "id"}
ALSO = {
    "Microsoft.KeyVault/vaults", "Microsoft.KeyVault/vaults/keys", "Microsoft.KeyVault/vaults/secrets",
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    "Microsoft.Authorization/roleAssignments",
}
RULES = ("enum", "rule", "elem", "conflicts_with", "exactly_one_of", "at_least_one_of", "required_with", "force_new",
         "default")


# What azurerm has as resources of its own where ARM has a property.
TIES = {
    "azurerm_subnet_network_security_group_association", "azurerm_subnet_route_table_association",
    "azurerm_subnet_nat_gateway_association", "azurerm_nat_gateway_public_ip_association",
    "azurerm_nat_gateway_public_ip_prefix_association", "azurerm_virtual_hub_route_table",
    "azurerm_private_dns_resolver_inbound_endpoint", "azurerm_private_dns_resolver_outbound_endpoint",
    "azurerm_management_group_subscription_association",
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
        short = table.split("/", 1)[-1].split("/")[0].removeprefix("microsoft.")
        number = self.counts.get(short, 0)
        self.counts[short] = number + 1
        name = f"{short}#{number}"
        self.names[key] = name
        given = dict(self.tables[table][index])
        kind = given["t"]
        if kind == "a":
            given["i"] = self.type_of(table, given["i"])
        elif kind == "u" and "e" in given:
            given["e"] = [self.type_of(table, one) for one in given["e"]]
        elif kind == "o":
            given["p"] = self.properties(table, given.get("p", {}))
            given.pop("n", None)
            if isinstance(given.get("ap"), int) and not isinstance(given.get("ap"), bool) and given["ap"] >= 0:
                given["ap"] = self.type_of(table, given["ap"])
        elif kind == "d":
            given["p"] = self.properties(table, given.get("p", {}))
            given.pop("n", None)
            given["e"] = {word: self.type_of(table, one) for word, one in given["e"].items()}
        self.lines[name] = line({"id": name, **given})
        return name

    def properties(self, table, properties):
        return {
            name: [self.type_of(table, index) if index >= 0 and not flags & 2 else "", flags]
            for name, (index, flags) in properties.items()
        }

    def write(self, path, source):
        kept = {}
        for name, resource in sorted(self.resources.items()):
            if not wanted(name, resource):
                continue
            kept[name] = line({
                "type": name, "api": resource["api"], "scope": resource["scope"]["writable"],
                "body": self.type_of(resource["table"], resource["body"]), "recent": resource["recent"], "azurerm": resource.get("azurerm", []),
            })
        with open(path, "w", encoding="utf-8") as out:
            out.write(line({"source": source}) + "\n")
            for name in sorted(kept):
                out.write(kept[name] + "\n")
            for name in sorted(self.lines, key=lambda n: (n.split("#")[0], int(n.split("#")[1]))):
                out.write(self.lines[name] + "\n")


def block_of(block):
    attributes = {}
    for name, attribute in sorted(block.get("attributes", {}).items()):
        flags = "".join(letter for letter, word in (("r", "required"), ("o", "optional"), ("c", "computed"))
                        if attribute.get(word))
        attributes[name] = [attribute.get("type", "dynamic"), flags]
    blocks = {}
    for name, nested in sorted(block.get("block_types", {}).items()):
        if name != "timeouts":
            blocks[name] = [nested["nesting_mode"], nested.get("min_items", 0), nested.get("max_items", 0),
                            block_of(nested["block"])]
    return {"a": attributes, "b": blocks}


def azurerm(schema_path, rules_path, arm_path, path):
    kept_names = set(TIES)
    with open(arm_path, encoding="utf-8") as file:
        for one in map(json.loads, file):
            kept_names.update(one.get("azurerm", []))
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    with open(rules_path, encoding="utf-8") as file:
        rules = json.load(file)
    resources = next(iter(schema["provider_schemas"].values()))["resource_schemas"]
    with open(path, "w", encoding="utf-8") as out:
        out.write(line({"source": schema.get("generated_from", "terraform providers schema -json"),
                        "rules": rules["source"], "version": schema.get("provider_version", "")}) + "\n")
        for name, resource in sorted(resources.items()):
            if name not in kept_names:
                continue
            kept = {
                where: {word: what[word] for word in RULES if word in what}
                for where, what in sorted(rules["resources"].get(name, {}).items())
            }
            out.write(line({"type": name, **block_of(resource["block"]),
                            "rules": {where: what for where, what in kept.items() if what}}) + "\n")


def main():
    arguments = sys.argv[1:]
    if len(arguments) == 3 and arguments[0] == "arm":
        with open(arguments[1], encoding="utf-8") as file:
            given = json.load(file)
        Arm(given).write(arguments[2], given["source"])
    elif len(arguments) == 5 and arguments[0] == "azurerm":
        azurerm(*arguments[1:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
