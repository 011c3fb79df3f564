// SPDX-License-Identifier: Apache-2.0
#include "convert.h"
#include "messages.h"

namespace groma::parse {

using syntax::BinaryOp;
using syntax::kNoNode;

namespace {

auto BinaryOpOf(uint16_t type) -> BinaryOp {
  switch (type) {
    case Rule::STAR:
      return BinaryOp::Multiply;
    case Rule::SLASH:
    case Rule::PER:
      return BinaryOp::Divide;
    case Rule::PLUS:
      return BinaryOp::Add;
    case Rule::MINUS:
      return BinaryOp::Subtract;
    case Rule::EQ:
      return BinaryOp::Equal;
    case Rule::NE:
      return BinaryOp::NotEqual;
    case Rule::LT:
      return BinaryOp::Less;
    case Rule::LE:
      return BinaryOp::LessEqual;
    case Rule::GT:
      return BinaryOp::Greater;
    case Rule::GE:
      return BinaryOp::GreaterEqual;
    case Rule::IN:
      return BinaryOp::In;
    case Rule::IS:
      return BinaryOp::Is;
    case Rule::AND:
      return BinaryOp::And;
    default:
      return BinaryOp::Or;
  }
}

}  // namespace

auto Converter::Value(P::ValueContext *c) -> NodeId {
  if (c == nullptr) return kNoNode;
  return c->choose_ != nullptr ? Choose(c->choose_) : Expression(c->expr_);
}

auto Converter::Choose(P::ChooseContext *c) -> NodeId {
  const NodeId domain = Expression(c->domain);
  const NodeId step = c->step == nullptr ? kNoNode : Expression(c->step);
  const NodeId each = c->period == nullptr ? kNoNode : Name(c->period);
  const NodeKind kind = builder_.node(domain).kind;
  bool is_from = c->from != nullptr;
  if (!is_from && (kind == NodeKind::List || kind == NodeKind::ListOf)) {
    const uint32_t begin = SpanOf(domain).begin;
    sink_.Report(message::MissingFrom, {begin, begin + 1})
        .Fix({begin, begin}, "write `from`", "from ");
    builder_.MarkError();
    is_from = true;
  }
  return Make(NodeKind::Choose, c, {domain, step, each}, is_from ? 1 : 0,
              c->rising == nullptr ? 0 : syntax::kRising);
}

auto Converter::Expression(P::ExprContext *c) -> NodeId {
  if (c->op == nullptr) {
    if (c->word != nullptr) return Name(c->word);
    if (c->amount != nullptr) return Quantity(c->amount);
    if (c->atom != nullptr) return Atom(c->atom);
    if (c->left == nullptr) return Record(c->record);
    // `left { ... }`: a tag and its record.
    const NodeId tag = Expression(c->left);
    const NodeKind kind = builder_.node(tag).kind;
    if (kind != NodeKind::Name && kind != NodeKind::Member) {
      const uint32_t at = TokenOf(c->record->start).begin;
      sink_.Report(message::Unexpected, {base_ + at, base_ + at + 1}, "a new line or a comma",
                   TextOf(tag).take_back(20).str(), "`{`");
      return Error(TokenOf(c->start).begin, TokenOf(c->stop).end);
    }
    return Make(NodeKind::Tagged, c, {tag, Record(c->record)});
  }
  switch (TokenOf(c->op).type) {
    case Rule::DOT: {
      const NodeId object = Expression(c->left);
      return Make(NodeKind::Member, c, {object, Name(c->member)});
    }
    case Rule::LPAREN:
      if (c->left != nullptr) return Call(c);
      return Make(NodeKind::Paren, c, {Expression(c->right)});
    case Rule::LBRACKET: {
      if (c->left == nullptr) return List(c);
      const NodeId object = Expression(c->left);
      return Make(NodeKind::Index, c, {object, Expression(c->right)});
    }
    case Rule::NOT:
      return Make(NodeKind::Not, c, {Expression(c->right)});
    case Rule::ALL:
    case Rule::ANY: {
      const NodeId variable = Name(c->variable);
      const NodeId list = Expression(c->left);
      return Make(NodeKind::Quantifier, c, {variable, list, Expression(c->right)},
                  TokenOf(c->op).type == Rule::ANY ? 1 : 0);
    }
    case Rule::IF: {
      const NodeId condition = Expression(c->condition);
      const NodeId then = Expression(c->left);
      return Make(NodeKind::If, c, {condition, then, Expression(c->right)});
    }
    case Rule::RANGE:
      return Range(c);
    case Rule::WHERE: {
      const NodeId list = Expression(c->left);
      return Make(NodeKind::Where, c, {list, Expression(c->right)});
    }
    case Rule::MINUS:
      if (c->left == nullptr) return Make(NodeKind::Negate, c, {Expression(c->right)});
      return Binary(c);
    default:
      return Binary(c);
  }
}

auto Converter::Binary(P::ExprContext *c) -> NodeId {
  const Token &op = TokenOf(c->op);
  const NodeId left = Expression(c->left);
  const NodeId right = Expression(c->right);
  if (op.type == Rule::PER) {
    const Span span{base_ + op.begin, base_ + op.end};
    sink_.Report(message::SlashTouches, span).Fix(span, "put spaces around the slash", " / ");
    builder_.MarkError();
  }
  return Make(NodeKind::Binary, c, {left, right}, static_cast<unsigned>(BinaryOpOf(op.type)));
}

auto Converter::Range(P::ExprContext *c) -> NodeId {
  std::vector<P::ExprContext *> parts = {c->right};
  P::ExprContext *first = c->left;
  while (first->op != nullptr && first->left != nullptr && TokenOf(first->op).type == Rule::RANGE) {
    parts.push_back(first->right);
    first = first->left;
  }
  parts.push_back(first);
  Nodes slots;
  for (size_t i = parts.size(); i-- > 0;) slots.push_back(Expression(parts[i]));
  if (slots.size() > 3) {
    sink_.Report(message::RangeParts,
                 {base_ + TokenOf(c->start).begin, base_ + TokenOf(c->stop).end},
                 static_cast<int64_t>(slots.size()));
    return Error(TokenOf(c->start).begin, TokenOf(c->stop).end);
  }
  return Make(slots.size() == 2 ? NodeKind::Range : NodeKind::Spread, c, slots);
}

auto Converter::Call(P::ExprContext *c) -> NodeId {
  Nodes slots = {Expression(c->left)};
  for (P::ArgumentContext *argument : c->arguments) {
    NodeId value = Expression(argument->value_);
    if (argument->generator != nullptr) {
      value = Generator(argument->generator, value, TokenOf(argument->value_->start).begin);
    }
    if (argument->label != nullptr) {
      value = Make(NodeKind::NamedArgument, argument, {Name(argument->label), value});
    }
    slots.push_back(value);
  }
  return Make(NodeKind::Call, c, slots);
}

auto Converter::List(P::ExprContext *c) -> NodeId {
  if (c->generator != nullptr) {
    const NodeId element = Expression(c->right);
    const NodeId generator = Generator(c->generator, element, TokenOf(c->right->start).begin);
    return Make(NodeKind::ListOf, c, {generator});
  }
  Nodes elements;
  for (P::ExprContext *element : c->elements) elements.push_back(Expression(element));
  return Make(NodeKind::List, c, elements);
}

auto Converter::Generator(P::ComprehensionContext *c, NodeId element, uint32_t begin) -> NodeId {
  const NodeId variable = Name(c->variable);
  const NodeId list = Expression(c->list);
  const NodeId condition = c->condition == nullptr ? kNoNode : Expression(c->condition);
  return builder_.Add(NodeKind::Generator, begin, TokenOf(c->stop).end,
                      {element, variable, list, condition});
}

}  // namespace groma::parse
