# SPDX-License-Identifier: Apache-2.0
"""Writes a configuration with one resource of every type of a table, with no more in it than has to be."""
import json
import pathlib

TEXTS = {"cidr": "10.0.0.0/24", "ip_range": "203.0.113.4", "ipv4": "203.0.113.4", "ip": "203.0.113.4", "addresses": "203.0.113.4", "json": "{}", "base64": "YWJj", "period": "P1D",
         "uuid": "00000000-0000-0000-0000-000000000001", "id": "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg",
         "date": "2027-01-01T00:00:00Z", "duration": "1h", "url": "https://example.com/a"}
LIKE = {r"^Standard_": "Standard_a", r"\.azure\.privatelinkservice$": "a.azure.privatelinkservice", r"^\d+:\d+$": "1:1",
        r"^([01]\d|2[0-3])[0-5]\d$": "0800", r"^([01]\d|2[0-3]):?[0-5]\d$": "22:00", "^/": "/", r"^[1-9]\d*$": "5"}
# Of groups whose rules exclude each other across blocks, what is to be taken.
CHOSEN = {"azurerm_linux_virtual_machine": {"admin_username", "source_image_reference", "os_disk.storage_account_type",
                                            "disable_password_authentication"}}


def literal(type_, rule: dict) -> str:
    """A value that the rule takes."""
    if isinstance(type_, list):
        return f"[{literal(type_[1], rule.get('elem', {}))}]" if type_[0] in ("list", "set") else "{}"
    if "enum" in rule:
        return json.dumps(rule["enum"][0])
    if "range" in rule:
        return json.dumps(next(one for one in rule["range"] if one is not None))
    if type_ in ("number", "bool"):
        return "1" if type_ == "number" else "false"
    if "is" in rule:
        return json.dumps(TEXTS[rule["is"]])
    size = max(3, rule.get("length", [3])[0])
    return json.dumps(LIKE.get(rule.get("pattern"), "abcdefghijklmnopqrstuvwxyz"[:size]))


class Type:
    def __init__(self, row: dict):
        self.row, self.rules = row, row["rules"]
        self.needed = set(CHOSEN.get(row["type"], ()))
        self.choose(row, "")
        for path in list(self.needed):
            self.needed.update(self.names(path, "required_with"))

    def names(self, path: str, word: str) -> list[str]:
        return [one.replace(".0.", ".") for one in self.rules.get(path, {}).get(word, [])]

    def is_excluded(self, path: str) -> bool:
        groups = [set(self.names(one, "exactly_one_of")) for one in self.rules]
        return any(path in group and self.needed & (group - {path}) for group in groups) or bool(self.needed & set(self.names(path, "conflicts_with")))

    def choose(self, block: dict, above: str) -> None:
        """One of each group of which one is needed, in the blocks that are there."""
        for path in self.rules:
            if path.rpartition(".")[0] != above.rstrip("."):
                continue
            for word in ("exactly_one_of", "at_least_one_of"):
                group = self.names(path, word)
                given = [one for one in group if one in self.needed or "r" in block["a"].get(one.removeprefix(above), ["", ""])[1]]
                if group and not given:
                    self.needed.add(next((one for one in group if not self.is_excluded(one)), group[0]))
        for name, (_, least, _, inner) in block["b"].items():
            if least or above + name in self.needed:
                self.choose(inner, f"{above}{name}.")

    def lines(self, block: dict, above: str = "", indent: str = "  ") -> list[str]:
        out = []
        for name, (type_, flags) in block["a"].items():
            if "r" in flags or above + name in self.needed:
                out.append(f"{indent}{name} = {literal(type_, self.rules.get(above + name, {}))}")
        for name, (_, least, _, inner) in block["b"].items():
            if least or any(one == above + name or one.startswith(f"{above}{name}.") for one in self.needed):
                out += [f"{indent}{name} {{", *self.lines(inner, f"{above}{name}.", indent + "  "), f"{indent}}}"] * max(least, 1)
        return out


def configuration(table: pathlib.Path) -> tuple[str, int]:
    """The text, and how many resources it has."""
    rows = [row for row in map(json.loads, table.read_text(encoding="utf-8").splitlines()) if "type" in row]
    out = ['provider "azurerm" {', "  features {}", "}"]
    for row in rows:
        out += ["", f'resource "{row["type"]}" "it" {{', *Type(row).lines(row), "}"]
    return "\n".join(out) + "\n", len(rows)
