// SPDX-License-Identifier: Apache-2.0
// Truth values over what is left open: connectives, conditionals, and lists with conditions.
#include "groma/evaluate/diagnostics.h"
#include "groma/evaluate/lift.h"
#include "groma/plan/print.h"

namespace groma::evaluate {

using plan::Formula;
using plan::Relation;
using plan::ValueTag;
using syntax::BinaryOp;

auto Lift::OfFormula(const Formula *formula) -> Value {
  if (formula->of == Formula::Of::True) return Value::Bool(true);
  if (formula->of == Formula::Of::False) return Value::Bool(false);
  Value value = Value::Of(ValueTag::Formula);
  value.formula = formula;
  return value;
}

auto Lift::OfFormula(Formula formula) -> Value { return OfFormula(model_.New(formula)); }

auto Lift::Offers(plan::Choices choices, llvm::ArrayRef<uint8_t> allowed) -> Value {
  const bool any = llvm::any_of(allowed, [](uint8_t flag) { return flag != 0; });
  const bool all = llvm::all_of(allowed, [](uint8_t flag) { return flag != 0; });
  if (all || !any) return Value::Bool(all);
  Formula formula;
  formula.of = Formula::Of::Offers;
  formula.choices = choices;
  formula.allowed = model_.Keep(allowed);
  return OfFormula(formula);
}

auto Lift::AsFormula(const Value &value, Span at) -> const Formula * {
  if (value.tag == ValueTag::Formula) return value.formula;
  if (value.is_error()) return nullptr;
  Formula formula;
  if (value.tag == ValueTag::Bool) {
    formula.of = value.boolean ? Formula::Of::True : Formula::Of::False;
    return model_.New(formula);
  }
  if (value.tag != ValueTag::PerOffer) {
    (void)NotLinear("what is no truth value", at);
    return nullptr;
  }
  // A truth value that is absent for some choices: those choices are out.
  std::vector<uint8_t> allowed;
  for (const Value &entry : value.per_offer->table) {
    allowed.push_back(entry.tag == ValueTag::Bool && entry.boolean ? 1 : 0);
  }
  return AsFormula(Offers(value.per_offer->choices, allowed), at);
}

auto Lift::And(llvm::ArrayRef<Value> parts, Span at) -> Value { return Connect(true, parts, at); }

auto Lift::Or(llvm::ArrayRef<Value> parts, Span at) -> Value { return Connect(false, parts, at); }

auto Lift::Connect(bool is_and, llvm::ArrayRef<Value> parts, Span at) -> Value {
  const Formula::Of form = is_and ? Formula::Of::And : Formula::Of::Or;
  std::vector<const Formula *> kept;
  for (const Value &part : parts) {
    const Formula *formula = AsFormula(part, at);
    if (formula == nullptr) return {};
    if (formula->of == (is_and ? Formula::Of::True : Formula::Of::False)) continue;
    if (formula->of == (is_and ? Formula::Of::False : Formula::Of::True)) {
      return Value::Bool(!is_and);
    }
    if (formula->of == form) {
      kept.insert(kept.end(), formula->parts.begin(), formula->parts.end());
    } else if (formula->of == Formula::Of::Offers && !kept.empty() &&
               kept.back()->of == Formula::Of::Offers && kept.back()->choices == formula->choices) {
      // Two sets of the same offers are one set.
      std::vector<uint8_t> joined;
      for (size_t i = 0; i < formula->allowed.size(); ++i) {
        const uint8_t x = kept.back()->allowed[i];
        const uint8_t y = formula->allowed[i];
        joined.push_back(is_and ? x & y : x | y);
      }
      const Value set = Offers(formula->choices, joined);
      kept.pop_back();
      if (set.tag == ValueTag::Bool) {
        if (set.boolean != is_and) return set;
        continue;
      }
      kept.push_back(set.formula);
    } else {
      kept.push_back(formula);
    }
  }
  if (kept.empty()) return Value::Bool(is_and);
  if (kept.size() == 1) return OfFormula(kept[0]);
  Formula result;
  result.of = form;
  result.parts = model_.Keep(llvm::ArrayRef<const Formula *>(kept));
  return OfFormula(result);
}

auto Lift::Not(const Value &value, Span at) -> Value {
  const Formula *formula = AsFormula(value, at);
  if (formula == nullptr) return {};
  Formula result = *formula;
  switch (formula->of) {
    case Formula::Of::True: return Value::Bool(false);
    case Formula::Of::False: return Value::Bool(true);
    case Formula::Of::Row: {
      static constexpr Relation kOpposite[] = {Relation::Greater, Relation::NotEqual, Relation::Less,
                                               Relation::GreaterEqual, Relation::LessEqual,
                                               Relation::Equal};
      result.relation = kOpposite[static_cast<size_t>(formula->relation)];
      return OfFormula(result);
    }
    case Formula::Of::Offers: {
      std::vector<uint8_t> allowed;
      for (const uint8_t flag : formula->allowed) allowed.push_back(flag != 0 ? 0 : 1);
      return Offers(formula->choices, allowed);
    }
    case Formula::Of::And:
    case Formula::Of::Or: {
      std::vector<Value> parts;
      for (const Formula *part : formula->parts) parts.push_back(Not(OfFormula(part), at));
      return Connect(formula->of == Formula::Of::Or, parts, at);
    }
    case Formula::Of::Not: return OfFormula(formula->parts[0]);
    case Formula::Of::Outcome: break;
  }
  result = Formula();
  result.of = Formula::Of::Not;
  result.parts = model_.Keep(llvm::ArrayRef<const Formula *>(formula));
  return OfFormula(result);
}

auto Lift::If(const Value &condition, const Value &yes, const Value &no, Span at, Scalar scalar)
    -> Value {
  const auto is_truth = [](const Value &v) {
    return v.tag == ValueTag::Bool || v.tag == ValueTag::Formula;
  };
  if (is_truth(yes) && is_truth(no)) {
    const Value then[] = {condition, yes};
    const Value otherwise[] = {Not(condition, at), no};
    const Value either[] = {And(then, at), And(otherwise, at)};
    return Or(either, at);
  }
  const Formula *formula = AsFormula(condition, at);
  if (formula == nullptr) return {};
  const bool is_choice = formula->of == Formula::Of::Offers;
  const auto is_tabular = [](const Value &v) {
    return v.tag == ValueTag::PerOffer || !v.is_residual();
  };
  if (is_choice) {
    std::vector<Value> flags;
    for (const uint8_t flag : formula->allowed) {
      flags.push_back(Value::Number(flag, base::DimensionId::kNumber));
    }
    const Value selector = Table(formula->choices, flags);
    if (is_tabular(yes) && is_tabular(no) && SameOwner(selector, yes) && SameOwner(selector, no)) {
      const Value first = Combine(selector, yes, at, [&](const Value &flag, const Value &value) {
        return flag.number.is_zero() ? Value::None() : value;
      });
      const Value second = Combine(selector, no, at, [&](const Value &flag, const Value &value) {
        return flag.number.is_zero() ? value : Value::None();
      });
      return Combine(first, second, at, [](const Value &x, const Value &y) {
        return x.is_none() ? y : x;
      });
    }
    const plan::Linear *x = AsLinear(yes, at);
    const plan::Linear *y = x == nullptr ? nullptr : AsLinear(no, at);
    if (y == nullptr) return {};
    const Value opposite = Not(condition, at);
    const Value first = Mask(*x, *formula, at);
    const Value second = Mask(*y, *AsFormula(opposite, at), at);
    if (first.is_error() || second.is_error()) return {};
    const plan::Linear *a = AsLinear(first, at);
    const plan::Linear *b = AsLinear(second, at);
    return a == nullptr || b == nullptr ? Value() : Add(*a, *b, false, at);
  }
  sink_.Report(diag::NotLinear, at, "a value that depends on a condition over counts")
      .Help("let the condition ask for a choice, such as a site or a sku, or write two requirements");
  return {};
}

auto Lift::Guard(llvm::ArrayRef<Conditional> elements) -> Value {
  std::vector<plan::Guarded::Element> kept;
  for (const Conditional &element : elements) kept.push_back({element.value, element.condition});
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

auto Lift::Sum(llvm::ArrayRef<Conditional> terms, base::DimensionId dimension, Span at,
               Scalar scalar) -> Value {
  Value total;
  bool is_first = true;
  for (const Conditional &term : terms) {
    Value value = term.value;
    if (term.condition != nullptr) {
      const plan::Linear *linear = AsLinear(value, at);
      if (linear == nullptr) return {};
      value = Mask(*linear, *term.condition, at);
    }
    if (value.is_error()) return {};
    if (is_first) {
      total = value;
    } else if (!total.is_residual() && !value.is_residual()) {
      total = scalar(BinaryOp::Add, total, value, at);
    } else {
      total = Binary(BinaryOp::Add, total, value, at, at, at, scalar);
    }
    is_first = false;
    if (total.is_error()) return {};
  }
  return is_first ? Value::Number(0, dimension) : total;
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
  for (const Conditional &element : elements) {
    const plan::Linear *linear = AsLinear(element.value, at);
    if (linear == nullptr) return {};
    kept.push_back({linear, element.condition});
  }
  plan::Extremum extremum;
  extremum.is_max = is_max;
  extremum.elements = model_.Keep(llvm::ArrayRef<plan::Extremum::Element>(kept));
  Value value = Value::Of(ValueTag::Extremum);
  value.extremum = model_.New(extremum);
  return value;
}

}  // namespace groma::evaluate
