// SPDX-License-Identifier: Apache-2.0
#include "convert.h"

namespace groma::parse {

auto Converter::Name(P::NameContext *c) -> NodeId { return Leaf(NodeKind::Name, c->start); }

auto Converter::Path(P::PathContext *c) -> NodeId {
  Nodes names;
  for (P::NameContext *name : c->names) names.push_back(Name(name));
  return Make(NodeKind::Path, c, names);
}

auto Converter::NameOrPath(P::PathContext *c) -> NodeId {
  return c->names.size() == 1 ? Name(c->names[0]) : Path(c);
}

auto Converter::Atom(const antlr4::Token *token) -> NodeId {
  const Token &t = TokenOf(token);
  switch (t.type) {
    case Rule::DATE:
      return Leaf(NodeKind::Date, token);
    case Rule::MONTH:
      return Leaf(NodeKind::Month, token);
    case Rule::QUARTER:
      return Leaf(NodeKind::Quarter, token);
    case Rule::CIDR:
      return Leaf(NodeKind::Cidr, token);
    case Rule::TRUE:
      return Leaf(NodeKind::True, token);
    case Rule::FALSE:
      return Leaf(NodeKind::False, token);
    case Rule::NONE:
      return Leaf(NodeKind::NoneValue, token);
    default:
      // An interpolated string was read before its declaration.
      return t.extra != 0 ? static_cast<NodeId>(t.extra) : Leaf(NodeKind::String, token);
  }
}

auto Converter::InterpolatedString(const Token &string, llvm::ArrayRef<NodeId> parts) -> NodeId {
  return builder_.Add(NodeKind::String, string.begin, string.end, parts);
}

auto Converter::Quantity(P::QuantityContext *c) -> NodeId {
  const NodeId number = Leaf(NodeKind::Number, c->number);
  if (c->unit_ == nullptr) return number;
  return Make(NodeKind::Quantity, c, {number, Unit(c->unit_)});
}

auto Converter::Unit(P::UnitContext *c) -> NodeId { return Make(NodeKind::Unit, c, {}); }

}  // namespace groma::parse
