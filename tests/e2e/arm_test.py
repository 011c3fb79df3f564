#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The judge of ARM's templates takes what is right and refuses what is wrong.

Usage: arm_test.py. It takes data/azure/arm, which some person wrote, and then the same with one fault in it.
"""
import pathlib
import re
import sys
import tempfile

import arm

GOOD = pathlib.Path(__file__).parent / "data/azure/arm/main.json"
# What is wrong, what is replaced by what, and what has to be said of it.
FAULTS = [
    ("a required property is deleted", '"properties": { "level": "CanNotDelete" }', '"properties": {}', r"properties\.level: is missing, and required"),
    ("a location is deleted", '"name": "vnet-hub",\n              "location": "[parameters(\'location\')]",', '"name": "vnet-hub",', "vnet-hub: location: is missing"),
    ("a name is misspelt", '"gatewayType"', '"gatwayType"', r"properties\.gatwayType: is no property here"),
    ("a word is not on the list", '"CanNotDelete"', '"CannotDelete"', r'properties\.level: "CannotDelete" is none of'),
    ("a number is out of range", "65515", "4294967296", "asn: 4294967296.*at most 4294967295"),
    ("a number is a text", "65515", '"65515"', 'asn: "65515" where int is needed'),
    ("a property can only be read", '"gatewayType": "Vpn",', '"gatewayType": "Vpn", "provisioningState": "Succeeded",', "provisioningState: can only be read"),
    ("a name has too few parts", '"vnet-hub/to-spoke"', '"to-spoke"', "1 segments where 2 are needed"),
    ("a version does not exist", '"2020-05-01"', '"2020-05-31"', "has no version 2020-05-31"),
    ("a type does not exist", '"Microsoft.Authorization/locks"', '"Microsoft.Authorization/lock"', "no table has the type"),
    ("a parameter is not declared", "\"[parameters('ranges')]\"", "\"[parameters('range')]\"", r"parameters\('range'\) is not declared"),
    ("a parameter is not used", '"environmentName": {\n', '"unused": { "type": "string" },\n    "environmentName": {\n', r"parameters\('unused'\) is not used"),
    ("a template inside misses a parameter", '          "location": { "value": "[parameters(\'location\')]" },\n', "", "the parameter location is missing"),
    ("a template inside gets another type", '{ "value": ["10.0.0.0/16"] }', '{ "value": "10.0.0.0/16" }', "ranges is of type array, and gets string"),
    ("a template inside has no such parameter", '"ranges": { "value"', '"rangs": { "value"', "has no parameter rangs"),
    ("a template inside is evaluated outside", '"scope": "inner"', '"scope": "outer"', "a scope of its own"),
    ("a resource is deployed to a wrong scope", "2018-05-01/subscriptionDeploymentTemplate", "2019-08-01/tenantDeploymentTemplate", "cannot be deployed to a tenant"),
    ("parentheses do not match", "format('rg-hub-{0}', parameters('environmentName'))", "format('rg-hub-{0}', parameters('environmentName')", "do not match"),
    ("a text is no JSON", '"contentVersion": "1.0.0.0",\n  "parameters"', '"contentVersion": "1.0.0.0"\n  "parameters"', "is no JSON"),
]


def main() -> int:
    wrong = [f"taken to be wrong: {text}" for text in arm.check(GOOD)]
    text = GOOD.read_text(encoding="utf-8")
    for what, old, new, expected in FAULTS:
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        with tempfile.TemporaryDirectory() as room:
            file = pathlib.Path(room, "main.json")
            file.write_text(text.replace(old, new), encoding="utf-8")
            complaints = arm.check(file)
        if not any(re.search(expected, one) for one in complaints):
            wrong.append(f"{what}: nobody said {expected!r}, but {complaints}")
    print("\n".join(wrong) or f"{len(FAULTS)} faults are refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
