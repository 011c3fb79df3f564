// SPDX-License-Identifier: Apache-2.0
#include "sections.h"

#include "llvm/ADT/StringExtras.h"

namespace groma::emit::reference {

using syntax::kNoNode;
using syntax::NodeId;
using syntax::NodeKind;
using syntax::Tree;

namespace {

// One line, safe in a cell of a table.
auto Cell(llvm::StringRef text) -> std::string {
  std::string out;
  bool was_space = false;
  for (const char c : text) {
    const bool is_space = c == '\n' || c == '\r' || c == ' ' || c == '\t';
    if (is_space && was_space) continue;
    was_space = is_space;
    if (c == '|') out += '\\';
    out += is_space ? ' ' : c;
  }
  return out;
}

auto Code(llvm::StringRef text) -> std::string {
  return text.empty() ? "" : "`" + Cell(text) + "`";
}

auto Text(const Tree &tree, NodeId node) -> llvm::StringRef {
  return node == kNoNode ? llvm::StringRef() : tree.text(node);
}

auto Row(llvm::ArrayRef<std::string> cells) -> std::string {
  return "| " + llvm::join(cells, " | ") + " |\n";
}

// `>= 0 node` behind the type.
auto Bounds(const Tree &tree, NodeId item) -> std::string {
  std::string out;
  static constexpr llvm::StringLiteral kSigns[] = {" <= ", " >= ", " < ", " > ", " in "};
  for (const NodeId bound : tree.rest(item, 4)) {
    out += kSigns[tree.node(bound).op].str() + Cell(tree.text(tree.child(bound, 0)));
  }
  return out;
}

auto MemberRow(const Tree &tree, NodeId item) -> std::string {
  const std::string doc = Cell(tree.DocOf(item));
  const llvm::StringRef name = Text(tree, tree.child(item, 0));
  switch (tree.kind(item)) {
    case NodeKind::FieldDecl: {
      const llvm::StringRef value = Text(tree, tree.child(item, 2));
      return Row({Code(name), Code(Cell(Text(tree, tree.child(item, 1))) + Bounds(tree, item)),
                  Code(value), doc});
    }
    case NodeKind::Let: {
      const llvm::StringRef formula = Text(tree, tree.child(item, 2));
      return Row({Code(name), Code(Text(tree, tree.child(item, 1))),
                  formula.empty() ? "worked out by groma" : "computed: " + Code(formula), doc});
    }
    case NodeKind::Fn: {
      std::string signature = name.str() + "(";
      for (const NodeId formal : tree.rest(item, 3)) {
        signature += (signature.back() == '(' ? "" : ", ") + Cell(tree.text(formal));
      }
      return Row({Code(signature + ")"), Code(Text(tree, tree.child(item, 1))),
                  "worked out by groma", doc});
    }
    case NodeKind::Decl:
      return Row({Code(Text(tree, tree.child(item, 1))), Code(tree.text(tree.child(item, 0))),
                  "declared with every entity", doc});
    default: return "";
  }
}

auto Members(const Tree &tree, NodeId body) -> std::string {
  std::string rows;
  for (const NodeId item : tree.children(body)) rows += MemberRow(tree, item);
  if (rows.empty()) return "";
  return Row({"name", "type", "if not written", "meaning"}) + "|---|---|---|---|\n" + rows + "\n";
}

// Attributes, new defaults and rules of a kind.
auto Rest(const Tree &tree, NodeId body) -> std::string {
  std::string out;
  for (const NodeId item : tree.children(body)) {
    if (tree.kind(item) == NodeKind::Require) out += "- rule: " + Code(tree.text(item)) + "\n";
    if (tree.kind(item) == NodeKind::Field) out += "- " + Code(tree.text(item)) + "\n";
  }
  return out.empty() ? "" : out + "\n";
}

auto Tags(const Tree &tree, NodeId body) -> std::string {
  std::string out;
  for (const NodeId item : tree.children(body)) {
    if (tree.kind(item) != NodeKind::Tag) continue;
    const std::string doc = Cell(tree.DocOf(item));
    out += "- " + Code(tree.text(tree.child(item, 0))) + (doc.empty() ? "" : ": " + doc) + "\n";
    for (const NodeId field : tree.children(tree.child(item, 1))) {
      if (tree.kind(field) != NodeKind::FieldDecl) continue;
      const std::string about = Cell(tree.DocOf(field));
      out += "  - " + Code(tree.text(field)) + (about.empty() ? "" : ": " + about) + "\n";
    }
  }
  return out.empty() ? "" : out + "\n";
}

auto CatalogueRows(const modules::Module &module, const Tree &tree, NodeId body) -> std::string {
  for (const NodeId item : tree.children(body)) {
    if (tree.kind(item) != NodeKind::Field || tree.text(tree.child(item, 0)) != "from") continue;
    const std::string file = tree.text(tree.child(item, 1)).trim('"').str();
    for (const modules::Table &table : module.tables) {
      if (table.name() != file || table.row_count() == 0) continue;
      return std::to_string(table.row_count()) + " entries, from " +
             Code(table.RowName(0)) + " to " + Code(table.RowName(table.row_count() - 1)) + ".\n\n";
    }
  }
  return "";
}

}  // namespace

auto DeclaredName(const Tree &tree, NodeId item) -> llvm::StringRef {
  switch (tree.kind(item)) {
    case NodeKind::Decl: return Text(tree, tree.child(item, 1));
    case NodeKind::TypeAlias:
    case NodeKind::Fn:
    case NodeKind::Param:
    case NodeKind::Let: return Text(tree, tree.child(item, 0));
    default: return {};
  }
}

auto Section(const modules::Module &module, const Tree &tree, NodeId item) -> std::string {
  const llvm::StringRef name = DeclaredName(tree, item);
  const std::string doc = tree.DocOf(item);
  const std::string about = doc.empty() ? "" : doc + "\n\n";
  if (tree.kind(item) != NodeKind::Decl) {
    // A line of its own says it all.
    return "### " + Code(name) + "\n\n" + about + "```groma\n" + tree.text(item).str() + "\n```\n\n";
  }
  const llvm::StringRef word = tree.text(tree.child(item, 0));
  const NodeId base = tree.child(item, 3);
  const NodeId body = tree.child(item, 5);
  std::string out = "### " + word.str() + " " + Code(name);
  if (base != kNoNode) out += " : " + Code(tree.text(base));
  out += "\n\n" + about;
  if (word == "kind" || word == "record") {
    if (word == "kind" && base != kNoNode) {
      out += "Has everything that " + Code(tree.text(base)) + " has.\n\n";
    }
    return out + Members(tree, body) + Rest(tree, body);
  }
  if (word == "enum" || word == "union") return out + Tags(tree, body);
  if (word == "catalogue") return out + CatalogueRows(module, tree, body);
  return out + "```groma\n" + tree.text(item).str() + "\n```\n\n";
}

auto FileComment(const Tree &tree) -> std::string {
  std::string out;
  uint32_t end = 0;
  for (const syntax::Comment &comment : tree.comments()) {
    // The lines at the very top, without a gap.
    if (comment.is_doc != 0) break;
    if (!tree.text().slice(end, comment.begin).trim().empty()) break;
    if (tree.text().slice(end, comment.begin).count('\n') > 1) break;
    const std::string line =
        tree.text().slice(comment.begin, comment.end).ltrim('/').trim().str();
    end = comment.end;
    // An empty line parts paragraphs.
    const bool is_first = out.empty() || llvm::StringRef(out).ends_with("\n\n");
    out += line.empty() ? (is_first ? "" : "\n\n") : (is_first ? line : " " + line);
  }
  return out;
}

}  // namespace groma::emit::reference
