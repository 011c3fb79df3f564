#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Terraform takes what is right and refuses what is wrong, with the provider of tests/terraform-provider in the place of Azure.

Usage: terraform_test.py. It takes data/azure/terraform, which some person wrote, then the same with one fault in it, and one resource
of every type of the tables.
"""
import pathlib
import re
import shutil
import sys
import tempfile

import groma
import terraform
import terraform_types

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402

GOOD = pathlib.Path(__file__).parent / "data/azure/terraform"
VARIABLES = {"subscription_id": "00000000-0000-0000-0000-000000000001", "shared_key": "not a secret"}
MAIN, NETWORK = "main.tf", "network/main.tf"
# What is wrong, in which file, what is replaced by what, and what has to be said of it.
FAULTS = [
    ("a required attribute is deleted", MAIN, '  sku                 = "VpnGw2AZ"\n', "", 'argument "sku" is required'),
    ("a name is misspelt", MAIN, "service_provider_name = ", "service_provder_name  = ", 'named "service_provder_name" is not expected'),
    ("a block is misspelt", MAIN, "  bgp_settings {", "  bgp_setings {", '"bgp_setings" are not expected'),
    ("a word is not on the list", MAIN, '"DHGroup24"', '"DHGroup99"', r'ipsec_policy\[0\]\.dh_group: "DHGroup99" is none of'),
    ("a number is out of range", MAIN, "sa_lifetime      = 27000", "sa_lifetime      = 200", r"ipsec_policy\[0\]\.sa_lifetime: 200 is less than 300"),
    ("a rule of a network is wrong", NETWORK, '"Inbound"', '"Sideways"', r'security_rule\[0\]\.direction: "Sideways" is none of Inbound, Outbound'),
    ("a name has a wrong character", MAIN, '"rg-hub"', '"rg hub!"', r'azurerm_resource_group\.name: "rg hub!" does not match'),
    ("two attributes exclude each other", MAIN, "bandwidth_in_mbps     = 1000", "bandwidth_in_mbps     = 1000\n  bandwidth_in_gbps     = 1",
     "bandwidth_in_gbps and bandwidth_in_mbps exclude each other"),
    ("an attribute needs another", MAIN, '  peering_location      = "Amsterdam"\n', "", "needs peering_location"),
    ("one of two is needed", NETWORK, "  address_prefixes     = [var.ranges[count.index]]\n", "", "exactly one of address_prefixes, ip_address_pool, and has 0"),
    ("an identifier is none", MAIN, "azurerm_resource_group.hub.id", '"everything"', 'scope: "everything" is no id'),
    ("a number is a word", MAIN, "node_count     = 3", 'node_count     = "many"', "a number is required"),
    ("a resource has no such type", MAIN, '"azurerm_public_ip" "gateway"', '"azurerm_public_address" "gateway"', "azurerm_public_address"),
    ("a name means nothing", MAIN, "azurerm_public_ip.gateway.id", "azurerm_public_ip.gatway.id", "azurerm_public_ip.*gatway.* has not been declared"),
    ("a module misses an argument", MAIN, "  ranges         = [", "  range          = [", 'argument "ranges" is required'),
    ("a variable is not valid", MAIN, '["10.0.0.0/26", "10.0.1.0/24"]', '["10.0.0.0/26"]', "One range for the gateway"),
    ("azapi misses a required property", MAIN, 'limit = { limitObjectType = "LimitValue", value = 96 }', 'limit = { limitObjectType = "LimitValue" }',
     r"azapi_resource\.quota: properties\.limit\.value: is missing"),
    ("azapi has a misspelt name", MAIN, "limitObjectType = ", "limitObjectTipe = ", r"properties\.limit\.limitObjectType: is missing"),
    ("azapi has a version that is none", MAIN, "quotas@2025-09-01", "quotas@2025-09-31", "has no version 2025-09-31"),
    ("a secret is in the text", MAIN, "= var.shared_key", '= "abc"', "shared_key is a secret, and stands here for all to read"),
    ("a variable is not used", MAIN, "= var.shared_key", '= "var.shared_key"', "main.tf:10: var.shared_key is not used"),
    ("data is not used", MAIN, "data.azurerm_client_config.current.tenant_id", '"none"', "data.azurerm_client_config.current is not used"),
    ("a variable has no type", NETWORK, 'variable "location" {\n  type = string', 'variable "location" {', "var.location has no type"),
    ("the form is not Terraform's own", MAIN, '  name     = "rg-hub"', '  name = "rg-hub"', "fmt: "),
]
IMPORT = """
import {
  to = azurerm_resource_group.hub
  id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-hub"
}

moved {
  from = azurerm_public_ip.old
  to   = azurerm_public_ip.gateway
}
"""


def changed(folder: pathlib.Path, file: str, old: str, new: str) -> pathlib.Path:
    shutil.copytree(GOOD, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file}: {old!r} is there {text.count(old)} times"
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def main() -> int:
    if why := terraform.missing():
        return readers.skipped("terraform", why)
    wrong = []

    def take(version: str) -> None:
        checked = terraform.check(GOOD, version, VARIABLES)
        wrong.extend(f"azurerm {version}: {text}" for text in checked.complaints)
        subnets = [one.values["address_prefixes"] for one in checked.resources if one.type == "azurerm_subnet"]
        gateway = [one.values for one in checked.resources if one.type == "azurerm_virtual_network_gateway"]
        if subnets != [["10.0.0.0/26"], ["10.0.1.0/24"]] or [one["ip_configuration"][0]["subnet_id"] for one in gateway] != [terraform.UNKNOWN]:
            wrong.append(f"azurerm {version}: the planned values are {subnets}, {gateway}")

    def refuse(fault: tuple) -> None:
        what, file, old, new, expected = fault
        with tempfile.TemporaryDirectory() as room:
            complaints = terraform.check(changed(pathlib.Path(room, "it"), file, old, new), "4", VARIABLES).complaints
        if not any(re.search(expected, text) for text in complaints):
            wrong.append(f"{what}: nobody said {expected!r}, but {complaints}")

    def take_every_type(version: str) -> None:
        table = terraform.TABLES / terraform.PROVIDERS[version]["hashicorp/azurerm"][1]
        text, count = terraform_types.configuration(table)
        with tempfile.TemporaryDirectory() as room:
            pathlib.Path(room, "main.tf").write_text(text, encoding="utf-8")
            checked = terraform.check(room, version)
        wrong.extend(f"every type of azurerm {version}: {one}" for one in checked.complaints if not one.startswith(("fmt: ", "lint: ")))
        if len(checked.resources) != count:
            wrong.append(f"{len(checked.resources)} of {count} types of azurerm {version} were planned")

    with tempfile.TemporaryDirectory() as room:
        folder = changed(pathlib.Path(room, "it"), MAIN, 'output "cluster_id"', f'{IMPORT.lstrip()}\noutput "cluster_id"')
        wrong.extend(f"import and moved: {text}" for text in terraform.check(folder, "4", VARIABLES).complaints)
    groma.in_parallel(take, ["4", "5"])
    groma.in_parallel(take_every_type, ["4", "5"])
    groma.in_parallel(refuse, FAULTS)
    print("\n".join(wrong) or f"{len(FAULTS)} faults are refused")
    if not wrong:
        readers.checked("terraform", f"its own test: every type of azurerm 4 and 5 planned and applied, {len(FAULTS)} faults refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
