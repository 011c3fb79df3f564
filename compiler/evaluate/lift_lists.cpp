// SPDX-License-Identifier: Apache-2.0
// Lists whose elements may or may not be there, and what is computed from them.
#include "groma/evaluate/lift.h"

namespace groma::evaluate {

using plan::Formula;
using plan::ValueTag;
using syntax::BinaryOp;

namespace {

auto IsAbsent(const Conditional &element) -> bool {
  return element.condition != nullptr && element.condition->of == Formula::Of::False;
}

auto IsCertain(const Conditional &element) -> bool {
  return element.condition == nullptr || element.condition->of == Formula::Of::True;
}

}  // namespace

auto Lift::Guard(llvm::ArrayRef<Conditional> elements) -> Value {
  std::vector<plan::Guarded::Element> kept;
  for (const Conditional &element : elements) {
    if (IsAbsent(element)) continue;
    kept.push_back({element.value, IsCertain(element) ? nullptr : element.condition});
  }
  plan::Guarded list;
  list.elements = model_.Keep(llvm::ArrayRef<plan::Guarded::Element>(kept));
  Value value = Value::Of(ValueTag::Guarded);
  value.guarded = model_.New(list);
  return value;
}

auto Lift::All(llvm::ArrayRef<Conditional> bodies, Span at) -> Value {
  std::vector<Value> parts;
  for (const Conditional &body : bodies) {
    if (body.condition == nullptr) {
      parts.push_back(body.value);
      continue;
    }
    const Value either[] = {Not(OfFormula(body.condition), at), body.value};
    parts.push_back(Or(either, at));
  }
  return And(parts, at);
}

auto Lift::Any(llvm::ArrayRef<Conditional> bodies, Span at) -> Value {
  std::vector<Value> parts;
  for (const Conditional &body : bodies) {
    if (body.condition == nullptr) {
      parts.push_back(body.value);
      continue;
    }
    const Value both[] = {OfFormula(body.condition), body.value};
    parts.push_back(And(both, at));
  }
  return Or(parts, at);
}

// Numbers and the tables of one entity are added by their own operator; all other terms are
// gathered and put in order once.
auto Lift::Sum(llvm::ArrayRef<Conditional> terms, base::DimensionId dimension, Span at,
               Scalar scalar) -> Value {
  Value total = Value::None();
  std::vector<const plan::Linear *> linears;
  for (const Conditional &term : terms) {
    if (IsAbsent(term)) continue;
    Value value = term.value;
    if (!IsCertain(term)) {
      const plan::Linear *linear = AsLinear(value, at);
      if (linear == nullptr) return {};
      value = Mask(*linear, *term.condition, at);
    }
    if (value.is_error()) return {};
    const bool is_tabular = value.tag == ValueTag::PerOffer || !value.is_residual();
    if (is_tabular && total.is_none()) {
      total = value;
    } else if (is_tabular && SameOwner(total, value)) {
      total = Combine(total, value, at, [&](const Value &a, const Value &b) {
        return scalar(BinaryOp::Add, a, b, at);
      });
      if (total.is_error()) return {};
    } else {
      linears.push_back(AsLinear(value, at));
      if (linears.back() == nullptr) return {};
    }
  }
  if (linears.empty()) return total.is_none() ? Value::Number(0, dimension) : total;
  if (!total.is_none()) {
    linears.insert(linears.begin(), AsLinear(total, at));
    if (linears.front() == nullptr) return {};
  }
  std::vector<plan::Term> all;
  uint32_t unit = 0;
  for (const plan::Linear *linear : linears) {
    if (!CanAdd(*linears.front(), *linear, false, at)) return {};
    all.insert(all.end(), linear->terms.begin(), linear->terms.end());
    if (unit == 0) unit = linear->unit;
  }
  return OfTerms(std::move(all), linears.front()->dimension, unit, at);
}

auto Lift::Count(llvm::ArrayRef<Conditional> elements, Span at, Scalar scalar) -> Value {
  std::vector<Conditional> ones;
  for (const Conditional &element : elements) {
    ones.push_back({Value::Number(1, base::DimensionId::kNumber), element.condition});
  }
  return Sum(ones, base::DimensionId::kNumber, at, scalar);
}

auto Lift::Extremum(bool is_max, llvm::ArrayRef<Conditional> elements, Span at) -> Value {
  std::vector<plan::Extremum::Element> kept;
  Value only;
  for (const Conditional &element : elements) {
    if (IsAbsent(element)) continue;
    const plan::Linear *linear = AsLinear(element.value, at);
    if (linear == nullptr) return {};
    if (!kept.empty() && kept.front().linear->dimension != linear->dimension) {
      return Row(BinaryOp::LessEqual, only, element.value, at);  // reports the dimensions
    }
    if (kept.empty()) only = element.value;
    kept.push_back({linear, IsCertain(element) ? nullptr : element.condition});
  }
  if (kept.empty()) return Value::None();
  // The extreme one of a single number is that number, which can do more than be compared.
  if (kept.size() == 1 && kept.front().condition == nullptr) return only;
  plan::Extremum extremum;
  extremum.is_max = is_max;
  extremum.elements = model_.Keep(llvm::ArrayRef<plan::Extremum::Element>(kept));
  Value value = Value::Of(ValueTag::Extremum);
  value.extremum = model_.New(extremum);
  return value;
}

}  // namespace groma::evaluate
