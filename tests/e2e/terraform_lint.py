# SPDX-License-Identifier: Apache-2.0
"""What neither Terraform nor a provider says, and a reviewer would: what is declared and not used, and secrets in the text."""
import json
import pathlib
import re

PIECE = re.compile(r'"|\{|\}|\\.|\$\$\{|%%\{|\$\{|%\{|#|//|/\*|<<-?\w+\n')


def code_of(text: str) -> str:
    """The text without comments and without what stands in quotes, but for the expressions in it."""
    out, at, inside = [], 0, ["code"]
    while at < len(text):
        found = PIECE.search(text, at)
        end = found.start() if found else len(text)
        if inside[-1] != "quotes":
            out.append(text[at:end])
        if not found:
            break
        piece, at = found[0], found.end()
        if inside[-1] == "quotes":
            if piece == '"':
                inside.pop()
            elif piece in ("${", "%{"):
                inside.append("code")
                out.append(" ")
        elif piece == '"':
            inside.append("quotes")
        elif piece in ("#", "//"):
            at = len(text) if (newline := text.find("\n", at)) < 0 else newline
        elif piece == "/*":
            at = text.find("*/", at) + 2
        elif piece.startswith("<<"):
            # Of a text of several lines everything is taken to be code: it can only be too much.
            end = re.compile(rf"^\s*{piece.strip('<-').strip()}$", re.M).search(text, at)
            out.append(text[at:end.start() if end else len(text)])
            at = end.end() if end else len(text)
        elif piece.endswith("{"):
            inside.append("code")
        elif piece == "}" and len(inside) > 1:
            inside.pop()
            out.append(" ")
    return "".join(out)


def unused(folder: pathlib.Path) -> list[str]:
    """Variables, locals and data sources that nobody names, and variables without a type, module by module."""
    out = []
    for module in sorted({path.parent for path in folder.rglob("*.tf")}):
        files = {path: path.read_text(encoding="utf-8") for path in sorted(module.glob("*.tf"))}
        everything = "\n".join(code_of(text) for text in files.values())
        for path, text in files.items():
            where = path.relative_to(folder)
            for found in re.finditer(r'^variable "(\w+)" \{(.*?)^\}|^data "(\w+)" "(\w+)"', text, re.M | re.S):
                line = text.count("\n", 0, found.start()) + 1
                name = f"var.{found[1]}" if found[1] else f"data.{found[3]}.{found[4]}"
                if not re.search(rf"\b{re.escape(name)}\b", everything):
                    out.append(f"lint: {where}:{line}: {name} is not used")
                if found[1] and not re.search(r"^  type\s+=", found[2], re.M):
                    out.append(f"lint: {where}:{line}: {name} has no type")
            for block in re.finditer(r"^locals \{\n(.*?)^\}", text, re.M | re.S):
                for name in re.findall(r"^  (\w+)\s*=", block[1], re.M):
                    if not re.search(rf"\blocal\.{name}\b", everything):
                        out.append(f"lint: {where}: local.{name} is not used")
    return out


def secrets(plan: dict, tables: list[pathlib.Path]) -> list[str]:
    """Attributes that a provider keeps to itself, and that stand in the text for all to read."""
    rules = {}
    for table in tables:
        for row in map(json.loads, table.read_text(encoding="utf-8").splitlines()):
            if "type" in row:
                rules[row["type"]] = {path for path, rule in row["rules"].items() if rule.get("sensitive")}

    def within(expressions, path: str, secret: set):
        for name, one in expressions.items():
            where = f"{path}{name}"
            for inner in one if isinstance(one, list) else [one]:
                if not isinstance(inner, dict):
                    continue
                if where in secret and isinstance(inner.get("constant_value"), str):
                    yield where
                elif "references" not in inner and "constant_value" not in inner:
                    yield from within(inner, f"{where}.", secret)

    def of_module(module: dict, prefix: str):
        for one in module.get("resources", []):
            for where in within(one.get("expressions", {}), "", rules.get(one["type"], set())):
                yield f"lint: {prefix}{one['address']}: {where} is a secret, and stands here for all to read"
        for name, call in module.get("module_calls", {}).items():
            yield from of_module(call.get("module", {}), f"{prefix}module.{name}.")

    return list(of_module(plan.get("configuration", {}).get("root_module", {}), ""))
