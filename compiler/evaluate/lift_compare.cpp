// SPDX-License-Identifier: Apache-2.0
// Comparisons over what is left open: rows of linear forms, and sets of offers.
#include "groma/evaluate/diagnostics.h"
#include "groma/evaluate/lift.h"
#include "groma/plan/print.h"

namespace groma::evaluate {

using plan::Formula;
using plan::Relation;
using plan::ValueTag;
using syntax::BinaryOp;

namespace {

auto RelationOf(BinaryOp op) -> Relation {
  switch (op) {
    case BinaryOp::Equal: return Relation::Equal;
    case BinaryOp::NotEqual: return Relation::NotEqual;
    case BinaryOp::Less: return Relation::Less;
    case BinaryOp::LessEqual: return Relation::LessEqual;
    case BinaryOp::Greater: return Relation::Greater;
    default: return Relation::GreaterEqual;
  }
}

auto Mirrored(BinaryOp op) -> BinaryOp {
  switch (op) {
    case BinaryOp::Less: return BinaryOp::Greater;
    case BinaryOp::LessEqual: return BinaryOp::GreaterEqual;
    case BinaryOp::Greater: return BinaryOp::Less;
    case BinaryOp::GreaterEqual: return BinaryOp::LessEqual;
    default: return op;
  }
}

}  // namespace

auto Lift::Comparison(BinaryOp op, const Value &a, const Value &b, Span at, Span left, Span right,
                      Scalar scalar) -> Value {
  if (a.tag == ValueTag::Extremum) return CompareExtremum(op, *a.extremum, b, at);
  if (b.tag == ValueTag::Extremum) return CompareExtremum(Mirrored(op), *b.extremum, a, at);
  if (op == BinaryOp::In) {
    if (b.tag == ValueTag::Guarded) return InGuarded(a, *b.guarded, at, scalar);
    if (b.tag == ValueTag::Range) {
      const Value both[] = {Binary(BinaryOp::GreaterEqual, a, b.elements()[0], at, left, right, scalar),
                            Binary(BinaryOp::LessEqual, a, b.elements()[1], at, left, right, scalar)};
      return And(both, at);
    }
    if (b.tag == ValueTag::List) {
      std::vector<Value> parts;
      for (const Value &element : b.elements()) {
        parts.push_back(element.is_residual() || a.is_residual()
                            ? Binary(BinaryOp::Equal, a, element, at, left, right, scalar)
                            : scalar(BinaryOp::Equal, a, element, at));
      }
      return Or(parts, at);
    }
    return NotLinear("this", at);
  }
  // Two truth values: equal is both or neither.
  const auto is_truth = [](const Value &v) {
    return v.tag == ValueTag::Formula || v.tag == ValueTag::Bool;
  };
  if (is_truth(a) && is_truth(b)) {
    const Value yes[] = {a, b};
    const Value no[] = {Not(a, at), Not(b, at)};
    const Value either[] = {And(yes, at), And(no, at)};
    const Value same = Or(either, at);
    return op == BinaryOp::Equal ? same : Not(same, at);
  }
  const bool is_table = a.tag == ValueTag::PerOffer && b.tag == ValueTag::PerOffer;
  if (is_table && a.per_offer->table[0].tag != ValueTag::Number) {
    if (op == BinaryOp::Equal || op == BinaryOp::NotEqual) {
      return EqualOfTwo(*a.per_offer, *b.per_offer, op == BinaryOp::Equal, at, scalar);
    }
    sink_.Report(diag::ChoicesOfTwo, at, NameOfValue(a), NameOfValue(b));
    return {};
  }
  return Row(op, a, b, at);
}

auto Lift::Row(BinaryOp op, const Value &a, const Value &b, Span at) -> Value {
  const plan::Linear *x = AsLinear(a, at);
  const plan::Linear *y = x == nullptr ? nullptr : AsLinear(b, at);
  if (y == nullptr) return {};
  if (x->dimension != y->dimension) {
    sink_.Report(diag::Dimensions, at, model_.units.Name(x->dimension),
                 model_.units.Name(y->dimension), "compared");
    return {};
  }
  const Value difference = Add(*x, *y, true, at);
  if (difference.is_error()) return {};
  if (difference.tag == ValueTag::Number) {
    const int sign = difference.number.sign();
    switch (op) {
      case BinaryOp::Equal: return Value::Bool(sign == 0);
      case BinaryOp::NotEqual: return Value::Bool(sign != 0);
      case BinaryOp::Less: return Value::Bool(sign < 0);
      case BinaryOp::LessEqual: return Value::Bool(sign <= 0);
      case BinaryOp::Greater: return Value::Bool(sign > 0);
      default: return Value::Bool(sign >= 0);
    }
  }
  Formula formula;
  formula.of = Formula::Of::Row;
  formula.relation = RelationOf(op);
  formula.linear = difference.linear;
  return OfFormula(formula);
}

// The choices of two entities agree if, for some value, both take it.
auto Lift::EqualOfTwo(const plan::PerOffer &a, const plan::PerOffer &b, bool is_equal, Span at,
                      Scalar scalar) -> Value {
  std::vector<Value> cases;
  std::vector<Value> seen;
  for (const Value &value : a.table) {
    if (llvm::any_of(seen, [&](const Value &s) { return plan::Compare(s, value) == 0; })) continue;
    seen.push_back(value);
    const auto side = [&](const plan::PerOffer &table) {
      return Pointwise(table, at, [&](const Value &other) {
        return scalar(BinaryOp::Equal, other, value, at);
      });
    };
    const Value both[] = {side(a), side(b)};
    cases.push_back(And(both, at));
  }
  const Value same = Or(cases, at);
  return is_equal ? same : Not(same, at);
}

// max(xs) <= c: each of them; max(xs) >= c: one of them. An element that is not there counts for
// neither.
auto Lift::CompareExtremum(BinaryOp op, const plan::Extremum &extremum, const Value &limit, Span at)
    -> Value {
  const bool is_upper = op == BinaryOp::LessEqual || op == BinaryOp::Less;
  const bool is_lower = op == BinaryOp::GreaterEqual || op == BinaryOp::Greater;
  if ((!is_upper && !is_lower) || limit.tag == ValueTag::Extremum) {
    return NotLinear("whether a `min` or `max` equals something", at);
  }
  const bool is_all = extremum.is_max == is_upper;
  std::vector<Conditional> parts;
  for (const plan::Extremum::Element &element : extremum.elements) {
    Value value = Value::Of(ValueTag::Linear);
    value.linear = element.linear;
    parts.push_back({Row(op, value, limit, at), element.condition});
    if (parts.back().value.is_error()) return {};
  }
  return is_all ? All(parts, at) : Any(parts, at);
}

auto Lift::InGuarded(const Value &value, const plan::Guarded &list, Span at, Scalar scalar)
    -> Value {
  std::vector<Conditional> parts;
  for (const plan::Guarded::Element &element : list.elements) {
    const bool is_open = value.is_residual() || element.value.is_residual();
    const Value same = is_open ? Binary(BinaryOp::Equal, value, element.value, at, at, at, scalar)
                               : scalar(BinaryOp::Equal, value, element.value, at);
    if (same.is_error()) return {};
    parts.push_back({same, element.condition});
  }
  return Any(parts, at);
}

}  // namespace groma::evaluate
