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
  const Value a = Evaluate(left, frame);
  const Value b = Evaluate(right, frame);
  if (a.is_error() || b.is_error()) return {};
  if (a.is_none() || b.is_none()) return WithNone(op, a, b);
  if (a.tag == ValueTag::Deferred || b.tag == ValueTag::Deferred) return Defer(id, frame);
  if (!a.is_residual() && !b.is_residual()) {
    const Value result = Apply(op, a, b, expr.span);
    // Working days need the calendar of whoever does the work: the schedule knows it.
    return result.tag == ValueTag::Deferred ? Defer(id, frame) : result;
  }
  return lift_.Binary(op, a, b, expr.span, model_.exprs.expr(left).span,
                      model_.exprs.expr(right).span,
                      [&](BinaryOp o, const Value &x, const Value &y, Span s) {
                        return Apply(o, x, y, s);
                      });
}

// `and` and `or` look at their right side only if the left one leaves it open.
auto Engine::EvaluateLogic(ExprId id, Frame &frame) -> Value {
  const plan::Expr expr = model_.exprs.expr(id);
  const bool is_and = static_cast<BinaryOp>(expr.op) == BinaryOp::And;
  const Value a = Evaluate(model_.exprs.child(id, 0), frame);
  if (a.is_error()) return a;
  if (a.tag == ValueTag::Bool && a.boolean != is_and) return a;
  const Value b = Evaluate(model_.exprs.child(id, 1), frame);
  if (b.is_error()) return b;
  if (b.tag == ValueTag::Bool && b.boolean != is_and) return b;
  if (a.is_none() || b.is_none()) return Value::None();
  if (a.tag == ValueTag::Bool) return b;
  if (b.tag == ValueTag::Bool) return a;
  if (a.tag == ValueTag::Deferred || b.tag == ValueTag::Deferred) return Defer(id, frame);
  const Value parts[] = {a, b};
  return is_and ? lift_.And(parts, expr.span) : lift_.Or(parts, expr.span);
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
  }
  // Minus turns a spread around: its low end is what was subtracted most.
  llvm::sort(items, [](const Value &x, const Value &y) { return plan::Compare(x, y) < 0; });
  return Value::Items(shape.tag, model_.Keep(llvm::ArrayRef<Value>(items)));
}

auto Engine::Curves(BinaryOp op, const Value &a, const Value &b, Span at) -> Value {
  std::vector<base::Date> days;
  for (const Value *side : {&a, &b}) {
    if (side->tag != ValueTag::Curve || side->op == 1) continue;
    for (const plan::MapEntry &step : side->map()) days.push_back(step.key.date);
  }
  llvm::sort(days);
  days.erase(std::unique(days.begin(), days.end()), days.end());
  const auto value_at = [](const Value &side, base::Date day) {
    if (side.tag != ValueTag::Curve) return side;
    if (side.op == 1) return side.map()[0].value;
    Value value = side.map()[0].value;
    if (value.tag == ValueTag::Number) value.number = 0;
    for (const plan::MapEntry &step : side.map()) {
      if (step.key.date <= day) value = step.value;
    }
    return value;
  };
  std::vector<plan::MapEntry> steps;
  const bool is_constant = days.empty();
  if (is_constant) days.push_back(base::Date());
  for (const base::Date day : days) {
    const Value value = Apply(op, value_at(a, day), value_at(b, day), at);
    if (value.is_error()) return {};
    steps.push_back({is_constant ? Value::None() : DateValue(day), value});
  }
  return Value::Entries(ValueTag::Curve, model_.Keep(llvm::ArrayRef<plan::MapEntry>(steps)),
                        is_constant);
}

}  // namespace groma::evaluate
