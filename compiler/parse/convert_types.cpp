// SPDX-License-Identifier: Apache-2.0
#include "convert.h"

namespace groma::parse {

auto Converter::Type(P::TypeContext *c) -> NodeId {
  NodeId type;
  // The `?` is the last token, so the type below it ends before it.
  const uint32_t begin = TokenOf(c->start).begin;
  uint32_t end = TokenOf(c->stop).end;
  if (c->optional_ != nullptr) {
    end = TokenOf(c->optional_).begin;
    while (end > begin && (text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
  }
  if (c->element != nullptr) {
    type = builder_.Add(NodeKind::TypeList, begin, end, {Type(c->element)});
  } else {
    const NodeId path = Path(c->path_);
    const bool is_quantity = TextOf(path) == "quantity";
    Nodes slots = {path};
    for (P::TypeArgumentContext *argument : c->arguments) {
      slots.push_back(TypeArgument(argument, is_quantity));
    }
    type = builder_.Add(NodeKind::TypeName, begin, end, slots);
  }
  return c->optional_ == nullptr ? type : Make(NodeKind::TypeOptional, c, {type});
}

// Within `quantity[...]` stand units; `kg` alone looks like the name of a type.
auto Converter::TypeArgument(P::TypeArgumentContext *c, bool is_quantity) -> NodeId {
  if (is_quantity || c->type_ == nullptr) return Make(NodeKind::Unit, c, {});
  return Type(c->type_);
}

}  // namespace groma::parse
