// SPDX-License-Identifier: Apache-2.0
#include "convert.h"
#include "messages.h"

namespace groma::parse {

using syntax::AssignOp;
using syntax::kNoNode;

namespace {

auto AssignOpOf(const antlr4::Token *token) -> unsigned {
  switch (TokenOf(token).type) {
    case Rule::PLUS_ASSIGN:
      return static_cast<unsigned>(AssignOp::Add);
    case Rule::MINUS_ASSIGN:
      return static_cast<unsigned>(AssignOp::Subtract);
    case Rule::STAR_ASSIGN:
      return static_cast<unsigned>(AssignOp::Multiply);
    case Rule::LE:
      return static_cast<unsigned>(AssignOp::LessEqual);
    case Rule::GE:
      return static_cast<unsigned>(AssignOp::GreaterEqual);
    case Rule::LT:
      return static_cast<unsigned>(AssignOp::Less);
    case Rule::GT:
      return static_cast<unsigned>(AssignOp::Greater);
    default:
      return static_cast<unsigned>(AssignOp::Set);
  }
}

auto BoundOpOf(uint16_t type) -> syntax::BoundOp {
  switch (type) {
    case Rule::LE:
      return syntax::BoundOp::LessEqual;
    case Rule::GE:
      return syntax::BoundOp::GreaterEqual;
    case Rule::LT:
      return syntax::BoundOp::Less;
    case Rule::GT:
      return syntax::BoundOp::Greater;
    default:
      return syntax::BoundOp::In;
  }
}

}  // namespace

auto Converter::Item(P::ItemContext *c) -> NodeId {
  if (c->field != nullptr) return Field(c->field);
  if (c->decl != nullptr) return Decl(c->decl);
  if (c->fieldDecl != nullptr) return FieldDecl(c->fieldDecl);
  if (c->importing != nullptr) return Import(c->importing);
  if (c->variable != nullptr) return Variable(c->variable);
  if (auto *a = c->alias; a != nullptr) {
    return Make(NodeKind::TypeAlias, a, {Name(a->name_), Type(a->type_)});
  }
  if (c->function != nullptr) return Function(c->function);
  if (c->goals != nullptr) return Goals(c->goals);
  if (auto *r = c->requirement; r != nullptr) {
    return Make(NodeKind::Require, r, {Expression(r->value_), Because(r->because_)});
  }
  if (auto *p = c->preference; p != nullptr) {
    return Make(NodeKind::Prefer, p,
                {Expression(p->value_), Leaf(NodeKind::Number, p->weight), Because(p->because_)});
  }
  if (auto *g = c->given; g != nullptr) {
    return Make(NodeKind::Given, g, {Path(g->path_), Value(g->value_)}, AssignOpOf(g->op));
  }
  if (c->expectation != nullptr) return Expect(c->expectation);
  return Make(NodeKind::Tag, c->tag,
              {Name(c->tag->name_),
               c->tag->body_ == nullptr ? kNoNode : Body(c->tag->body_, Holds::FieldDecls)});
}

auto Converter::Import(P::ImportItemContext *c) -> NodeId {
  const NodeId what = c->file_ != nullptr ? Atom(c->file_) : Path(c->module);
  return Make(NodeKind::Import, c, {what}, c->plan != nullptr ? 1 : 0);
}

auto Converter::Variable(P::VariableItemContext *c) -> NodeId {
  const NodeKind kind = TokenOf(c->word).type == Rule::LET ? NodeKind::Let : NodeKind::Param;
  return Make(kind, c,
              {Name(c->name_), c->type_ == nullptr ? kNoNode : Type(c->type_), Value(c->value_)});
}

auto Converter::Function(P::FunctionItemContext *c) -> NodeId {
  Nodes slots = {Name(c->name_), c->result == nullptr ? kNoNode : Type(c->result),
                 c->result_ == nullptr ? kNoNode : Expression(c->result_)};
  for (P::FormalContext *f : c->formals) {
    slots.push_back(Make(NodeKind::Formal, f, {Name(f->name_), Type(f->type_), Value(f->value_)}));
  }
  return Make(NodeKind::Fn, c, slots);
}

auto Converter::Goals(P::GoalsItemContext *c) -> NodeId {
  Nodes goals;
  for (P::GoalContext *g : c->goals) {
    const bool is_maximize = TokenOf(g->word).type == Rule::MAXIMIZE;
    goals.push_back(Make(NodeKind::Goal, g, {Expression(g->value_)}, is_maximize ? 1 : 0));
  }
  return Make(NodeKind::Goals, c, goals);
}

auto Converter::Expect(P::ExpectItemContext *c) -> NodeId {
  return Make(
      NodeKind::Expect, c,
      {Expression(c->value_), c->at == nullptr ? kNoNode : Quantity(c->at), Because(c->because_)});
}

auto Converter::Because(P::BecauseContext *c) -> NodeId {
  if (c == nullptr) return kNoNode;
  return c->text != nullptr ? Atom(c->text) : Path(c->path_);
}

auto Converter::Decl(P::DeclaredItemContext *c) -> NodeId {
  const NodeId word = Name(c->word);
  const llvm::StringRef word_text = TextOf(word);
  NodeId name = c->first == nullptr ? kNoNode : NameOrPath(c->first);
  NodeId name2 = c->second == nullptr ? kNoNode : NameOrPath(c->second);
  NodeId base = c->base == nullptr ? kNoNode : Path(c->base);
  if (name2 != kNoNode && word_text != "emit") {
    if (base == kNoNode) {
      sink_.Report(message::MissingColon, SpanOf(name2), TextOf(name2).str())
          .Fix({SpanOf(name2).begin, SpanOf(name2).begin}, "put a colon before the base", ": ");
      base = Path(c->second);
    } else {
      sink_.Report(message::Unexpected, SpanOf(name2), "`:` or `{`", TextOf(name).str(),
                   "`" + TextOf(name2).str() + "`");
    }
    builder_.MarkError();
    name2 = kNoNode;
  }
  if (name != kNoNode && builder_.node(name).kind == NodeKind::Path && word_text != "kind") {
    sink_.Report(message::DottedName, SpanOf(name), TextOf(name).str());
    builder_.MarkError();
  }
  Holds holds = Holds::Nothing;
  if (word_text == "kind" || word_text == "record") holds = Holds::FieldDecls;
  if (word_text == "enum" || word_text == "union") holds = Holds::Tags;
  const NodeId title = c->title == nullptr ? kNoNode : Atom(c->title);
  return Make(NodeKind::Decl, c, {word, name, name2, base, title, Body(c->body_, holds)});
}

auto Converter::FieldDecl(P::FieldDeclItemContext *c) -> NodeId {
  Nodes slots = {Name(c->name_), Type(c->type_), kNoNode, kNoNode};
  P::BodyContext *attributes = c->attributes;
  P::ExprContext *value = c->default_ == nullptr ? nullptr : c->default_->expr_;
  // `= 4 h { deprecated = "..." }`: braces after a value that is no tag are the attributes.
  if (value != nullptr && value->left != nullptr && value->record != nullptr &&
      value->left->word == nullptr && value->left->member == nullptr) {
    attributes = value->record;
    slots[2] = Expression(value->left);
  } else {
    slots[2] = Value(c->default_);
  }
  if (attributes != nullptr) slots[3] = Body(attributes, Holds::Nothing);
  for (P::BoundContext *bound : c->bounds) Bounds(bound, slots);
  return Make(NodeKind::FieldDecl, c, slots);
}

// `>= 1 <= 40` reads as one bound on a comparison; it is meant as two.
void Converter::Bounds(P::BoundContext *c, Nodes &out) {
  std::vector<std::pair<uint16_t, P::ExprContext *>> bounds;
  P::ExprContext *value = c->value_;
  while (value->left != nullptr && value->op != nullptr &&
         ((TokenOf(value->op).type >= Rule::LE && TokenOf(value->op).type <= Rule::GT) ||
          TokenOf(value->op).type == Rule::IN)) {
    bounds.emplace_back(TokenOf(value->op).type, value->right);
    value = value->left;
  }
  bounds.emplace_back(TokenOf(c->op).type, value);
  for (size_t i = bounds.size(); i-- > 0;) {
    auto [op, expr] = bounds[i];
    out.push_back(
        Make(NodeKind::Bound, expr, {Expression(expr)}, static_cast<unsigned>(BoundOpOf(op))));
  }
}

auto Converter::Field(P::FieldItemContext *c) -> NodeId {
  const NodeId key = c->path_ != nullptr  ? Path(c->path_)
                     : c->atom != nullptr ? Atom(c->atom)
                                          : Quantity(c->amount);
  return Make(NodeKind::Field, c, {key, Value(c->value_)}, AssignOpOf(c->op));
}

auto Converter::Items(P::BodyContext *c) -> Nodes {
  const uint32_t hole = TokenOf(c->start).extra;
  if (hole > 0) return std::move(holes[hole - 1]);
  Nodes items;
  for (P::ItemContext *item : c->items) items.push_back(Item(item));
  return items;
}

auto Converter::Body(P::BodyContext *c, Holds holds) -> NodeId {
  Nodes items = Items(c);
  for (NodeId &item : items) item = CheckItem(item, holds);
  return Make(NodeKind::Body, c, items);
}

auto Converter::Record(P::BodyContext *c) -> NodeId {
  Nodes items = Items(c);
  for (NodeId &item : items) {
    const NodeKind kind = builder_.node(item).kind;
    if (kind == NodeKind::Field || kind == NodeKind::Error) continue;
    if (kind == NodeKind::Tag || kind == NodeKind::FieldDecl) {
      item = CheckItem(item, Holds::Nothing);
      continue;
    }
    const Span span = SpanOf(item);
    sink_.Report(message::NotInRecord, {span.begin, std::min(span.end, span.begin + 60)},
                 TextOf(item).take_until([](char c) { return c == ' '; }).str());
    item = Error(builder_.node(item).begin, builder_.node(item).end);
  }
  return Make(NodeKind::Record, c, items);
}

// Tags stand only in enums and unions, typed fields only in kinds and records.
auto Converter::CheckItem(NodeId item, Holds holds) -> NodeId {
  const syntax::Node node = builder_.node(item);
  if (node.kind == NodeKind::Tag && holds != Holds::Tags) {
    const NodeId name = builder_.child(item, 0);
    const uint32_t end = SpanOf(name).end;
    auto report = sink_.Report(message::MissingValue, SpanOf(name), TextOf(name).str());
    if (builder_.child(item, 1) != kNoNode) report.Fix({end, end}, "write `=`", " =");
    return Error(node.begin, node.end);
  }
  if (node.kind == NodeKind::FieldDecl && holds == Holds::Nothing) {
    const uint32_t end = builder_.node(builder_.child(item, 0)).end;
    const auto colon = static_cast<uint32_t>(text_.find(':', end));
    const Span span{base_ + colon, base_ + colon + 1};
    sink_.Report(message::ColonForAssign, span).Fix({base_ + end, span.end}, "write `=`", " =");
    return Error(node.begin, node.end);
  }
  return item;
}

auto Converter::Error(uint32_t begin, uint32_t end) -> NodeId {
  return builder_.Add(NodeKind::Error, begin, end);
}

}  // namespace groma::parse
