#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The judge of Bicep takes what is right and refuses what is wrong.

Usage: bicep_test.py. It takes data/azure/bicep, which some person wrote, and then the same with one fault in it.
"""
import pathlib
import re
import shutil
import sys
import tempfile

import bicep

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402

GOOD = pathlib.Path(__file__).parent / "data/azure/bicep"
MAIN, NETWORK, SPOKE, PROD = "main.bicep", "modules/network.bicep", "modules/spoke.bicep", "prod.bicepparam"
# What is wrong, in which file, what is replaced by what, and what has to be said of it.
FAULTS = [
    ("a required property is deleted", NETWORK, "    connectionType: 'IPsec'\n", "", r"connection: properties\.connectionType: is missing"),
    ("a required property of a list is deleted", NETWORK, "          priority: 100\n", "", r"securityRules\[0\]\.properties\.priority: is missing"),
    ("a location is deleted", SPOKE, "  name: name\n  location: location\n", "  name: name\n", "virtualNetwork: location: is missing"),
    ("a name is deleted", SPOKE, "  name: 'to-hub'\n", "", "peering: name: is missing"),
    ("a name is misspelt", NETWORK, "gatewayIpAddress", "gatewayIPaddress", "gatewayIPaddress: is no property here; gatewayIpAddress is"),
    ("a name is unknown", NETWORK, "enableBgp: true", "enableBpg: true", r"gateway: properties\.enableBpg: is no property here"),
    ("a word is not on the list", NETWORK, "'DHGroup24'", "'DHGroup99'", r'dhGroup: "DHGroup99" is none of'),
    ("a word of a condition is not on the list", NETWORK, "'Standard_ZRS'", "length(ranges) > 1 ? 'Standard_ZRS' : 'Standard_XRS'", r'sku\.name: "Standard_XRS" is none of'),
    ("a number is out of range", NETWORK, "asn: 65515", "asn: 4294967296", "bgpSettings.asn: 4294967296.*at most 4294967295"),
    ("a number is too large", NETWORK, "days: 30", "days: 400", "days: 400.*at most 365"),
    ("a name is too short", NETWORK, "'st${uniqueString(resourceGroup().id)}${suffix}'", "'st'", 'name: "st": 2 characters where at least 3'),
    ("a name has a wrong character", NETWORK, "'st${uniqueString(resourceGroup().id)}${suffix}'", "'st-a'", 'name: "st-a" does not match'),
    ("a number is a text", NETWORK, "saLifeTimeSeconds: 27000", "saLifeTimeSeconds: '27000'", "saLifeTimeSeconds: \"27000\" where int is needed"),
    ("a text is a parameter of another type", NETWORK, "saLifeTimeSeconds: 27000", "saLifeTimeSeconds: sku", "saLifeTimeSeconds: a value of type string where int"),
    ("a list is a text", NETWORK, "addressPrefixes: ranges", "addressPrefixes: sku", "addressPrefixes: a value of type string where array is needed"),
    ("a property can only be read", NETWORK, "vpnType: 'RouteBased'", "vpnType: 'RouteBased'\n    provisioningState: 'Succeeded'", "provisioningState: can only be read"),
    ("a type is misspelt", NETWORK, "Microsoft.Network/connections@", "Microsoft.Network/connection@", "no table has the type Microsoft.Network/connection"),
    ("a version does not exist", NETWORK, "connections@2025-09-01", "connections@2025-09-31", "has no version 2025-09-31"),
    ("a name means nothing", NETWORK, "id: office.id", "id: ofice.id", "nothing is called ofice here"),
    ("a nested name means nothing", NETWORK, "virtualNetwork::gatewaySubnet", "virtualNetwok::gatewaySubnet", "nothing is called virtualNetwok here"),
    ("a function does not exist", NETWORK, "cidrSubnet(", "cidrSubnets(", "there is no function cidrSubnets"),
    ("a loop's name is used outside", MAIN, "spokeNetworks[i].outputs.virtualNetworkId]", "spokeNetworks[i].outputs.virtualNetworkId]\noutput last int = i", "nothing is called i here"),
    ("a parameter is not used", SPOKE, "if (isPeered) {", "{", "the parameter isPeered is not used"),
    ("a variable is not used", MAIN, "var tags = {", "var unused = 1\nvar tags = {", "the variable unused is not used"),
    ("a module has no such parameter", MAIN, "    ranges: ranges\n", "    rangs: ranges\n", "network.bicep has no parameter rangs"),
    ("a parameter of a module is missing", MAIN, "    sharedKey: sharedKey\n", "", "the parameter sharedKey of network.bicep is missing"),
    ("a parameter gets what it does not take", MAIN, "'VpnGw1AZ'", "'VpnGw9AZ'", 'the parameter sku of network.bicep: "VpnGw9AZ" is none of'),
    ("a parameter gets another type", MAIN, "    ranges: ranges\n", "    ranges: location\n", "ranges of network.bicep: a value of type string where array"),
    ("a module has no such output", MAIN, "string = network.outputs.virtualNetworkId", "string = network.outputs.networkId", "modules/network.bicep has no output networkId"),
    ("a module has no scope", MAIN, "  name: 'network'\n  scope: hubGroup\n", "  name: 'network'\n", "is for a resourceGroup, and this file for a subscription"),
    ("a list of modules has no index", MAIN, "spokeNetworks[i].outputs", "spokeNetworks.outputs", "spokeNetworks is a list, and needs an index"),
    ("a file of a module is not there", MAIN, "'modules/spoke.bicep'", "'modules/spokes.bicep'", "there is no file modules/spokes.bicep"),
    ("a resource is deployed to a wrong scope", MAIN, "targetScope = 'subscription'", "targetScope = 'tenant'", "cannot be deployed to a tenant"),
    ("a default is not allowed", MAIN, "param ranges string[] = [\n  '10.0.0.0/16'\n]", "param ranges string[] = []", r"0 where @minLength\(1\)"),
    ("a file of parameters has a wrong word", PROD, "'prod'", "'production'", 'environmentName of main.bicep: "production" is none of dev, prod'),
    ("a file of parameters has too many", PROD, "param location =", "param place = 'x'\nparam location =", "main.bicep has no parameter place"),
    ("a file of parameters has too few", PROD, "param environmentName = 'prod'\n", "", "the parameter environmentName of main.bicep is missing"),
    ("a file of parameters uses what is not there", PROD, "    name: first\n", "    name: second\n", "nothing is called second here"),
    ("a text is no Bicep", SPOKE, "properties: {\n    allow", "properties: {{\n    allow", "is no Bicep|is missing"),
    ("a string has no end on its line", SPOKE, "'to-hub'", "'to-\nhub'", "a string ends where its line does"),
    ("an escape does not exist", SPOKE, "'to-hub'", "'to-\\xhub'", r"there is no escape \\x"),
    ("a secret is in the text", NETWORK, "sharedKey: sharedKey", "sharedKey: 'abc'", "the parameter sharedKey is not used"),
    ("a secret has a default", NETWORK, "param sharedKey string", "param sharedKey string = 'abc'", "the secret sharedKey has a default"),
    ("a secret is given away", NETWORK, "string = virtualNetwork.id", "string = '${virtualNetwork.id}${sharedKey}'", "gives away sharedKey"),
    ("a location stands in the text", SPOKE, "  name: name\n  location: location", "  name: name\n  location: 'westeurope'", "no-hardcoded-location"),
    ("a dependency is said twice", SPOKE, "  parent: virtualNetwork\n", "  parent: virtualNetwork\n  dependsOn: [\n    virtualNetwork\n  ]\n", "depends on virtualNetwork anyway"),
    ("a property is there twice", SPOKE, "    allowForwardedTraffic: true\n", "    allowForwardedTraffic: true\n    allowForwardedTraffic: false\n", "allowForwardedTraffic is there twice"),
    ("something is declared twice", SPOKE, "param hubId string", "param hubId string\nparam name string", "name is declared twice"),
]


def complaints_of(file: str, old: str, new: str) -> list[str]:
    with tempfile.TemporaryDirectory() as room:
        folder = pathlib.Path(room, "it")
        shutil.copytree(GOOD, folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file}: {old!r} is there {text.count(old)} times"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return bicep.check(folder)


def hostile() -> list[str]:
    """A text of any signs is read as it was meant."""
    meant = "it's ${not} an 'expression' \\ \t \u00e9 \U0001f600 */ // # @"
    written = "'" + meant.replace("\\", "\\\\").replace("'", "\\'").replace("${", "\\${").replace("\t", "\\t") + "'"
    with tempfile.TemporaryDirectory() as room:
        text = (GOOD / SPOKE).read_text(encoding="utf-8").replace("  location: location\n", f"  location: location\n  tags: {{\n    a: {written}\n  }}\n")
        pathlib.Path(room, "main.bicep").write_text(text, encoding="utf-8")
        complaints = bicep.check(room)
        read = [one.value.content["tags"].content["a"].content for one in bicep.resources(room) if "tags" in one.value.content]
    return complaints if read == [meant] else [f"{written} was read as {read}", *complaints]


def main() -> int:
    if why := bicep.missing():
        return readers.skipped("tree-sitter-bicep", why)
    wrong = [f"taken to be wrong: {text}" for text in bicep.check(GOOD)]
    for what, file, old, new, expected in FAULTS:
        complaints = complaints_of(file, old, new)
        if not any(re.search(expected, text) for text in complaints):
            wrong.append(f"{what}: nobody said {expected!r}, but {complaints}")
    wrong += hostile()
    print("\n".join(wrong) or f"{len(FAULTS)} faults are refused")
    if not wrong:
        readers.checked("tree-sitter-bicep", f"its own test: four files taken, {len(FAULTS)} faults refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
