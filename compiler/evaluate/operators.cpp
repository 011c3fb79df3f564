// SPDX-License-Identifier: Apache-2.0
// Binary operators: which of them meets decided values, which is lifted, which waits for the schedule.
#include "groma/evaluate/engine.h"
#include "groma/plan/print.h"

namespace groma::evaluate {

auto Engine::Spell(const Value &value) const -> std::string {
  return plan::Print(model_, value, &environment_);
}

auto Engine::Overflow(const std::string &what, Span at) -> Value {
  sink_.Report(diag::Overflow, at, what)
      .Help("numbers are exact fractions of 64-bit integers in the base unit of their dimension");
  return {};
}

auto Engine::EvaluateBinary(ExprId id, Frame &frame) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  const auto op = static_cast<BinaryOp>(expr.op);
  if (op == BinaryOp::And || op == BinaryOp::Or) return EvaluateLogic(id, frame);
  const ExprId left = model_.exprs.child(id, 0);
  const ExprId right = model_.exprs.child(id, 1);
  const bool is_identity = op == BinaryOp::Equal || op == BinaryOp::NotEqual;
  const std::string not_given = is_identity ? not_given_ : std::string();
  const Value a = Evaluate(left, frame);
  const Value b = Evaluate(right, frame);
  // What is compared with `none` is not missed.
  if (is_identity) not_given_ = not_given;
  const bool waits = a.tag == ValueTag::Deferred || b.tag == ValueTag::Deferred;
  if (waits && !a.is_error() && !b.is_error() && !a.is_none() && !b.is_none()) {
    return Defer(id, frame);
  }
  const Value result = Operate(op, a, b, expr.span, model_.exprs.expr(left).span,
                               model_.exprs.expr(right).span);
  const bool waits_in_table =
      result.tag == ValueTag::PerOffer && llvm::any_of(result.per_offer->table, [](const Value &v) {
        return v.tag == ValueTag::Deferred;
      });
  return result.tag == ValueTag::Deferred || waits_in_table ? Defer(id, frame) : result;
}

// `and` and `or` look at their right side only if the left one leaves it open.
auto Engine::EvaluateLogic(ExprId id, Frame &frame, bool negate) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  const bool is_and = (static_cast<BinaryOp>(expr.op) == BinaryOp::And) != negate;
  const auto side = [&](unsigned i) {
    const ExprId child = model_.exprs.child(id, i);
    return negate ? EvaluateNot(child, frame) : Evaluate(child, frame);
  };
  const size_t before = premises_.size();
  const Value a = side(0);
  if (a.is_error()) return a;
  if (a.tag == ValueTag::Bool && a.boolean != is_and) return a;
  const size_t after = premises_.size();
  const Value b = side(1);
  if (b.is_error()) return b;
  if (b.tag == ValueTag::Bool && b.boolean != is_and) {
    // It decides alone: what the other side read is no reason.
    const auto first = premises_.begin() + static_cast<std::ptrdiff_t>(before);
    premises_.erase(first, premises_.begin() + static_cast<std::ptrdiff_t>(after));
    return b;
  }
  if (a.is_none() || b.is_none()) return Value::None();
  if (a.tag == ValueTag::Bool) return b;
  if (b.tag == ValueTag::Bool) return a;
  if (a.tag == ValueTag::Deferred || b.tag == ValueTag::Deferred) return Defer(id, frame);
  const Value parts[] = {a, b};
  return is_and ? lift_.And(parts, expr.span) : lift_.Or(parts, expr.span);
}

// An absent truth value is neither true nor false. A formula knows only two values and takes absent
// for false, so `not` must reach what may be absent before that happens.
auto Engine::EvaluateNot(ExprId id, Frame &frame) -> Value {
  const plan::Expr &expr = model_.exprs.expr(id);
  const auto op = static_cast<BinaryOp>(expr.op);
  if (expr.kind == ExprKind::Not) return Evaluate(model_.exprs.child(id, 0), frame);
  if (expr.kind == ExprKind::Binary && (op == BinaryOp::And || op == BinaryOp::Or)) {
    return EvaluateLogic(id, frame, true);
  }
  if (expr.kind == ExprKind::Quantifier) return EvaluateQuantifier(id, frame, true);
  if (expr.kind == ExprKind::If) return EvaluateIf(id, frame, true);
  return NotOf(Evaluate(id, frame), expr.span);
}

auto Engine::NotOf(const Value &value, Span at) -> Value {
  if (value.tag == ValueTag::Bool) return Value::Bool(!value.boolean);
  // What waits is deferred with its `not`, by the caller.
  if (!value.is_residual() || value.tag == ValueTag::Deferred) return value;
  if (value.tag != ValueTag::PerOffer) return lift_.Not(value, at);
  return lift_.Pointwise(*value.per_offer, at,
                         [&](const Value &one) { return NotOf(one, at); });
}

// What is absent equals only what is absent; everything else about it is unknown.
auto Engine::WithNone(BinaryOp op, const Value &a, const Value &b) -> Value {
  if (op == BinaryOp::Equal) return Value::Bool(a.is_none() && b.is_none());
  if (op == BinaryOp::NotEqual) return Value::Bool(!(a.is_none() && b.is_none()));
  return Value::None();
}

auto Engine::Apply(BinaryOp op, const Value &a, const Value &b, Span at) -> Value {
  if (a.is_error() || b.is_error()) return {};
  if (a.is_none() || b.is_none()) return WithNone(op, a, b);
  // An entry of a map or a step of a curve may be open though the whole is not.
  if (a.is_residual() || b.is_residual()) return Operate(op, a, b, at, at, at);
  switch (op) {
    case BinaryOp::Multiply:
    case BinaryOp::Divide:
    case BinaryOp::Add:
    case BinaryOp::Subtract: break;
    case BinaryOp::In: return Contains(b, a, at);
    case BinaryOp::And: return Value::Bool(a.boolean && b.boolean);
    case BinaryOp::Or: return Value::Bool(a.boolean || b.boolean);
    default: return Compare(op, a, b, at);
  }
  if (a.tag == ValueTag::Number && b.tag == ValueTag::Number) return Numbers(op, a, b, at);
  const bool is_date = a.tag == ValueTag::Date || a.tag == ValueTag::Month ||
                       a.tag == ValueTag::Quarter || a.tag == ValueTag::Year;
  if (is_date && b.tag == ValueTag::Number) return Move(op, a, b, at);
  if (const auto first = FirstDay(a); is_date && op == BinaryOp::Subtract && FirstDay(b)) {
    const int64_t days = base::DaysBetween(*FirstDay(b), *first);
    return Value::Number(days * 86400, base::DimensionId::kTime,
                         static_cast<uint32_t>(*model_.units.Find("day")));
  }
  if (a.tag == ValueTag::List && b.tag == ValueTag::List && op == BinaryOp::Add) {
    std::vector<Value> all(a.elements().begin(), a.elements().end());
    all.insert(all.end(), b.elements().begin(), b.elements().end());
    return Value::Items(ValueTag::List, model_.Keep(llvm::ArrayRef<Value>(all)));
  }
  if (a.tag == ValueTag::Map && b.tag == ValueTag::Map && op == BinaryOp::Add) {
    std::vector<plan::MapEntry> all(b.map().begin(), b.map().end());
    for (const plan::MapEntry &entry : a.map()) {
      const bool is_new = llvm::none_of(b.map(), [&](const plan::MapEntry &other) {
        return plan::Compare(other.key, entry.key) == 0;
      });
      if (is_new) all.push_back(entry);
    }
    llvm::sort(all, [](const auto &x, const auto &y) { return plan::Compare(x.key, y.key) < 0; });
    return Value::Entries(ValueTag::Map, model_.Keep(llvm::ArrayRef<plan::MapEntry>(all)), false);
  }
  return Family(op, a, b, at);
}

// Curves, maps, ranges and spreads go step by step.
auto Engine::Family(BinaryOp op, const Value &a, const Value &b, Span at) -> Value {
  if (a.tag == ValueTag::Curve || b.tag == ValueTag::Curve) return Curves(op, a, b, at);
  if (a.tag == ValueTag::Map || b.tag == ValueTag::Map) {
    const bool map_left = a.tag == ValueTag::Map;
    std::vector<plan::MapEntry> entries;
    for (const plan::MapEntry &entry : (map_left ? a : b).map()) {
      const Value value = map_left ? Apply(op, entry.value, b, at) : Apply(op, a, entry.value, at);
      if (value.is_error()) return {};
      entries.push_back({entry.key, value});
    }
    return Value::Entries(ValueTag::Map, model_.Keep(llvm::ArrayRef<plan::MapEntry>(entries)),
                          (map_left ? a : b).op == 1);
  }
  const Value &shape = a.tag == ValueTag::Number ? b : a;
  if (shape.tag != ValueTag::Spread && shape.tag != ValueTag::Range) return {};
  std::vector<Value> items;
  for (size_t i = 0; i < shape.elements().size(); ++i) {
    const Value &x = a.tag == ValueTag::Number ? a : a.elements()[i];
    const Value &y = b.tag == ValueTag::Number ? b : b.elements()[i];
    items.push_back(Apply(op, x, y, at));
    if (items.back().is_error()) return {};
    if (items.back().tag == ValueTag::Deferred) return items.back();
  }
  // Minus turns a spread around: its low end is what was subtracted most.
  llvm::sort(items, [](const Value &x, const Value &y) { return plan::Compare(x, y) < 0; });
  return Value::Items(shape.tag, model_.Keep(llvm::ArrayRef<Value>(items)));
}

}  // namespace groma::evaluate
