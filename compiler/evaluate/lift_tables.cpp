// SPDX-License-Identifier: Apache-2.0
// Tables over the discrete choices of one entity: joining and applying operators point by point.
#include <algorithm>

#include "groma/evaluate/diagnostics.h"
#include "groma/evaluate/lift.h"
#include "groma/plan/print.h"

namespace groma::evaluate {
namespace {

constexpr size_t kMostOffers = 65'536;

}  // namespace

using plan::Choices;
using plan::UnknownId;
using plan::ValueTag;

auto Lift::OwnerOf(Choices choices) const -> plan::EntityId {
  return choices.empty() ? plan::EntityId{}
                         : environment_.unknowns[plan::Index(choices.front())].entity;
}

auto Lift::OwnerOf(const plan::Term &term) const -> plan::EntityId {
  switch (term.of) {
    case plan::Term::Of::Count:
      return environment_.unknowns[term.variable].entity;
    case plan::Term::Of::Outcome:
      return environment_.outcomes[term.variable].entity;
    case plan::Term::Of::One:
      break;
  }
  return OwnerOf(term.choices);
}

auto Lift::SizeOf(Choices choices) const -> size_t {
  size_t size = 1;
  for (const UnknownId id : choices) {
    size *= environment_.unknowns[plan::Index(id)].choices.size();
    // Enough to be refused; the full product might not even fit.
    if (size > kMostOffers) break;
  }
  return size;
}

auto Lift::Join(Choices a, Choices b, Span at) -> std::optional<Choices> {
  if (a == b || b.empty()) return a;
  if (a.empty()) return b;
  std::vector<UnknownId> joined;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(joined));
  if (SizeOf(joined) > kMostOffers) {
    sink_
        .Report(diag::TooManyOffers, at, model_.FullName(OwnerOf(a)),
                static_cast<int64_t>(kMostOffers))
        .Help("narrow the lists that its fields are chosen from");
    return std::nullopt;
  }
  return Choices(model_.Keep(llvm::ArrayRef<UnknownId>(joined)));
}

// The place in a table over `part` of the combination that has `index` in one over `joined`.
auto Lift::Project(size_t index, Choices joined, Choices part) const -> size_t {
  size_t result = 0;
  size_t scale = 1;
  size_t p = part.size();
  for (size_t j = joined.size(); j-- > 0;) {
    const size_t count = environment_.unknowns[plan::Index(joined[j])].choices.size();
    if (p > 0 && part[p - 1] == joined[j]) {
      result += (index % count) * scale;
      scale *= count;
      --p;
    }
    index /= count;
  }
  return result;
}

// A table whose values are all alike is that value.
auto Lift::Table(Choices choices, llvm::ArrayRef<Value> values) -> Value {
  bool is_same = true;
  bool is_truth = true;
  for (const Value &value : values) {
    if (value.is_error()) return {};
    is_same &= plan::Compare(value, values[0]) == 0 && !value.is_residual();
    is_truth &= value.tag == ValueTag::Bool;
  }
  if (is_same) return values[0];
  if (is_truth) {
    std::vector<uint8_t> allowed;
    for (const Value &value : values) allowed.push_back(value.boolean ? 1 : 0);
    return Offers(choices, allowed);
  }
  plan::PerOffer table;
  table.choices = choices;
  table.table = model_.Keep(values);
  Value result = Value::Of(ValueTag::PerOffer);
  result.per_offer = model_.New(table);
  return result;
}

auto Lift::Pointwise(const plan::PerOffer &table, Span at,
                     llvm::function_ref<Value(const Value &)> f) -> Value {
  std::vector<Value> values;
  values.reserve(table.table.size());
  for (const Value &value : table.table) {
    values.push_back(f(value));
    const Value &result = values.back();
    if (result.is_error()) return {};
    if (!result.is_residual()) continue;
    // The schedule works it out once the choice is taken.
    if (result.tag == ValueTag::Deferred) return result;
    // What is read through a choice must be known for each of its values.
    sink_.Report(diag::ChoiceOfChoice, at,
                 plan::NameOf(model_, environment_, table.choices.front()));
    return {};
  }
  return Table(table.choices, values);
}

auto Lift::SameOwner(const Value &a, const Value &b) const -> bool {
  if (a.tag != ValueTag::PerOffer || b.tag != ValueTag::PerOffer) return true;
  return OwnerOf(a.per_offer->choices) == OwnerOf(b.per_offer->choices);
}

// `f` on every combination of the choices of both sides.
auto Lift::Combine(const Value &a, const Value &b, Span at,
                   llvm::function_ref<Value(const Value &, const Value &)> f) -> Value {
  const Choices of_a = a.tag == ValueTag::PerOffer ? a.per_offer->choices : Choices();
  const Choices of_b = b.tag == ValueTag::PerOffer ? b.per_offer->choices : Choices();
  const auto joined = Join(of_a, of_b, at);
  if (!joined) return {};
  std::vector<Value> values;
  const size_t size = SizeOf(*joined);
  values.reserve(size);
  for (size_t i = 0; i < size; ++i) {
    const Value &x = of_a.empty() ? a : a.per_offer->table[Project(i, *joined, of_a)];
    const Value &y = of_b.empty() ? b : b.per_offer->table[Project(i, *joined, of_b)];
    values.push_back(f(x, y));
    if (values.back().is_error()) return {};
  }
  return Table(*joined, values);
}

auto Lift::OfUnknown(UnknownId id) -> Value {
  const plan::Unknown &unknown = environment_.unknowns[plan::Index(id)];
  if (unknown.is_count) {
    plan::Term term;
    term.of = plan::Term::Of::Count;
    term.variable = plan::Index(id);
    term.coefficients = model_.Keep(llvm::ArrayRef<base::Rational>(base::Rational(1)));
    return OfTerms({term}, unknown.low.dimension, unknown.low.aux, unknown.span);
  }
  plan::PerOffer table;
  table.choices = model_.Keep(llvm::ArrayRef<UnknownId>(id));
  table.table = unknown.choices;
  Value value = Value::Of(ValueTag::PerOffer);
  value.per_offer = model_.New(table);
  return value;
}

auto Lift::OfNumberOutcome(plan::OutcomeId outcome, base::DimensionId dimension, uint32_t unit)
    -> Value {
  plan::Term term;
  term.of = plan::Term::Of::Outcome;
  term.variable = plan::Index(outcome);
  term.coefficients = model_.Keep(llvm::ArrayRef<base::Rational>(base::Rational(1)));
  return OfTerms({term}, dimension, unit, {});
}

auto Lift::OfTruthOutcome(plan::OutcomeId outcome) -> Value {
  plan::Formula formula;
  formula.of = plan::Formula::Of::Outcome;
  formula.outcome = outcome;
  return OfFormula(formula);
}

}  // namespace groma::evaluate
