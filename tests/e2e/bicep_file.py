# SPDX-License-Identifier: Apache-2.0
"""What one file of Bicep declares, and what its expressions are known to be before anybody deploys them."""
import dataclasses
import pathlib
import re

import bicep_tree
from azure_types import Value
from bicep_tree import Node

PRIMITIVE = {"array": "array", "bool": "bool", "int": "int", "object": "object", "secureObject": "object", "secureString": "string",
             "string": "string"}
# What functions give, where that does not depend on what they are given.
RETURNS = {
    **dict.fromkeys(("format toLower toUpper uniqueString guid newGuid resourceId subscriptionResourceId tenantResourceId join replace substring "
                     "extensionResourceId managementGroupResourceId string base64 base64ToString trim loadTextContent loadFileAsBase64 cidrSubnet "
                     "cidrHost padLeft utcNow uri uriComponent dataUri dateTimeAdd buildUri readEnvironmentVariable getSecret").split(), "string"),
    **dict.fromkeys("length int indexOf lastIndexOf dateTimeToEpoch".split(), "int"),
    **dict.fromkeys("bool empty startsWith endsWith".split(), "bool"),
    **dict.fromkeys("array split range map filter sort flatten items objectKeys pickZones".split(), "array"),
    **dict.fromkeys("toObject mapValues groupBy parseCidr shallowMerge environment subscription resourceGroup tenant deployment".split(), "object"),
}
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "'": "'", "\\": "\\", "$": "$"}


@dataclasses.dataclass
class Type:
    """A type as a declaration has it: what kind of value, which literals, which fields."""
    kind: str | None = None
    words: list = dataclasses.field(default_factory=list)
    fields: dict = dataclasses.field(default_factory=dict)
    is_nullable: bool = False
    item: "Type | None" = None


@dataclasses.dataclass
class Declaration:
    name: str
    line: int
    node: Node
    type: Type = dataclasses.field(default_factory=Type)
    # Of a parameter its default, of others what they are.
    value: Node | None = None
    decorators: dict[str, Node] = dataclasses.field(default_factory=dict)
    # Of resources and modules: "Type@version" or a path.
    what: str = ""
    is_existing: bool = False
    is_loop: bool = False
    parent: "Declaration | None" = None
    children: dict = dataclasses.field(default_factory=dict)


def text_of(node: Node) -> str | None:
    """The text that a string means, None if it has expressions inside."""
    if any(one.kind == "interpolation" for one in node.children):
        return None
    if node.text.startswith("'''"):
        return node.text[3:-3].removeprefix("\r").removeprefix("\n")
    return re.sub(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))", lambda found: chr(int(found[1], 16)) if found[1] else ESCAPES.get(found[2], found[2]), node.text[1:-1])


def string_faults(node: Node) -> list[str]:
    """What Bicep refuses of a string that the grammar takes."""
    if node.text.startswith("'''"):
        return []
    # What stands in expressions has strings of its own.
    text = node.text.encode()
    for one in reversed([one for one in node.children if one.kind == "interpolation"]):
        text = text[:one.start - node.start] + text[one.end - node.start:]
    own = text.decode()[1:-1]
    out = ["a string ends where its line does"] if "\n" in own else []
    for found in re.finditer(r"\\(u\{[0-9a-fA-F]{1,6}\}|[\s\S])", own):
        if found[1] not in ESCAPES and not found[1].startswith("u{"):
            out.append(f"there is no escape {found[0]}")
    return out


class File:
    def __init__(self, path: pathlib.Path, text: str):
        self.path = path
        self.root = bicep_tree.parse(text)
        self.scope = "resourceGroup"
        self.faults: list[tuple[int, str]] = list(bicep_tree.faults(self.root))
        self.faults += [(one.line, text) for one in self.root.walk() if one.kind == "string" for text in string_faults(one)]
        self.params: dict[str, Declaration] = {}
        self.vars: dict[str, Declaration] = {}
        self.resources: dict[str, Declaration] = {}
        self.modules: dict[str, Declaration] = {}
        self.outputs: dict[str, Declaration] = {}
        self.types: dict[str, Declaration] = {}
        self.functions: dict[str, Declaration] = {}
        self.imported: set[str] = set()
        self.evaluating: set[str] = set()
        decorators: dict[str, Node] = {}
        for node in self.root.named:
            if node.kind == "decorators":
                decorators = self.decorators_of(node)
                continue
            self.declare(node, decorators)
            decorators = {}

    def decorators_of(self, node: Node) -> dict[str, Node]:
        calls = [one.named[0] for one in node.named if one.kind == "decorator" and one.named]
        return {call.fields["function"].text.removeprefix("sys."): call for call in calls if "function" in call.fields}

    def declare(self, node: Node, decorators: dict) -> None:
        groups = {"parameter_declaration": self.params, "variable_declaration": self.vars, "output_declaration": self.outputs,
                  "type_declaration": self.types, "user_defined_function": self.functions, "resource_declaration": self.resources,
                  "module_declaration": self.modules}
        if node.kind == "target_scope_assignment":
            self.scope = text_of(node.named[-1])
        elif node.kind == "import_functionality":
            self.imported.update(one.text for one in node.named if one.kind == "identifier")
        elif node.kind in groups:
            made = self.declaration(node, decorators)
            everything = [group for group in groups.values() if group is not self.outputs]
            taken = [made.name in self.outputs] if node.kind == "output_declaration" else [made.name in group for group in everything]
            if any(taken):
                self.faults.append((node.line, f"{made.name} is declared twice"))
            groups[node.kind][made.name] = made

    def declaration(self, node: Node, decorators: dict) -> Declaration:
        name = node.fields.get("name") or node.first("identifier")
        made = Declaration(name.text if name else "", node.line, node, decorators=decorators)
        if node.kind in ("resource_declaration", "module_declaration"):
            made.what = text_of(node.first("string")) or ""
            made.is_existing = node.first("existing") is not None
            made.value = node.first("object", "if_statement", "for_statement")
            made.is_loop = made.value is not None and made.value.kind == "for_statement"
            for inner in self.nested_in(self.body_of(made)):
                child = self.declaration(inner, {})
                child.parent = made
                made.children[child.name] = child
            return made
        type_ = node.fields.get("returns") or node.first("type")
        if type_ is not None and node.kind != "type_declaration":
            made.type = self.type_of(type_)
        rest = [one for one in node.named if one is not name and one is not type_ and one.kind not in ("parameters", "nullable_return_type")]
        made.value = rest[-1] if rest else None
        if node.kind == "type_declaration" and made.value is not None:
            made.type = self.type_of(made.value)
        return made

    def nested_in(self, body: Node | None) -> list[Node]:
        properties = [one for one in body.named if one.kind == "object_property"] if body else []
        return [one.named[0] for one in properties if one.named and one.named[0].kind == "resource_declaration"]

    def body_of(self, made: Declaration) -> Node | None:
        """The object of a resource or module, whatever stands around it."""
        node = made.value
        while node is not None and node.kind != "object":
            node = node.fields.get("body") if node.kind == "for_statement" else node.first("object") if node.kind == "if_statement" else None
        return node

    def type_of(self, node: Node) -> Type:
        inner = node.named
        if node.kind in ("type", "parenthesized_type") and inner:
            return self.type_of(inner[0])
        if node.kind == "primitive_type":
            return Type(PRIMITIVE.get(node.text))
        if node.kind == "array_type":
            return Type("array", item=self.type_of(inner[0]))
        if node.kind == "nullable_type":
            return dataclasses.replace(self.type_of(inner[0]), is_nullable=True)
        if node.kind == "string":
            return Type("string", [text_of(node)])
        if node.kind == "number":
            return Type("int", [int(node.text)])
        if node.kind in ("union_type", "binary_expression"):
            parts = [self.type_of(one) for one in inner]
            kinds = {one.kind for one in parts}
            return Type(kinds.pop() if len(kinds) == 1 else None, [word for one in parts for word in one.words])
        if node.kind == "object":
            fields = {}
            for one in inner:
                if one.kind == "object_property" and len(one.named) == 2:
                    key = one.named[0]
                    fields[text_of(key) if key.kind == "string" else key.text.rstrip("?")] = self.type_of(one.named[1])
            return Type("object", fields=fields)
        if node.kind == "identifier":
            return self.types[node.text].type if node.text in self.types else Type(PRIMITIVE.get(node.text))
        return Type()

    # What expressions are known to be.

    def value(self, node: Node | None) -> Value:
        if node is None:
            return Value("open")
        line, inner = node.line, node.named
        if node.kind == "string":
            text = text_of(node)
            return Value("open", "string", line) if text is None else Value("string", text, line)
        if node.kind == "number":
            return Value("int", int(node.text), line)
        if node.kind == "boolean":
            return Value("bool", node.text == "true", line)
        if node.kind == "null":
            return Value("null", None, line)
        if node.kind == "object":
            return self.object_value(node)
        if node.kind == "array":
            return Value("array", [self.value(one) for one in inner if one.kind != "decorators"], line, node.has_error)
        if node.kind == "for_statement":
            body = node.fields.get("body")
            body = body.first("object") if body is not None and body.kind == "if_statement" else body
            return Value("array", [self.value(body)], line, is_open=True)
        if node.kind == "parenthesized_expression" and len(inner) == 1:
            return self.value(inner[0])
        if node.kind == "ternary_expression":
            return Value("either", [self.value(node.fields.get("consequence")), self.value(node.fields.get("alternative"))], line)
        if node.kind == "binary_expression":
            return self.binary_value(node)
        if node.kind == "unary_expression":
            argument = self.value(node.fields.get("argument"))
            if node.fields["operator"].text == "-" and argument.kind == "int":
                return Value("int", -argument.content, line)
            return Value("open", "int" if node.fields["operator"].text == "-" else "bool", line)
        if node.kind == "identifier":
            return self.named_value(node)
        return Value("open", self.kind_of(node), line)

    def object_value(self, node: Node) -> Value:
        out, is_open = {}, node.has_error
        for one in node.named:
            if one.kind != "object_property" or not one.named or one.named[0].kind == "resource_declaration":
                continue
            key = one.named[0]
            name = text_of(key) if key.kind == "string" else key.text
            if name is None:
                is_open = True
                continue
            if name in out:
                self.faults.append((one.line, f"the property {name} is there twice"))
            out[name] = self.value(one.named[-1])
            out[name].line = one.line
        return Value("object", out, node.line, is_open)

    def binary_value(self, node: Node) -> Value:
        operator = node.fields["operator"].text
        if operator == "??":
            return Value("either", [self.value(node.fields["left"]), self.value(node.fields["right"])], node.line)
        return Value("open", "int" if operator in "+-*/%" else "bool", node.line)

    def named_value(self, node: Node) -> Value:
        name = node.text
        if name in self.params:
            return Value("open", self.params[name].type.kind, node.line)
        if name in self.vars and name not in self.evaluating:
            self.evaluating.add(name)
            out = self.value(self.vars[name].value)
            self.evaluating.discard(name)
            return dataclasses.replace(out, line=node.line)
        return Value("open", None, node.line)

    def kind_of(self, node: Node) -> str | None:
        """Of what an expression stands for, as far as it can be told."""
        if node.kind == "call_expression":
            name = node.fields["function"].text.removeprefix("az.").removeprefix("sys.")
            return self.functions[name].type.kind if name in self.functions else RETURNS.get(name)
        if node.kind == "member_expression":
            owner, name = node.fields["object"], node.fields["property"].text
            if owner.kind in ("identifier", "subscript_expression", "resource_expression"):
                symbol = owner.fields["object"].text if owner.kind != "identifier" else owner.text
                if symbol in self.resources:
                    return "string" if name in ("id", "name", "type", "apiVersion", "location") else None
                if owner.kind == "identifier" and symbol in self.params:
                    return self.params[symbol].type.fields.get(name, Type()).kind
        return None


def read(path: pathlib.Path) -> File:
    return File(path, path.read_text(encoding="utf-8"))


def read_parameters(path: pathlib.Path) -> tuple[File, str | None]:
    """A file of parameters, as if its assignments were variables, and the file that it is for: the grammar has neither `using`
    nor assignments to parameters."""
    used = None
    lines = []
    for row in path.read_text(encoding="utf-8").splitlines():
        found = re.match(r"\s*using\s+'([^']*)'\s*$", row)
        if found:
            used, row = found[1], ""
        lines.append(re.sub(r"^param(\s+\w+\s*=)", r"var  \1", row))
    return File(path, "\n".join(lines) + "\n"), used
