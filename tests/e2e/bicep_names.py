# SPDX-License-Identifier: Apache-2.0
"""Whether each name that a file of Bicep uses is declared, and each that it declares is used."""
from bicep_file import PRIMITIVE, File
from bicep_tree import Node

FUNCTIONS = set(
    "any array base64 base64ToJson base64ToString bool buildUri cidrHost cidrSubnet concat contains dataUri dataUriToString dateTimeAdd "
    "dateTimeFromEpoch dateTimeToEpoch deployer deployment empty endsWith environment extensionResourceId fail filter first flatten format getSecret "
    "groupBy guid indexOf int intersection items join json last lastIndexOf length loadDirectoryFileInfo loadFileAsBase64 loadJsonContent "
    "loadTextContent loadYamlContent managementGroup managementGroupResourceId map mapValues max min newGuid objectKeys padLeft parseCidr parseUri "
    "pickZones providers range readEnvironmentVariable reduce reference replace resourceGroup resourceId roleDefinitions shallowMerge skip sort split "
    "startsWith string subscription subscriptionResourceId substring take tenant tenantResourceId toLogicalZone toLogicalZones toLower toObject "
    "toPhysicalZone toPhysicalZones toUpper trim tryGet union uniqueString uri uriComponent uriComponentToString utcNow".split())
DECORATORS = set("allowed batchSize description discriminator export maxLength maxValue metadata minLength minValue onlyIfNotExists retryOn sealed "
                 "secure validate waitUntil".split())
NAMESPACES = {"az", "sys"}


class Names:
    def __init__(self, file: File):
        self.file = file
        self.out: list[tuple[int, str]] = []
        self.used: set[str] = set()
        self.declared = {*file.params, *file.vars, *file.resources, *file.modules, *file.imported}

    def check(self) -> list[tuple[int, str]]:
        for node in self.file.root.named:
            self.walk_statement(node)
        for kind, group in (("parameter", self.file.params), ("variable", self.file.vars), ("function", self.file.functions), ("type", self.file.types)):
            for name, one in group.items():
                if name not in self.used and "export" not in one.decorators:
                    self.out.append((one.line, f"the {kind} {name} is not used"))
        for name, one in self.file.resources.items():
            if one.is_existing and name not in self.used and not one.children:
                self.out.append((one.line, f"the existing resource {name} is not used"))
        return self.out

    def walk_statement(self, node: Node) -> None:
        if node.kind == "decorators":
            for name, call in self.file.decorators_of(node).items():
                if name not in DECORATORS:
                    self.out.append((call.line, f"there is no decorator {name}"))
                self.walk(call.fields["arguments"], frozenset())
        elif node.kind == "user_defined_function":
            self.walk_type(node.fields["returns"])
            own = set()
            for one in node.first("parameters").named:
                own.add(one.first("identifier").text)
                self.walk_type(one.first("type"))
            self.walk(node.named[-1], frozenset(own))
        elif node.kind == "type_declaration":
            self.walk_type(node.named[-1])
        elif node.kind == "resource_declaration" or node.kind.endswith("_declaration"):
            name = node.fields.get("name") or node.first("identifier")
            for one in node.named:
                if one.kind == "type":
                    self.walk_type(one)
                elif one is not name:
                    self.walk(one, frozenset())

    def walk_type(self, node: Node) -> None:
        if node.kind == "decorators":
            self.walk_statement(node)
        elif node.kind == "object_property":
            for one in node.named[1:]:
                self.walk_type(one)
        elif node.kind == "identifier":
            if node.text not in PRIMITIVE and node.text not in ("any", "resourceInput", "resourceOutput"):
                self.used.add(node.text)
                if node.text not in self.file.types and node.text not in self.file.imported:
                    self.out.append((node.line, f"there is no type {node.text}"))
        else:
            for one in node.named:
                self.walk_type(one)

    def use(self, node: Node, own: frozenset) -> None:
        if node.text in own or node.text in NAMESPACES:
            return
        self.used.add(node.text)
        if node.text not in self.declared:
            self.out.append((node.line, f"nothing is called {node.text} here"))

    def walk(self, node: Node, own: frozenset) -> None:
        if node.kind == "identifier":
            self.use(node, own)
        elif node.kind == "object_property":
            self.walk_property(node, own)
        elif node.kind == "object":
            # Resources inside see each other.
            nested = frozenset(one.first("identifier").text for one in self.file.nested_in(node) if one.first("identifier"))
            for one in node.named:
                self.walk(one, own | nested)
        elif node.kind == "call_expression":
            function = node.fields["function"]
            if function.kind == "identifier":
                self.used.add(function.text)
                if function.text not in FUNCTIONS and function.text not in self.file.functions and function.text not in self.file.imported:
                    self.out.append((node.line, f"there is no function {function.text}"))
            else:
                self.walk(function, own)
            self.walk(node.fields["arguments"], own)
        elif node.kind == "resource_expression":
            self.walk(node.fields["object"], own)
        elif node.kind == "lambda_expression":
            left, right = node.named[0], node.named[-1]
            own_names = {left.text} if left.kind == "identifier" else {one.text for one in left.named}
            self.walk(right, own | own_names)
        elif node.kind == "for_statement":
            self.walk_loop(node, own)
        elif node.kind != "ERROR":
            for one in node.named:
                if one.kind != "property_identifier":
                    self.walk(one, own)

    def walk_property(self, node: Node, own: frozenset) -> None:
        inner = node.named
        if inner and inner[0].kind == "resource_declaration":
            name = inner[0].first("identifier")
            for one in inner[0].named:
                if one is not name:
                    self.walk(one, own)
            return
        if inner and inner[0].kind == "string":
            self.walk(inner[0], own)
        for one in inner[1:]:
            self.walk(one, own)

    def walk_loop(self, node: Node, own: frozenset) -> None:
        names, rest = set(), []
        for one in node.named:
            if one is node.fields.get("initializer"):
                names.add(one.text)
            elif one.kind == "for_loop_parameters":
                names.update(inner.text for inner in one.named)
            else:
                rest.append(one)
        # What is looped over does not know the loop's own names.
        self.walk(rest[0], own)
        for one in rest[1:]:
            self.walk(one, own | names)
