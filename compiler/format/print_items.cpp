// SPDX-License-Identifier: Apache-2.0
#include "printer.h"

namespace groma::format {

using syntax::kNoNode;

namespace {

constexpr llvm::StringLiteral kAssignText[] = {"=", "+=", "-=", "*=", "<=", ">=", "<", ">"};
constexpr llvm::StringLiteral kBoundText[] = {"<=", ">=", "<", ">", "in"};

auto Alone(std::string text) -> Line {
  Line line;
  line.cells.push_back({'.', std::move(text)});
  return line;
}

}  // namespace

auto Printer::ItemCells(NodeId id, unsigned indent) -> Line {
  const auto slot = [&](unsigned i) { return tree_.child(id, i); };
  switch (tree_.kind(id)) {
    case NodeKind::Decl:
      return Decl(id, indent);
    case NodeKind::Field:
      return Field(id, indent);
    case NodeKind::FieldDecl:
      return FieldDecl(id, indent);
    case NodeKind::Param:
    case NodeKind::Let:
    case NodeKind::TypeAlias:
      return Variable(id, indent);
    case NodeKind::Import:
      return Alone((node(id).op == 1 ? "import plan " : "import ") + Expr(slot(0), indent));
    case NodeKind::Fn:
      return Alone(Function(id, indent));
    case NodeKind::Goals:
      return Alone(Goals(id, indent));
    case NodeKind::Require:
      return Alone("require " + Expr(slot(0), indent) + Because(slot(1)));
    case NodeKind::Prefer:
      return Alone("prefer " + Expr(slot(0), indent) + " weight " + Text(slot(1)) +
                   Because(slot(2)));
    case NodeKind::Given:
      return Alone("given " + Expr(slot(0), indent) + " " + kAssignText[node(id).op].str() + " " +
                   Expr(slot(1), indent));
    case NodeKind::Expect: {
      const std::string at = slot(1) == kNoNode ? "" : " at " + Expr(slot(1), indent);
      return Alone("expect " + Expr(slot(0), indent) + at + Because(slot(2)));
    }
    case NodeKind::Tag: {
      Line line = Alone(Text(slot(0)));
      if (slot(1) != kNoNode) {
        line.group = "tag";
        line.cells.push_back({'{', Braces(slot(1), indent), IsWide(node(slot(1)).begin)});
      }
      return line;
    }
    default:
      return Alone(AsWritten(node(id).begin, node(id).end));
  }
}

auto Printer::Because(NodeId id) -> std::string {
  return id == kNoNode ? "" : " because " + Expr(id, 0);
}

// word name : base "title" { ... }
auto Printer::Decl(NodeId id, unsigned indent) -> Line {
  const auto slot = [&](unsigned i) { return tree_.child(id, i); };
  Line line;
  line.group = Text(slot(0));
  std::string head = line.group;
  for (unsigned i : {1U, 2U}) {
    if (slot(i) != kNoNode) head += " " + Expr(slot(i), indent);
  }
  line.cells.push_back({'n', head});
  if (slot(3) != kNoNode) {
    const auto colon = static_cast<uint32_t>(text_.rfind(':', node(slot(3)).begin));
    line.cells.push_back({':', ": " + Expr(slot(3), indent), IsWide(colon)});
  }
  if (slot(4) != kNoNode) {
    line.cells.push_back({'"', Expr(slot(4), indent), IsWide(node(slot(4)).begin)});
  }
  line.cells.push_back({'{', Braces(slot(5), indent), IsWide(node(slot(5)).begin)});
  return line;
}

// param name: type = value, let name = value, type name = type
auto Printer::Variable(NodeId id, unsigned indent) -> Line {
  const NodeId name = tree_.child(id, 0);
  const NodeId type = tree_.child(id, 1);
  const NodeId value = tree_.child(id, 2);
  Line line;
  if (tree_.kind(id) == NodeKind::TypeAlias) {
    line.group = "type";
    line.cells.push_back({'n', "type " + Text(name)});
    line.cells.push_back({'=', "= " + Type(type), IsWide(SkipSpaces(node(name).end))});
    return line;
  }
  line.group = tree_.kind(id) == NodeKind::Let ? "let" : "param";
  line.cells.push_back({'n', line.group + " " + Text(name) + (type == kNoNode ? "" : ":")});
  if (type != kNoNode) line.cells.push_back({':', Type(type), IsWide(node(type).begin)});
  if (value != kNoNode) {
    const uint32_t before = node(type == kNoNode ? name : type).end;
    line.cells.push_back({'=', "= " + Expr(value, indent), IsWide(SkipSpaces(before))});
  }
  return line;
}

// name: type bounds = default { attributes }
auto Printer::FieldDecl(NodeId id, unsigned indent) -> Line {
  const NodeId type = tree_.child(id, 1);
  Line line;
  line.group = ":";
  line.cells.push_back({'n', Text(tree_.child(id, 0)) + ":"});
  std::string typed = Type(type);
  uint32_t end = node(type).end;
  for (NodeId bound : tree_.rest(id, 4)) {
    typed += " " + kBoundText[node(bound).op].str() + " " + Expr(tree_.child(bound, 0), indent);
    end = node(bound).end;
  }
  line.cells.push_back({':', typed, IsWide(node(type).begin)});
  if (const NodeId value = tree_.child(id, 2); value != kNoNode) {
    line.cells.push_back({'=', "= " + Expr(value, indent), IsWide(SkipSpaces(end))});
  }
  if (const NodeId body = tree_.child(id, 3); body != kNoNode) {
    line.cells.push_back({'{', Braces(body, indent), IsWide(node(body).begin)});
  }
  return line;
}

auto Printer::Field(NodeId id, unsigned indent) -> Line {
  Line line;
  line.group = "=";
  line.always = true;
  line.cells.push_back({'n', Expr(tree_.child(id, 0), indent)});
  line.cells.push_back(
      {'=', kAssignText[node(id).op].str() + " " + Expr(tree_.child(id, 1), indent)});
  return line;
}

auto Printer::Function(NodeId id, unsigned indent) -> std::string {
  const NodeId name = tree_.child(id, 0);
  const NodeId result = tree_.child(id, 1);
  const NodeId body = tree_.child(id, 2);
  const auto open = static_cast<uint32_t>(text_.find('(', node(name).end));
  const auto formals = tree_.rest(id, 3);
  // The parenthesis that closes the parameters stands before the result and the body.
  uint32_t end = node(id).end;
  if (body != kNoNode) end = node(body).begin;
  if (result != kNoNode) end = node(result).begin;
  const uint32_t after = formals.empty() ? open + 1 : node(formals.back()).end;
  const auto close = static_cast<uint32_t>(text_.slice(0, end).find(')', after));
  std::string out = "fn " + Text(name) + "(" + Bracketed(formals, open, close + 1, indent) + ")";
  if (result != kNoNode) out += " -> " + Type(result);
  if (body != kNoNode) out += " = " + Expr(body, indent);
  return out;
}

auto Printer::Goals(NodeId id, unsigned indent) -> std::string {
  std::string out;
  uint32_t end = node(id).begin;
  for (NodeId goal : tree_.children(id)) {
    if (!out.empty()) {
      out +=
          HasNewline(end, node(goal).begin) ? " then\n" + std::string(indent + 2, ' ') : " then ";
    }
    out += node(goal).op == 1 ? "maximize " : "minimize ";
    out += Expr(tree_.child(goal, 0), indent);
    end = node(goal).end;
  }
  return out;
}

}  // namespace groma::format
