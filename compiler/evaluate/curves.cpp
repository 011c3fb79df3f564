// SPDX-License-Identifier: Apache-2.0
// Step curves: operators go step by step, and a comparison must hold in every month.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {
namespace {

// Zero before the first step; what is no curve is the same on all days.
auto ValueAt(const Value &side, base::Date day) -> Value {
  if (side.tag != ValueTag::Curve) return side;
  if (side.op == 1) return side.map()[0].value;
  Value value = side.map()[0].value;
  if (value.tag == ValueTag::Number) value.number = 0;
  for (const plan::MapEntry &step : side.map()) {
    if (step.key.date <= day) value = step.value;
  }
  return value;
}

}  // namespace

auto Engine::Curves(BinaryOp op, const Value &a, const Value &b, Span at) -> Value {
  // A curve without steps is nothing at any time.
  const auto is_empty = [](const Value &v) { return v.tag == ValueTag::Curve && v.map().empty(); };
  const bool is_product = op == BinaryOp::Multiply || op == BinaryOp::Divide;
  if (is_empty(a)) return is_product || b.tag != ValueTag::Curve ? a : b;
  if (is_empty(b)) return is_product ? b : a;
  std::vector<base::Date> days;
  for (const Value *side : {&a, &b}) {
    if (side->tag != ValueTag::Curve || side->op == 1) continue;
    for (const plan::MapEntry &step : side->map()) days.push_back(step.key.date);
  }
  llvm::sort(days);
  days.erase(std::unique(days.begin(), days.end()), days.end());
  // What is added to a curve counts before its first step too.
  const auto is_added = [](const Value &side) {
    const Value &value = side.tag == ValueTag::Curve ? side.map()[0].value : side;
    const bool is_everywhere = side.tag != ValueTag::Curve || side.op == 1;
    return is_everywhere && (value.tag != ValueTag::Number || !value.number.is_zero());
  };
  const bool is_sum = op == BinaryOp::Add || op == BinaryOp::Subtract;
  if (is_sum && !days.empty() && (is_added(a) || is_added(b)) &&
      days.front() != base::Date::First()) {
    days.insert(days.begin(), base::Date::First());
  }
  std::vector<plan::MapEntry> steps;
  const bool is_constant = days.empty();
  if (is_constant) days.push_back(base::Date());
  for (const base::Date day : days) {
    const Value value = Apply(op, ValueAt(a, day), ValueAt(b, day), at);
    if (value.is_error()) return {};
    steps.push_back({is_constant ? Value::None() : DateValue(day), value});
  }
  return Value::Entries(ValueTag::Curve, model_.Keep(llvm::ArrayRef<plan::MapEntry>(steps)),
                        is_constant);
}

// The first and the last day of the plan's horizon.
auto Engine::HorizonDays() -> std::optional<std::pair<base::Date, base::Date>> {
  if (!IsSome(model_.plan)) return std::nullopt;
  const size_t mark = premises_.size();
  const Value horizon = ReadNamed(model_.plan, "horizon");
  premises_.resize(mark);
  const auto first = FirstDay(horizon), last = LastDay(horizon);
  if (!first || !last) return std::nullopt;
  return std::pair(*first, *last);
}

// What is left open against a curve: against each of its steps, while it lasts.
auto Engine::CompareOpenCurve(BinaryOp op, const Value &a, const Value &b, Span at, Span left,
                              Span right) -> Value {
  const bool is_left = a.tag == ValueTag::Curve;
  const Value &curve = is_left ? a : b;
  const Value &open = is_left ? b : a;
  const auto compare = [&](const Value &step) {
    return is_left ? Operate(op, step, open, at, left, right)
                   : Operate(op, open, step, at, left, right);
  };
  if (curve.op == 1 && !curve.map().empty()) return compare(curve.map()[0].value);
  std::vector<base::Date> days{base::Date::First()};
  for (const plan::MapEntry &step : curve.map()) days.push_back(step.key.date);
  std::vector<Value> parts;
  for (size_t i = 0; i < days.size(); ++i) {
    const base::Date until = i + 1 < days.size() ? days[i + 1].AddDays(-1) : base::Date::Last();
    const Value step =
        curve.map().empty() ? Value::Number(0, DimensionOf(open)) : ValueAt(curve, days[i]);
    parts.push_back(lift_.During(compare(step), days[i], until, at));
    if (parts.back().is_error()) return {};
  }
  return lift_.And(parts, at);
}

// Two curves are equal if their steps are. Anything else must hold on every day of the horizon; so
// must being in a list or in a range.
auto Engine::CompareCurves(BinaryOp op, const Value &a, const Value &b, Span at) -> Value {
  const bool is_identity = op == BinaryOp::Equal || op == BinaryOp::NotEqual;
  if (is_identity && a.tag == b.tag) {
    return Value::Bool((plan::Compare(a, b) == 0) == (op == BinaryOp::Equal));
  }
  std::vector<base::Date> days;
  const auto horizon = HorizonDays();
  if (horizon) days.push_back(horizon->first);
  for (const Value *side : {&a, &b}) {
    if (side->tag != ValueTag::Curve || side->op == 1) continue;
    for (const plan::MapEntry &step : side->map()) {
      const base::Date day = step.key.date;
      if (!horizon || (horizon->first < day && day <= horizon->second)) days.push_back(day);
    }
  }
  if (days.empty()) days.push_back(base::Date::First());
  const Value zero = Value::Number(0, DimensionOf(a.tag == ValueTag::Curve ? b : a));
  const auto value_at = [&](const Value &side, base::Date day) {
    return side.tag == ValueTag::Curve && side.map().empty() ? zero : ValueAt(side, day);
  };
  for (const base::Date day : days) {
    const Value left = value_at(a, day), right = value_at(b, day);
    const Value holds =
        op == BinaryOp::In ? Contains(right, left, at) : Compare(op, left, right, at);
    if (holds.tag != ValueTag::Bool || !holds.boolean) return holds;
  }
  return Value::Bool(true);
}

}  // namespace groma::evaluate
