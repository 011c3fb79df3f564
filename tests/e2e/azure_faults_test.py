#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whatever azure_faults.py spoils in data/azure is refused, and it notices a judge who refuses nothing.

Usage: azure_faults_test.py
"""
import pathlib
import sys

import arm
import azure_faults
import bicep
import terraform

sys.path.append(str(pathlib.Path(__file__).parents[1]))
import readers  # noqa: E402

DATA = pathlib.Path(__file__).parent / "data/azure"
VARIABLES = {"subscription_id": "00000000-0000-0000-0000-000000000001", "shared_key": "not a secret"}


def looked_at(name: str, judge, module, spoil, expected: set) -> list[str]:
    """What is wrong with the judge, or with how it is tried."""
    report = spoil()
    wrong = [f"{name}: {text}" for text in report.taken]
    wrong += [f"{name}: {one} was not spoiled" for one in sorted(expected - report.spoiled)]
    real = getattr(module, judge)
    setattr(module, judge, lambda *_, **__: terraform.Checked() if module is terraform else [])
    blind = spoil()
    setattr(module, judge, real)
    if {text.split()[0] for text in blind.taken} != {f"{fault}:" for _, fault in report.spoiled}:
        wrong.append(f"{name}: nobody noticed that nothing is refused")
    print(f"{name}: {len(report.spoiled)} faults of {len({type_ for type_, _ in report.spoiled})} types")
    return wrong


def all_of(type_: str) -> set:
    return {(type_, fault) for fault in azure_faults.FAULTS}


def main() -> int:
    wrong = looked_at("ARM", "check", arm, lambda: azure_faults.arm_taken(DATA / "arm/main.json"),
                      {("Microsoft.Authorization/locks", "enum"), ("Microsoft.Network/virtualNetworkGateways", "range")})
    codes = {0}
    if why := bicep.missing():
        codes.add(readers.skipped("tree-sitter-bicep", why))
    else:
        wrong += looked_at("Bicep", "check", bicep, lambda: azure_faults.bicep_taken(DATA / "bicep"),
                           all_of("Microsoft.Network/virtualNetworkGateways") | all_of("Microsoft.Storage/storageAccounts/blobServices"))
    if why := terraform.missing():
        codes.add(readers.skipped("terraform", why))
    else:
        wrong += looked_at("Terraform", "check", terraform, lambda: azure_faults.terraform_taken(DATA / "terraform", "4", VARIABLES),
                           all_of("azurerm_virtual_network_gateway_connection") | {("azurerm_network_security_group", "range")})
    print("\n".join(wrong))
    # What is required and not here fails, whatever else is missing.
    return 1 if wrong or 1 in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())
