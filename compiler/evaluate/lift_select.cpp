// SPDX-License-Identifier: Apache-2.0
// What depends on a condition: it stays linear where the condition asks for choices of one entity.
#include "groma/evaluate/lift.h"

namespace groma::evaluate {

using plan::Choices;
using plan::Formula;
using plan::ValueTag;

namespace {

constexpr const char *kAskForChoice =
    "let the condition ask for a choice of the same entity, such as its site or sku";

auto IsTruth(const Value &value) -> bool {
  if (value.tag == ValueTag::Bool || value.tag == ValueTag::Formula) return true;
  return value.tag == ValueTag::PerOffer &&
         llvm::all_of(value.per_offer->table,
                      [](const Value &entry) { return entry.tag == ValueTag::Bool; });
}

auto IsTabular(const Value &value) -> bool {
  return value.tag == ValueTag::PerOffer || !value.is_residual();
}

}  // namespace

// Adds the choices that the formula asks about; false if it asks for anything else, or for the
// choices of two entities.
auto Lift::JoinOffers(const Formula &formula, Choices &choices, Span at) -> bool {
  switch (formula.of) {
    case Formula::Of::True:
    case Formula::Of::False:
      return true;
    case Formula::Of::Row:
    case Formula::Of::Outcome:
    case Formula::Of::During:
      return false;
    case Formula::Of::Offers: {
      if (!choices.empty() && OwnerOf(choices) != OwnerOf(formula.choices)) return false;
      const auto joined = Join(choices, formula.choices, at);
      if (joined) choices = *joined;
      return joined.has_value();
    }
    case Formula::Of::And:
    case Formula::Of::Or:
    case Formula::Of::Not:
      break;
  }
  return llvm::all_of(formula.parts,
                      [&](const Formula *part) { return JoinOffers(*part, choices, at); });
}

auto Lift::Holds(const Formula &formula, size_t index, Choices joined) const -> bool {
  const auto holds = [&](const Formula *part) { return Holds(*part, index, joined); };
  switch (formula.of) {
    case Formula::Of::True:
      return true;
    case Formula::Of::Offers:
      return formula.allowed[Project(index, joined, formula.choices)] != 0;
    case Formula::Of::And:
      return llvm::all_of(formula.parts, holds);
    case Formula::Of::Or:
      return llvm::any_of(formula.parts, holds);
    case Formula::Of::Not:
      return !holds(formula.parts[0]);
    case Formula::Of::False:
    case Formula::Of::Row:
    case Formula::Of::Outcome:
    case Formula::Of::During:
      break;
  }
  return false;
}

// The offers of one entity for which the formula holds (or True or False); null if it asks for
// anything else.
auto Lift::AsOffers(const Formula &formula, Span at) -> const Formula * {
  Choices choices;
  if (!JoinOffers(formula, choices, at)) return nullptr;
  std::vector<uint8_t> allowed;
  for (size_t i = 0, size = SizeOf(choices); i < size; ++i) {
    allowed.push_back(Holds(formula, i, choices) ? 1 : 0);
  }
  return AsFormula(Offers(choices, allowed), at);
}

// The linear form where the condition holds, and 0 elsewhere.
auto Lift::Mask(const plan::Linear &linear, const Formula &condition, Span at) -> Value {
  // A constant where something that is worked out is true: the truth value counts as 0 or 1.
  const bool is_constant = linear.terms.empty() ||
                           (linear.terms.size() == 1 && linear.terms[0].of == plan::Term::Of::One &&
                            linear.terms[0].choices.empty());
  if (condition.of == Formula::Of::Outcome && is_constant) {
    if (linear.terms.empty()) return Value::Number(0, linear.dimension, linear.unit);
    plan::Term term = linear.terms[0];
    term.of = plan::Term::Of::Outcome;
    term.variable = plan::Index(condition.outcome);
    return OfTerms({term}, linear.dimension, linear.unit, at);
  }
  const Formula *offers = AsOffers(condition, at);
  if (offers == nullptr) {
    return NotLinear("a number that depends on a condition over counts", at, kAskForChoice);
  }
  if (offers->of != Formula::Of::Offers) {
    Value whole = Value::Of(ValueTag::Linear);
    whole.linear = &linear;
    return offers->of == Formula::Of::True ? whole
                                           : Value::Number(0, linear.dimension, linear.unit);
  }
  const plan::EntityId owner = OwnerOf(offers->choices);
  for (const plan::Term &term : linear.terms) {
    const plan::EntityId of_term = OwnerOf(term);
    if (plan::IsSome(of_term) && of_term != owner) {
      return NotLinear("what depends on a choice of another entity here", at, kAskForChoice);
    }
  }
  std::vector<Value> flags;
  for (const uint8_t flag : offers->allowed) {
    flags.push_back(Value::Number(flag, base::DimensionId::kNumber));
  }
  return Scale(linear, Table(offers->choices, flags), false, linear.dimension, at, at, at);
}

auto Lift::If(const Value &condition, const Value &yes, const Value &no, Span at, Scalar scalar)
    -> Value {
  if (IsTruth(yes) && IsTruth(no)) {
    const Value then[] = {condition, yes};
    const Value otherwise[] = {Not(condition, at), no};
    const Value either[] = {And(then, at), And(otherwise, at)};
    return Or(either, at);
  }
  const Formula *formula = AsFormula(condition, at);
  if (formula == nullptr) return {};
  const Formula *offers = AsOffers(*formula, at);
  if (offers == nullptr) return NotLinear("what depends on a choice here", at, kAskForChoice);
  if (offers->of != Formula::Of::Offers) return offers->of == Formula::Of::True ? yes : no;
  std::vector<Value> flags;
  for (const uint8_t flag : offers->allowed) {
    flags.push_back(Value::Number(flag, base::DimensionId::kNumber));
  }
  const Value selector = Table(offers->choices, flags);
  if (IsTabular(yes) && IsTabular(no) && SameOwner(selector, yes) && SameOwner(selector, no)) {
    // Where one side is not taken it is none, so that the other one shows.
    const Value first = Combine(selector, yes, at, [](const Value &flag, const Value &value) {
      return flag.number.is_zero() ? Value::None() : value;
    });
    const Value second = Combine(selector, no, at, [](const Value &flag, const Value &value) {
      return flag.number.is_zero() ? value : Value::None();
    });
    if (first.is_error() || second.is_error()) return {};
    return Combine(first, second, at,
                   [](const Value &x, const Value &y) { return x.is_none() ? y : x; });
  }
  for (const Value *side : {&yes, &no}) {
    if (side->tag == ValueTag::Linear || side->tag == ValueTag::Number) continue;
    if (side->tag == ValueTag::PerOffer && SameOwner(selector, *side)) continue;
    if (side->is_error()) return {};
    return NotLinear("what depends on a choice here", at, kAskForChoice);
  }
  const plan::Linear *x = AsLinear(yes, at);
  const plan::Linear *y = x == nullptr ? nullptr : AsLinear(no, at);
  if (y == nullptr || !CanAdd(*x, *y, false, at)) return {};
  const Value first = Mask(*x, *offers, at);
  if (first.is_error()) return {};
  const Value second = Mask(*y, *AsFormula(Not(OfFormula(offers), at), at), at);
  if (second.is_error()) return {};
  return Add(*AsLinear(first, at), *AsLinear(second, at), false, at);
}

}  // namespace groma::evaluate
