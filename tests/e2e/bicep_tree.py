# SPDX-License-Identifier: Apache-2.0
"""Reads Bicep by the grammar of tree-sitter: npm brings its C sources, a C compiler builds them, Debian's libtree-sitter runs them.

    bicep_tree.py FOLDER     fetches and builds the grammar below FOLDER, which `./bootstrap test` does once

What is fetched stays in the build folder. `missing()` says why there is no grammar, `parse(text)` gives the tree.
"""
import ctypes
import ctypes.util
import dataclasses
import functools
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = "tree-sitter-bicep@1.1.0"


class RawNode(ctypes.Structure):
    _fields_ = [("context", ctypes.c_uint32 * 4), ("id", ctypes.c_void_p), ("tree", ctypes.c_void_p)]


class Point(ctypes.Structure):
    _fields_ = [("row", ctypes.c_uint32), ("column", ctypes.c_uint32)]


@dataclasses.dataclass
class Node:
    kind: str
    line: int
    text: str
    children: list["Node"]
    fields: dict[str, "Node"]
    is_named: bool
    is_missing: bool
    has_error: bool
    # In bytes.
    start: int
    end: int

    @property
    def named(self) -> list["Node"]:
        return [one for one in self.children if one.is_named]

    def first(self, *kinds: str) -> "Node | None":
        return next((one for one in self.children if one.kind in kinds), None)

    def walk(self):
        yield self
        for one in self.children:
            yield from one.walk()


def folder() -> pathlib.Path:
    return pathlib.Path(os.environ.get("GROMA_BICEP_GRAMMAR", ROOT / "build/bicep"))


@functools.lru_cache(1)
def missing() -> str:
    """Why Bicep cannot be read here, or nothing. Fetches and builds what is not there yet."""
    if ctypes.util.find_library("tree-sitter") is None:
        return "libtree-sitter is not installed"
    if (folder() / "bicep.so").is_file():
        return ""
    compiler = shutil.which("clang-19") or shutil.which("cc")
    if shutil.which("npm") is None or compiler is None:
        return "npm or a C compiler is not installed"
    folder().mkdir(parents=True, exist_ok=True)
    sources = folder() / "node_modules/tree-sitter-bicep/src"
    if not sources.is_dir():
        (folder() / "package.json").write_text('{"private": true}')
        # Scripts of packages would build another, for node, with what may not be here.
        done = subprocess.run(["npm", "install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--no-progress", "--legacy-peer-deps",
                               "--loglevel=error", "--fetch-retries=1", PACKAGE], cwd=folder(), capture_output=True, check=False)
        if done.returncode != 0:
            return f"npm has not brought {PACKAGE}"
    made = folder() / f"bicep.{os.getpid()}.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-I", sources, sources / "parser.c", sources / "scanner.c", "-o", made], check=True)
    made.rename(folder() / "bicep.so")
    return ""


@functools.lru_cache(1)
def library():
    """The functions of libtree-sitter, and a parser."""
    lib = ctypes.CDLL(ctypes.util.find_library("tree-sitter"))
    for name, result, arguments in (
            ("ts_parser_new", ctypes.c_void_p, []), ("ts_parser_set_language", ctypes.c_bool, [ctypes.c_void_p, ctypes.c_void_p]),
            ("ts_parser_parse_string", ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32]),
            ("ts_tree_root_node", RawNode, [ctypes.c_void_p]), ("ts_tree_delete", None, [ctypes.c_void_p]),
            ("ts_node_type", ctypes.c_char_p, [RawNode]), ("ts_node_start_byte", ctypes.c_uint32, [RawNode]),
            ("ts_node_end_byte", ctypes.c_uint32, [RawNode]), ("ts_node_start_point", Point, [RawNode]),
            ("ts_node_child_count", ctypes.c_uint32, [RawNode]), ("ts_node_child", RawNode, [RawNode, ctypes.c_uint32]),
            ("ts_node_is_named", ctypes.c_bool, [RawNode]), ("ts_node_is_missing", ctypes.c_bool, [RawNode]),
            ("ts_node_has_error", ctypes.c_bool, [RawNode]), ("ts_node_field_name_for_child", ctypes.c_char_p, [RawNode, ctypes.c_uint32])):
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    grammar = ctypes.CDLL(str(folder() / "bicep.so"))
    grammar.tree_sitter_bicep.restype = ctypes.c_void_p
    parser = lib.ts_parser_new()
    if not lib.ts_parser_set_language(parser, grammar.tree_sitter_bicep()):
        raise RuntimeError("libtree-sitter does not take this grammar")
    return lib, parser


def parse(text: str) -> Node:
    lib, parser = library()
    source = text.encode()
    tree = lib.ts_parser_parse_string(parser, None, source, len(source))

    def node(raw) -> Node:
        children, fields = [], {}
        for i in range(lib.ts_node_child_count(raw)):
            inner = node(lib.ts_node_child(raw, i))
            if inner.kind in ("comment", "diagnostic_comment"):
                continue
            children.append(inner)
            name = lib.ts_node_field_name_for_child(raw, i)
            if name:
                fields[name.decode()] = inner
        start, end = lib.ts_node_start_byte(raw), lib.ts_node_end_byte(raw)
        return Node(lib.ts_node_type(raw).decode(), lib.ts_node_start_point(raw).row + 1, source[start:end].decode(errors="replace"), children,
                    fields, lib.ts_node_is_named(raw), lib.ts_node_is_missing(raw), lib.ts_node_has_error(raw), start, end)

    root = node(lib.ts_tree_root_node(tree))
    lib.ts_tree_delete(tree)
    return root


def faults(root: Node) -> list[tuple[int, str]]:
    """Where the text is no Bicep."""
    out = []
    for one in root.walk():
        if one.is_missing:
            out.append((one.line, f"`{one.kind}` is missing"))
        elif one.kind == "ERROR":
            out.append((one.line, f"is no Bicep: {one.text.splitlines()[0][:60] if one.text else ''}"))
    return out[:5]


if __name__ == "__main__":
    os.environ["GROMA_BICEP_GRAMMAR"] = str(pathlib.Path(sys.argv[1]).resolve())
    print(missing() or f"{folder()} has the grammar of Bicep")
