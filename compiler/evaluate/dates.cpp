// SPDX-License-Identifier: Apache-2.0
// Dates and periods: moving, first and last days, and comparison.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

using base::DimensionId;

auto Engine::DateValue(base::Date date) -> Value {
  Value value = Value::Of(ValueTag::Date);
  value.date = date;
  return value;
}

auto Engine::FirstDay(const Value &value) const -> std::optional<base::Date> {
  switch (value.tag) {
    case ValueTag::Date: return value.date;
    case ValueTag::Month: return value.month.first();
    case ValueTag::Quarter: return value.quarter.first();
    case ValueTag::Year: return value.year.first();
    case ValueTag::Range: return FirstDay(value.elements()[0]);
    default: return std::nullopt;
  }
}

auto Engine::LastDay(const Value &value) const -> std::optional<base::Date> {
  switch (value.tag) {
    case ValueTag::Date: return value.date;
    case ValueTag::Month: return value.month.last();
    case ValueTag::Quarter: return value.quarter.last();
    case ValueTag::Year: return value.year.last();
    case ValueTag::Range: return LastDay(value.elements()[1]);
    default: return std::nullopt;
  }
}

auto Engine::Move(BinaryOp op, const Value &date, const Value &by, Span at) -> Value {
  const base::Rational amount = op == BinaryOp::Add ? by.number : Negate(by.number);
  if (by.dimension == DimensionId::kWorkday) return MoveByWork(date, by, amount, at);
  if (by.dimension == DimensionId::kMonth) {
    if (!amount.is_integer()) {
      sink_.Report(diag::PartOfDay, at, Spell(by))
          .Help("months are counted whole; say the rest in days");
      return {};
    }
    const int64_t months = amount.numerator();
    if (date.tag == ValueTag::Month) {
      Value moved = date;
      moved.month = date.month.Add(months);
      return moved;
    }
    return DateValue(FirstDay(date)->AddMonths(months));
  }
  const auto days = base::Div(amount, 86400);
  if (by.dimension != DimensionId::kTime || !days || !days->is_integer()) {
    sink_.Report(diag::PartOfDay, at, Spell(by))
        .Help("`1 day`, `2 weeks`, `3 months` and `10 workdays` move a date");
    return {};
  }
  return DateValue(FirstDay(date)->AddDays(days->numerator()));
}

// By days on which the plan's calendar works. From one on which nobody does, the next one is the first.
auto Engine::MoveByWork(const Value &date, const Value &by, const base::Rational &amount, Span at)
    -> Value {
  if (!amount.is_integer()) {
    sink_.Report(diag::PartOfDay, at, Spell(by)).Help("working days are counted whole");
    return {};
  }
  if (!workdays_) workdays_ = ReadWorkdays();
  base::Date day = *FirstDay(date);
  int64_t left = amount.numerator();
  const int64_t step = left < 0 ? -1 : 1;
  // Some day of each week is worked, or none would ever be found.
  if (llvm::none_of(workdays_->of_week, [](bool is_one) { return is_one; })) return DateValue(day);
  while (left != 0 && day > base::Date::First() && day < base::Date::Last()) {
    day = day.AddDays(step);
    if (IsWorkday(day)) left -= step;
  }
  return DateValue(day);
}

auto Engine::ReadWorkdays() -> Workdays {
  Workdays days;
  std::fill_n(days.of_week.begin(), 5, true);
  const auto read = [&](EntityId entity, llvm::StringRef name) {
    const Slot slot = IsSome(entity)
                          ? model_.kind(model_.entity(entity).kind).members.Find(model_.symbols.Find(name))
                          : plan::kNoSlot;
    return slot == plan::kNoSlot ? Value::None() : Read(entity, slot).value;
  };
  const Value calendar = read(model_.plan, "calendar");
  if (calendar.tag != ValueTag::Entity) return days;
  const EntityId entity = calendar.entity;
  days.of_week = WeekOf(model_, read(entity, "workdays"), read(entity, "shifts"));
  days.holidays = read(entity, "holidays");
  days.every_year = read(entity, "every_year");
  return days;
}

auto Engine::IsWorkday(base::Date day) -> bool {
  if (!workdays_->of_week[static_cast<size_t>(day.weekday()) - 1]) return false;
  const auto [off, is_new] = workdays_->off.try_emplace(day.year());
  if (is_new) {
    // What moves from a weekend may come from a year beside it.
    off->second = DaysOff(model_, workdays_->holidays, workdays_->every_year, day.year() - 1,
                          day.year() + 1);
  }
  return !off->second.contains(day);
}

// Negative, zero or positive; `is_error` if a currency could not be converted.
auto Engine::Order(const Value &a, const Value &b, Span at, bool &is_error) -> int {
  if (a.tag == ValueTag::Number && b.tag == ValueTag::Number) {
    const auto other = InCurrencyOf(b, a, at);
    if (!other || other->dimension != a.dimension) {
      if (other) {
        sink_.Report(diag::Dimensions, at, model_.units.Name(a.dimension),
                     model_.units.Name(b.dimension), "compared");
      }
      is_error = true;
      return 0;
    }
    return a.number < other->number ? -1 : other->number < a.number ? 1 : 0;
  }
  if (a.tag != b.tag) {
    const auto first_a = FirstDay(a);
    const auto first_b = FirstDay(b);
    if (first_a && first_b) return *first_a < *first_b ? -1 : *first_b < *first_a ? 1 : 0;
  }
  if (a.tag == ValueTag::Entity && b.tag == ValueTag::Entity && a.entity != b.entity) {
    const Slot by = model_.kind(model_.entity(a.entity).kind).ordered_by;
    const Slot other = model_.kind(model_.entity(b.entity).kind).ordered_by;
    if (by != plan::kNoSlot && by == other) {
      return Order(Read(a.entity, by).value, Read(b.entity, by).value, at, is_error);
    }
  }
  return plan::Compare(a, b);
}

auto Engine::Compare(BinaryOp op, const Value &a, const Value &b, Span at) -> Value {
  bool is_error = false;
  if (HasOpenElement(a) || HasOpenElement(b)) {
    sink_.Report(diag::NotLinear, at, "a part of what is compared here");
    return {};
  }
  if (a.tag == ValueTag::Curve || b.tag == ValueTag::Curve) return CompareCurves(op, a, b, at);
  // Two things with the same rank are still two things.
  const bool by_identity = (op == BinaryOp::Equal || op == BinaryOp::NotEqual) &&
                           a.tag == ValueTag::Entity && b.tag == ValueTag::Entity;
  const int order = by_identity ? plan::Compare(a, b) : Order(a, b, at, is_error);
  if (is_error) return {};
  switch (op) {
    case BinaryOp::Equal: return Value::Bool(order == 0);
    case BinaryOp::NotEqual: return Value::Bool(order != 0);
    case BinaryOp::Less: return Value::Bool(order < 0);
    case BinaryOp::LessEqual: return Value::Bool(order <= 0);
    case BinaryOp::Greater: return Value::Bool(order > 0);
    case BinaryOp::GreaterEqual: return Value::Bool(order >= 0);
    default: return {};
  }
}

auto Engine::Contains(const Value &container, const Value &value, Span at) -> Value {
  bool is_error = false;
  const bool holds_curves = container.tag == ValueTag::List && !container.elements().empty() &&
                            container.elements()[0].tag == ValueTag::Curve;
  const bool is_of_steps = container.tag == ValueTag::List || container.tag == ValueTag::Range;
  if (value.tag == ValueTag::Curve && is_of_steps && !holds_curves && !value.map().empty()) {
    return CompareCurves(BinaryOp::In, value, container, at);
  }
  switch (container.tag) {
    case ValueTag::List:
      for (const Value &element : container.elements()) {
        const bool same = element.tag == ValueTag::Entity
                              ? plan::Compare(element, value) == 0
                              : Order(element, value, at, is_error) == 0;
        if (is_error) return {};
        if (same) return Value::Bool(true);
      }
      return Value::Bool(false);
    case ValueTag::Map:
      for (const plan::MapEntry &entry : container.map()) {
        if (container.op == 1 || plan::Compare(entry.key, value) == 0) return Value::Bool(true);
      }
      return Value::Bool(false);
    default: break;
  }
  const auto first = FirstDay(container);
  const auto day = FirstDay(value);
  if (first && day) return Value::Bool(*first <= *day && *LastDay(value) <= *LastDay(container));
  if (container.tag != ValueTag::Range) return {};
  const bool above = Order(container.elements()[0], value, at, is_error) <= 0;
  const bool below = Order(value, container.elements()[1], at, is_error) <= 0;
  return is_error ? Value() : Value::Bool(above && below);
}

}  // namespace groma::evaluate
