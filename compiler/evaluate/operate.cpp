// SPDX-License-Identifier: Apache-2.0
// Operators on any two values: which of them meets decided values, and how what is left open is
// brought to one currency before it is lifted.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

using base::DimensionId;

namespace {

auto IsComparison(BinaryOp op) -> bool {
  return op >= BinaryOp::Equal && op <= BinaryOp::GreaterEqual;
}

// The first number of a table, or any number; null if there is none.
auto NumberIn(const Value &value) -> const Value * {
  if (value.tag == ValueTag::Number) return &value;
  if (value.tag != ValueTag::PerOffer) return nullptr;
  const auto found = llvm::find_if(
      value.per_offer->table, [](const Value &entry) { return entry.tag == ValueTag::Number; });
  return found == value.per_offer->table.end() ? nullptr : found;
}

}  // namespace

auto Engine::Operate(BinaryOp op, const Value &a, const Value &b, Span at, Span left, Span right)
    -> Value {
  if (a.is_error() || b.is_error()) return {};
  if (a.is_none() || b.is_none()) {
    // Absence may itself depend on a choice: `p.sku.price == none`.
    const Value &other = a.is_none() ? b : a;
    if (other.tag != ValueTag::PerOffer || !IsComparison(op)) return WithNone(op, a, b);
    return lift_.Pointwise(*other.per_offer, at,
                           [&](const Value &value) { return WithNone(op, value, Value::None()); });
  }
  if (op == BinaryOp::In && b.tag == ValueTag::List && HasOpenElement(b)) {
    std::vector<Value> cases;
    for (const Value &element : b.elements()) {
      cases.push_back(Operate(BinaryOp::Equal, a, element, at, left, right));
      if (cases.back().is_error()) return {};
      if (cases.back().is_none()) cases.back() = Value::Bool(false);
    }
    return lift_.Or(cases, at);
  }
  if (op == BinaryOp::In && b.tag == ValueTag::Guarded && b.guarded->is_decided_later()) {
    return Operate(op, a, WithCondition(a, *b.guarded), at, left, right);
  }
  if (!a.is_residual() && !b.is_residual()) return Apply(op, a, b, at);
  if (IsComparison(op) && (a.tag == ValueTag::Curve || b.tag == ValueTag::Curve)) {
    return CompareOpenCurve(op, a, b, at, left, right);
  }
  const bool is_sum = op == BinaryOp::Add || op == BinaryOp::Subtract || IsComparison(op);
  const Value other = is_sum ? InMoneyOf(b, a, at) : b;
  if (other.is_error()) return {};
  return lift_.Binary(op, a, other, at, left, right, scalar_);
}

auto Engine::HasOpenElement(const Value &value) -> bool {
  switch (value.tag) {
    case ValueTag::Record:
    case ValueTag::Union:
    case ValueTag::List:
    case ValueTag::Range:
    case ValueTag::Spread:
    case ValueTag::Bound:
      return llvm::any_of(value.elements(), [](const Value &e) { return HasOpenElement(e); });
    case ValueTag::Map:
    case ValueTag::Curve:
      return llvm::any_of(value.map(),
                          [](const plan::MapEntry &e) { return HasOpenElement(e.value); });
    default:
      return value.is_residual();
  }
}

auto Engine::DimensionOf(const Value &value) -> DimensionId {
  if (value.tag == ValueTag::Linear) return value.linear->dimension;
  const Value *number = NumberIn(value);
  return number == nullptr ? DimensionId::kNumber : number->dimension;
}

// `value`, whole or open, in the currency of `other`; an error if no rate converts it.
auto Engine::InMoneyOf(const Value &value, const Value &other, Span at) -> Value {
  const DimensionId dimension = DimensionOf(other);
  const Value sample = Value::Number(0, dimension);
  const auto is_other = [&](const Value &entry) {
    return entry.tag == ValueTag::Number && entry.dimension != dimension;
  };
  if (value.tag == ValueTag::PerOffer) {
    if (llvm::none_of(value.per_offer->table, is_other)) return value;
    return lift_.Pointwise(*value.per_offer, at, [&](const Value &entry) {
      return InCurrencyOf(entry, sample, at).value_or(Value());
    });
  }
  if (value.tag != ValueTag::Linear) return InCurrencyOf(value, sample, at).value_or(Value());
  if (value.linear->dimension == dimension) return value;
  // One of its unit in the other currency is the factor.
  const auto one = InCurrencyOf(Value::Number(1, value.linear->dimension), sample, at);
  if (!one) return {};
  if (one->dimension == value.linear->dimension) return value;
  const DimensionId ratio = model_.units.Divide(one->dimension, value.linear->dimension);
  return lift_.Binary(BinaryOp::Multiply, value, Value::Number(one->number, ratio), at, at, at,
                      scalar_);
}

// A table of prices that are listed in several currencies, all in that of the first.
auto Engine::InOneCurrency(const Value &value, Span at) -> Value {
  const Value *first = value.tag == ValueTag::PerOffer ? NumberIn(value) : nullptr;
  if (first == nullptr) return value;
  const bool is_mixed = llvm::any_of(value.per_offer->table, [&](const Value &entry) {
    return entry.tag == ValueTag::Number && entry.dimension != first->dimension;
  });
  return is_mixed ? InMoneyOf(value, Value::Number(0, InPlanCurrency(first->dimension)), at)
                  : value;
}

// `money` stands for every currency; of what is not known yet it is the plan's.
auto Engine::InPlanCurrency(DimensionId dimension) -> DimensionId {
  const auto currency = model_.units.CurrencyOf(dimension);
  if (!currency || *currency != "money" || !IsSome(model_.plan)) return dimension;
  const size_t mark = premises_.size();
  const Value wanted = ReadNamed(model_.plan, "currency");
  premises_.resize(mark);
  if (wanted.tag != ValueTag::Currency) return dimension;
  return model_.units.ReplaceCurrency(dimension, model_.text(wanted.symbol)).value_or(dimension);
}

}  // namespace groma::evaluate
