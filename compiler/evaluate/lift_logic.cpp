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
  std::vector<const Formula *> flat;
  for (const Value &part : parts) {
    const Formula *formula = AsFormula(part, at);
    if (formula == nullptr) return {};
    if (formula->of == form) {
      flat.insert(flat.end(), formula->parts.begin(), formula->parts.end());
    } else {
      flat.push_back(formula);
    }
  }
  std::vector<const Formula *> kept;
  for (const Formula *formula : flat) {
    if (formula->of == (is_and ? Formula::Of::True : Formula::Of::False)) continue;
    if (formula->of == (is_and ? Formula::Of::False : Formula::Of::True)) {
      return Value::Bool(!is_and);
    }
    const auto alike = llvm::find_if(kept, [&](const Formula *other) {
      return other == formula || (formula->of == Formula::Of::Offers && other->of == formula->of &&
                                  other->choices == formula->choices);
    });
    if (alike == kept.end()) {
      kept.push_back(formula);
      continue;
    }
    if (*alike == formula) continue;
    // Two sets of the same offers are one set.
    std::vector<uint8_t> joined;
    for (size_t i = 0; i < formula->allowed.size(); ++i) {
      const uint8_t x = (*alike)->allowed[i];
      const uint8_t y = formula->allowed[i];
      joined.push_back(is_and ? x & y : x | y);
    }
    // Never all, since none of the two was, unless that decides the whole.
    const Value set = Offers(formula->choices, joined);
    if (set.tag == ValueTag::Bool) return set;
    *alike = set.formula;
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
    case Formula::Of::True:
      return Value::Bool(false);
    case Formula::Of::False:
      return Value::Bool(true);
    case Formula::Of::Row: {
      static constexpr Relation kOpposite[] = {Relation::Greater,   Relation::NotEqual,
                                               Relation::Less,      Relation::GreaterEqual,
                                               Relation::LessEqual, Relation::Equal};
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
    case Formula::Of::Not:
      return OfFormula(formula->parts[0]);
    case Formula::Of::Outcome:
    case Formula::Of::During:
      break;
  }
  result = Formula();
  result.of = Formula::Of::Not;
  result.parts = model_.Keep(llvm::ArrayRef<const Formula *>(formula));
  return OfFormula(result);
}

auto Lift::During(const Value &condition, base::Date from, base::Date until, Span at) -> Value {
  if (condition.is_error() || (condition.tag == ValueTag::Bool && condition.boolean)) {
    return condition;
  }
  const Formula *part = AsFormula(condition, at);
  if (part == nullptr) return {};
  Formula result;
  result.of = Formula::Of::During;
  result.parts = model_.Keep(llvm::ArrayRef<const Formula *>(part));
  result.from = from;
  result.until = until;
  return OfFormula(result);
}

}  // namespace groma::evaluate
