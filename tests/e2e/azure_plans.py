# SPDX-License-Identifier: Apache-2.0
"""The plans from which everything for Azure is written and judged: the examples, and the file tests of tests/file/emit/azure."""
import dataclasses
import pathlib
import re

TARGETS = ("arm", "bicep", "terraform")


@dataclasses.dataclass
class Case:
    name: str
    text: str           # of one file, with an `emit` for every language
    version: str = "4"  # of azurerm


def with_targets(text: str, version: str) -> str:
    """The plan with every language asked for, Terraform in that version of azurerm."""
    text = re.sub(r"^emit (arm|bicep|terraform)\b[^\n]*\{[^\n]*\}[^\n]*$", "", text, flags=re.M)
    azurerm = {"4": "~> 4.73", "5": "~> 5.2"}[version]
    return text + f'\nemit arm {{}}\nemit bicep {{}}\nemit terraform {{ azurerm = "{azurerm}" }}\n'


def plan_of(path: pathlib.Path) -> str:
    """A folder is one plan; of a file test only the plan counts."""
    if path.is_dir():
        return "\n".join(one.read_text(encoding="utf-8") for one in sorted(path.glob("*.groma")))
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("// CHECK"))


def cases(root: pathlib.Path) -> list[Case]:
    paths = sorted((root / "examples").iterdir()) + sorted((root / "tests/file/emit/azure").glob("*.groma"))
    found = []
    for path in paths:
        text = plan_of(path) if path.is_dir() or not path.name.startswith("fail_") else ""
        if "azure" not in text or "// --- " in text:
            continue
        found.append(Case(path.stem, with_targets(text, "4")))
        if path.is_dir():
            found.append(Case(path.stem + " for azurerm 5", with_targets(text, "5"), "5"))
    return found


def given(folder: pathlib.Path) -> dict[str, str]:
    """Something for every variable of a Terraform root to which its file of values gives none."""
    found = {}
    text = (folder / "variables.tf").read_text(encoding="utf-8") if (folder / "variables.tf").exists() else ""
    known = {name for path in folder.glob("*.tfvars") for name in re.findall(r"^(\w+) +=", path.read_text(encoding="utf-8"), re.M)}
    for number, (name, body) in enumerate(re.findall(r'^variable "(\w+)" \{(.*?)^\}', text, re.M | re.S), 1):
        if name in known:
            continue
        allowed = re.search(r'contains\(\["([^"]*)"', body)
        ends = re.search(r"ends in /(\d+)", body)
        if allowed:
            found[name] = allowed[1]
        elif re.search(r"^  type +=\s+list", body, re.M):
            found[name] = f'["10.{200 + number % 50}.0.0/24"]'
        elif re.search(r"^  type +=\s+number", body, re.M):
            found[name] = "100" if "vlan" in name else "65010"
        elif name.endswith("_range"):
            found[name] = f"172.16.{number}.0/{ends[1] if ends else 30}"
        elif name.endswith("_id"):
            found[name] = f"11111111-2222-3333-4444-{number:012}"
        elif "ssh" in name:
            found[name] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPlaceholderPlaceholderPlaceholderPlacehol"
        elif name.endswith("_key"):
            found[name] = "not a secret, and long enough"
        else:
            found[name] = f"198.51.100.{number}"
    return found
