// SPDX-License-Identifier: Apache-2.0
#include "groma/syntax/tree.h"

namespace groma::syntax {
namespace {

auto OpName(NodeKind kind, uint8_t op) -> llvm::StringRef {
  static constexpr llvm::StringLiteral kAssign[] = {"=", "+=", "-=", "*=", "<=", ">=", "<", ">"};
  static constexpr llvm::StringLiteral kBound[] = {"<=", ">=", "<", ">", "in"};
  static constexpr llvm::StringLiteral kBinary[] = {"*",  "/", "+",  "-",  "==", "!=",  "<",
                                                    "<=", ">", ">=", "in", "is", "and", "or"};
  static constexpr llvm::StringLiteral kQuantifier[] = {"all", "any"};
  static constexpr llvm::StringLiteral kGoal[] = {"minimize", "maximize"};
  static constexpr llvm::StringLiteral kChoose[] = {"range", "from"};
  switch (kind) {
    case NodeKind::Field:
    case NodeKind::Given:
      return kAssign[op];
    case NodeKind::Bound:
      return kBound[op];
    case NodeKind::Binary:
      return kBinary[op];
    case NodeKind::Quantifier:
      return kQuantifier[op];
    case NodeKind::Goal:
      return kGoal[op];
    case NodeKind::Choose:
      return kChoose[op];
    case NodeKind::Import:
      return op == 1 ? "plan" : "";
    default:
      return "";
  }
}

void DumpNode(const Tree &tree, NodeId id, unsigned depth, std::string &out) {
  const Node &n = tree.node(id);
  out.append(2 * static_cast<size_t>(depth), ' ');
  if (n.kind == NodeKind::None) {
    out += "-\n";
    return;
  }
  out += NodeKindName(n.kind);
  if (auto op = OpName(n.kind, n.op); !op.empty()) (out += ' ') += op;
  if ((n.flags & kRising) != 0) out += " rising";
  if (n.count == 0 && n.kind != NodeKind::Body && n.kind != NodeKind::File &&
      n.kind != NodeKind::Error) {
    (out += ' ') += tree.text(id);
  }
  out += '\n';
  for (NodeId child : tree.children(id)) DumpNode(tree, child, depth + 1, out);
}

}  // namespace

auto NodeKindName(NodeKind kind) -> llvm::StringRef {
  static constexpr llvm::StringLiteral kNames[] = {
#define GROMA_NODE(Name, Slots) #Name,
#include "groma/syntax/nodes.def"
  };
  return kNames[static_cast<size_t>(kind)];
}

auto Dump(const Tree &tree) -> std::string {
  std::string out;
  DumpNode(tree, tree.root(), 0, out);
  return out;
}

}  // namespace groma::syntax
