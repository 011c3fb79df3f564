// SPDX-License-Identifier: Apache-2.0
#include "printer.h"

namespace groma::format {

using syntax::kNoNode;

namespace {

constexpr llvm::StringLiteral kBinaryText[] = {"*",  "/", "+",  "-",  "==", "!=",  "<",
                                               "<=", ">", ">=", "in", "is", "and", "or"};

}  // namespace

auto Printer::Expr(NodeId id, unsigned indent) -> std::string {
  const auto slot = [&](unsigned i) { return tree_.child(id, i); };
  const syntax::Node &n = node(id);
  switch (n.kind) {
    case NodeKind::Path: {
      std::string out;
      for (NodeId name : tree_.children(id)) out += (out.empty() ? "" : ".") + Text(name);
      return out;
    }
    case NodeKind::Choose:
      return Choose(id, indent);
    case NodeKind::Quantity:
      return Text(slot(0)) + " " + Text(slot(1));
    case NodeKind::Member:
      return Expr(slot(0), indent) + "." + Text(slot(1));
    case NodeKind::Call: {
      const auto open = static_cast<uint32_t>(text_.find('(', node(slot(0)).end));
      return Expr(slot(0), indent) + "(" + Bracketed(tree_.rest(id, 1), open, n.end, indent) + ")";
    }
    case NodeKind::Formal: {
      const std::string value = slot(2) == kNoNode ? "" : " = " + Expr(slot(2), indent);
      return Text(slot(0)) + ": " + Type(slot(1)) + value;
    }
    case NodeKind::NamedArgument:
      return Text(slot(0)) + " = " + Expr(slot(1), indent);
    case NodeKind::Index:
      return Expr(slot(0), indent) + "[" + Expr(slot(1), indent) + "]";
    case NodeKind::Negate:
      return "-" + Expr(slot(0), indent);
    case NodeKind::Not:
      return "not " + Expr(slot(0), indent);
    case NodeKind::Binary:
      return Operator(slot(0), kBinaryText[n.op], slot(1), indent);
    case NodeKind::Range:
      return Operator(slot(0), "..", slot(1), indent);
    case NodeKind::Spread:
      return Operator(slot(0), "..", slot(1), indent) + " .. " + Expr(slot(2), indent);
    case NodeKind::Where:
      return Operator(slot(0), "where", slot(1), indent);
    case NodeKind::Quantifier: {
      const bool is_broken = HasNewline(node(slot(1)).end, node(slot(2)).begin);
      return (n.op == 0 ? "all " : "any ") + Text(slot(0)) + " in " + Expr(slot(1), indent) +
             (is_broken ? ":\n" + std::string(indent + 2, ' ') : ": ") + Expr(slot(2), indent);
    }
    case NodeKind::If:
      return "if " + Expr(slot(0), indent) + " then " + Operator(slot(1), "else", slot(2), indent);
    case NodeKind::Record:
      return Braces(id, indent);
    case NodeKind::Tagged:
      return Expr(slot(0), indent) + " " + Braces(slot(1), indent);
    case NodeKind::List:
      return "[" + Bracketed(tree_.children(id), n.begin, n.end, indent) + "]";
    case NodeKind::ListOf:
      return "[" + Expr(slot(0), indent) + "]";
    case NodeKind::Generator:
      return Generator(id, indent);
    case NodeKind::Paren:
      return "(" + Expr(slot(0), indent) + ")";
    default:
      return AsWritten(n.begin, n.end);
  }
}

// A line may go on after an operator; where the author went on, so does the printer.
auto Printer::Operator(NodeId left, llvm::StringRef op, NodeId right, unsigned indent)
    -> std::string {
  const bool is_broken = HasNewline(node(left).end, node(right).begin);
  return Expr(left, indent) + " " + op.str() +
         (is_broken ? "\n" + std::string(indent + 2, ' ') : " ") + Expr(right, indent);
}

// What stands within ( or [: one element a line if the author broke the line between two of them.
auto Printer::Bracketed(llvm::ArrayRef<NodeId> elements, uint32_t open, uint32_t end,
                        unsigned indent) -> std::string {
  bool is_broken = false;
  uint32_t at = open;
  for (NodeId element : elements) {
    is_broken |= HasNewline(at, node(element).begin);
    at = node(element).end;
  }
  if (!is_broken) {
    std::string out;
    for (NodeId element : elements) {
      if (!out.empty()) out += ", ";
      out += Expr(element, indent);
    }
    return out;
  }
  const PrintedBlock block = Block(elements, open + 1, end - 1, indent + 2, BlockOf::Elements);
  return block.beside_open + "\n" + block.lines + std::string(indent, ' ');
}

auto Printer::Generator(NodeId id, unsigned indent) -> std::string {
  const auto slot = [&](unsigned i) { return tree_.child(id, i); };
  std::string out =
      Expr(slot(0), indent) + " for " + Text(slot(1)) + " in " + Expr(slot(2), indent);
  if (slot(3) != kNoNode) out += " if " + Expr(slot(3), indent);
  return out;
}

auto Printer::Choose(NodeId id, unsigned indent) -> std::string {
  const syntax::Node &n = node(id);
  std::string out = n.op == 1 ? "choose from " : "choose ";
  out += Expr(tree_.child(id, 0), indent);
  if (const NodeId step = tree_.child(id, 1); step != kNoNode) out += " step " + Expr(step, indent);
  if (const NodeId each = tree_.child(id, 2); each != kNoNode) out += " each " + Text(each);
  if ((n.flags & syntax::kRising) != 0) out += " rising";
  return out;
}

auto Printer::Type(NodeId id) -> std::string {
  switch (tree_.kind(id)) {
    case NodeKind::TypeList:
      return "[" + Type(tree_.child(id, 0)) + "]";
    case NodeKind::TypeOptional:
      return Type(tree_.child(id, 0)) + "?";
    case NodeKind::TypeName: {
      std::string out = Expr(tree_.child(id, 0), 0);
      const auto arguments = tree_.rest(id, 1);
      if (arguments.empty()) return out;
      for (NodeId argument : arguments) {
        out += argument == arguments.front() ? "[" : ", ";
        out += Type(argument);
      }
      return out + "]";
    }
    default:
      return Text(id);
  }
}

}  // namespace groma::format
