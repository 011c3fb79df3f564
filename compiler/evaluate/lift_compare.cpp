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
    case BinaryOp::Equal:
      return Relation::Equal;
    case BinaryOp::NotEqual:
      return Relation::NotEqual;
    case BinaryOp::Less:
      return Relation::Less;
    case BinaryOp::LessEqual:
      return Relation::LessEqual;
    case BinaryOp::Greater:
      return Relation::Greater;
    default:
      return Relation::GreaterEqual;
  }
}

auto Mirrored(BinaryOp op) -> BinaryOp {
  switch (op) {
    case BinaryOp::Less:
      return BinaryOp::Greater;
    case BinaryOp::LessEqual:
      return BinaryOp::GreaterEqual;
    case BinaryOp::Greater:
      return BinaryOp::Less;
    case BinaryOp::GreaterEqual:
      return BinaryOp::LessEqual;
    default:
      return op;
  }
}

auto IsTableOf(const Value &value, ValueTag tag) -> bool {
  return value.tag == ValueTag::PerOffer &&
         llvm::all_of(value.per_offer->table, [&](const Value &entry) { return entry.tag == tag; });
}

auto SignHolds(BinaryOp op, int sign) -> bool {
  switch (op) {
    case BinaryOp::Equal:
      return sign == 0;
    case BinaryOp::NotEqual:
      return sign != 0;
    case BinaryOp::Less:
      return sign < 0;
    case BinaryOp::LessEqual:
      return sign <= 0;
    case BinaryOp::Greater:
      return sign > 0;
    default:
      return sign >= 0;
  }
}

}  // namespace

auto Lift::Comparison(BinaryOp op, const Value &a, const Value &b, Span at, Span left, Span right,
                      Scalar scalar) -> Value {
  if (op == BinaryOp::In) {
    if (b.tag == ValueTag::Guarded) return InGuarded(a, *b.guarded, at, scalar);
    if (b.tag == ValueTag::Range) {
      return InRange(a, b.elements()[0], b.elements()[1], at, left, right, scalar);
    }
    if (IsTableOf(b, ValueTag::Range)) {
      const auto end = [&](size_t i) {
        return Pointwise(*b.per_offer, right,
                         [&](const Value &range) { return range.elements()[i]; });
      };
      return InRange(a, end(0), end(1), at, left, right, scalar);
    }
    if (b.tag != ValueTag::List) return NotLinear("this", at);
    std::vector<Value> parts;
    for (const Value &element : b.elements()) {
      parts.push_back(Binary(BinaryOp::Equal, a, element, at, left, right, scalar));
    }
    return Or(parts, at);
  }
  if (a.tag == ValueTag::Extremum) return CompareExtremum(op, *a.extremum, b, at);
  if (b.tag == ValueTag::Extremum) return CompareExtremum(Mirrored(op), *b.extremum, a, at);
  // Two truth values: equal is both or neither.
  const auto is_truth = [](const Value &v) {
    return v.tag == ValueTag::Formula || v.tag == ValueTag::Bool || IsTableOf(v, ValueTag::Bool);
  };
  if (is_truth(a) && is_truth(b)) {
    if (op != BinaryOp::Equal && op != BinaryOp::NotEqual) {
      return NotLinear("an order of truth values", at);
    }
    const Value yes[] = {a, b};
    const Value no[] = {Not(a, at), Not(b, at)};
    const Value either[] = {And(yes, at), And(no, at)};
    const Value same = Or(either, at);
    return op == BinaryOp::Equal ? same : Not(same, at);
  }
  const bool is_table = a.tag == ValueTag::PerOffer && b.tag == ValueTag::PerOffer;
  if (is_table && !(IsTableOf(a, ValueTag::Number) && IsTableOf(b, ValueTag::Number))) {
    if (op == BinaryOp::Equal || op == BinaryOp::NotEqual) {
      return EqualOfTwo(*a.per_offer, *b.per_offer, op == BinaryOp::Equal, at, scalar);
    }
    sink_.Report(diag::ChoicesOfTwo, at, NameOf(a), NameOf(b));
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
  if (difference.tag == ValueTag::Number)
    return Value::Bool(SignHolds(op, difference.number.sign()));
  if (difference.tag == ValueTag::PerOffer) {
    return Pointwise(*difference.per_offer, at, [&](const Value &entry) {
      return Value::Bool(SignHolds(op, entry.number.sign()));
    });
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
      return Pointwise(
          table, at, [&](const Value &other) { return scalar(BinaryOp::Equal, other, value, at); });
    };
    const Value both[] = {side(a), side(b)};
    cases.push_back(And(both, at));
  }
  const Value same = Or(cases, at);
  return is_equal ? same : Not(same, at);
}

auto Lift::InRange(const Value &value, const Value &low, const Value &high, Span at, Span left,
                   Span right, Scalar scalar) -> Value {
  const Value both[] = {Binary(BinaryOp::GreaterEqual, value, low, at, left, right, scalar),
                        Binary(BinaryOp::LessEqual, value, high, at, left, right, scalar)};
  return And(both, at);
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
    const Value same = Binary(BinaryOp::Equal, value, element.value, at, at, at, scalar);
    if (same.is_error()) return {};
    parts.push_back({same, element.condition});
  }
  return Any(parts, at);
}

}  // namespace groma::evaluate
