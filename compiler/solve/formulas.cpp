// SPDX-License-Identifier: Apache-2.0
#include "formulas.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"

namespace groma::solve {

using plan::Formula;
using plan::Index;
using plan::IsSome;
using plan::Relation;

namespace {

auto Opposite(Relation relation) -> Relation {
  switch (relation) {
    case Relation::LessEqual:
      return Relation::Greater;
    case Relation::Less:
      return Relation::GreaterEqual;
    case Relation::GreaterEqual:
      return Relation::Less;
    case Relation::Greater:
      return Relation::LessEqual;
    case Relation::Equal:
      return Relation::NotEqual;
    case Relation::NotEqual:
      return Relation::Equal;
  }
  return relation;
}

auto TermOwner(const plan::Environment &environment, const plan::Term &term) -> EntityId {
  if (!term.choices.empty()) return environment.unknowns[Index(term.choices[0])].entity;
  if (term.of == plan::Term::Of::Count) return environment.unknowns[term.variable].entity;
  if (term.of == plan::Term::Of::Outcome) return environment.outcomes[term.variable].entity;
  return {};
}

}  // namespace

auto Formulas::VariableForms(const plan::Term &term, int t) -> std::optional<Forms> {
  switch (term.of) {
    case plan::Term::Of::One: {
      if (term.choices.empty()) return Forms{Form::Of(Rational(1))};
      return instance_.ChosenOf(reader_.OffersOf(TermOwner(reader_.environment, term)));
    }
    case plan::Term::Of::Count: {
      const CountVariable &count = instance_.CountOf(static_cast<plan::UnknownId>(term.variable));
      return count.value[PhaseOf(count.phases, t)];
    }
    case plan::Term::Of::Outcome: {
      const plan::Outcome &outcome = reader_.environment.outcomes[term.variable];
      if (const EntityId thing = outcomes_.UnpricedIn(outcome); IsSome(thing)) {
        without_price.push_back({thing, span_});
      }
      auto forms = outcomes_.Number(outcome, t);
      if (!forms) LeaveOut(static_cast<plan::OutcomeId>(term.variable));
      return forms;
    }
  }
  return std::nullopt;
}

void Formulas::LeaveOut(plan::OutcomeId outcome) {
  const bool is_told = llvm::any_of(
      left_out, [&](const LeftOut &told) { return told.outcome == outcome && told.span == span_; });
  if (!is_told) left_out.push_back({outcome, span_});
}

auto Formulas::TermIn(const plan::Term &term, int t) -> std::optional<Form> {
  const auto forms = VariableForms(term, t);
  if (!forms) return std::nullopt;
  Form sum;
  if (term.choices.empty()) {
    for (const Form &form : *forms) sum.Add(form, term.coefficients[0]);
    return sum;
  }
  // The coefficient follows the offers of the entity, and so does the variable.
  const Offers offers = reader_.OffersOf(TermOwner(reader_.environment, term));
  std::vector<Value> table;
  for (const Rational &coefficient : term.coefficients) {
    table.push_back(Value::Number(coefficient, base::DimensionId::kNumber));
  }
  plan::PerOffer per_offer{term.choices, table};
  Value value = Value::Of(ValueTag::PerOffer);
  value.per_offer = &per_offer;
  if (forms->size() != offers.count) {
    // One sum for all offers: it cannot be told apart here.
    if (term.of == plan::Term::Of::Outcome) {
      LeaveOut(static_cast<plan::OutcomeId>(term.variable));
    }
    return std::nullopt;
  }
  for (size_t o = 0; o < offers.count; ++o) {
    sum.Add((*forms)[o], reader_.At(value, offers, o).number);
  }
  return sum;
}

auto Formulas::LinearIn(const plan::Linear &linear, int t) -> std::optional<Form> {
  Form sum;
  for (const plan::Term &term : linear.terms) {
    const auto form = TermIn(term, t);
    if (!form) return std::nullopt;
    sum.Add(*form);
  }
  sum.Tidy();
  return sum;
}

// The offers of the formula as a sum of columns: 1 if one of the allowed is taken.
auto Formulas::OffersForm(const Formula &formula) -> Form {
  const EntityId owner = reader_.environment.unknowns[Index(formula.choices[0])].entity;
  const Offers offers = reader_.OffersOf(owner);
  std::vector<Value> table;
  for (const uint8_t flag : formula.allowed) table.push_back(Value::Bool(flag != 0));
  plan::PerOffer per_offer{formula.choices, table};
  Value value = Value::Of(ValueTag::PerOffer);
  value.per_offer = &per_offer;
  const Forms &chosen = instance_.ChosenOf(offers);
  Form sum;
  for (size_t o = 0; o < offers.count; ++o) {
    if (reader_.At(value, offers, o).boolean) sum.Add(chosen[o]);
  }
  sum.Tidy();
  return sum;
}

void Formulas::AssertRow(const Formula &formula, bool is_true, int t, Cause cause,
                         std::optional<ColumnId> guard) {
  const auto form = LinearIn(*formula.linear, t);
  if (!form) return;
  const Relation relation = is_true ? formula.relation : Opposite(formula.relation);
  const auto add = [&](bool negate, bool is_strict) {
    Form side = *form;
    if (negate) side.Scale(-1);
    if (guard) {
      instance_.builder.AtMostIf(*guard, side, 0, is_strict, cause);
    } else {
      instance_.builder.AtMost(side, 0, cause, is_strict);
    }
  };
  switch (relation) {
    case Relation::LessEqual:
      add(false, false);
      break;
    case Relation::Less:
      add(false, true);
      break;
    case Relation::GreaterEqual:
      add(true, false);
      break;
    case Relation::Greater:
      add(true, true);
      break;
    case Relation::Equal:
      add(false, false);
      add(true, false);
      break;
    case Relation::NotEqual: {
      // Less, or more.
      const ColumnId less = instance_.builder.Boolean(), more = instance_.builder.Boolean();
      Form negated = *form;
      negated.Scale(-1);
      instance_.builder.AtMostIf(less, *form, 0, true, kGiven);
      instance_.builder.AtMostIf(more, negated, 0, true, kGiven);
      Form one = guard ? Form::Of(*guard) : Form::Of(Rational(1));
      one.Add(Form::Of(less), -1);
      one.Add(Form::Of(more), -1);
      instance_.builder.AtMost(one, 0, cause);
      break;
    }
  }
}

void Formulas::Assert(const Formula &formula, bool is_true, int t, Cause cause) {
  switch (formula.of) {
    case Formula::Of::True:
    case Formula::Of::False:
      if ((formula.of == Formula::Of::True) != is_true) instance_.builder.AtMost({}, -1, cause);
      return;
    case Formula::Of::Row:
      AssertRow(formula, is_true, t, cause, std::nullopt);
      return;
    case Formula::Of::Not:
      Assert(*formula.parts[0], !is_true, t, cause);
      return;
    case Formula::Of::During:
      if (IsWithin(formula, t)) {
        Assert(*formula.parts[0], is_true, t, cause);
      } else if (!is_true) {
        instance_.builder.AtMost({}, -1, cause);
      }
      return;
    case Formula::Of::And:
    case Formula::Of::Or:
      if ((formula.of == Formula::Of::And) == is_true) {
        for (const Formula *part : formula.parts) Assert(*part, is_true, t, cause);
        return;
      }
      break;
    case Formula::Of::Offers:
    case Formula::Of::Outcome:
      break;
  }
  const auto form = Implying(formula, is_true, t, cause);
  if (!form) return;
  Form lacking = Form::Of(Rational(1));
  lacking.Add(*form, -1);
  instance_.builder.AtMost(lacking, 0, cause);
}

auto Formulas::Implying(const Formula &formula, bool is_true, int t, Cause cause)
    -> std::optional<Form> {
  const auto sided = [&](Form form) {
    if (is_true) return form;
    Form other = Form::Of(Rational(1));
    other.Add(form, -1);
    return other;
  };
  switch (formula.of) {
    case Formula::Of::True:
      return Form::Of(Rational(is_true ? 1 : 0));
    case Formula::Of::False:
      return Form::Of(Rational(is_true ? 0 : 1));
    case Formula::Of::Not:
      return Implying(*formula.parts[0], !is_true, t, cause);
    case Formula::Of::During:
      if (!IsWithin(formula, t)) return Form::Of(Rational(is_true ? 1 : 0));
      return Implying(*formula.parts[0], is_true, t, cause);
    case Formula::Of::Offers:
      return sided(OffersForm(formula));
    case Formula::Of::Outcome: {
      const plan::Outcome &outcome = reader_.environment.outcomes[Index(formula.outcome)];
      const auto truth = outcomes_.Truth(outcome, t);
      if (!truth) {
        LeaveOut(formula.outcome);
        return std::nullopt;
      }
      return sided(*truth);
    }
    case Formula::Of::Row: {
      const ColumnId column = instance_.builder.Boolean();
      AssertRow(formula, is_true, t, kGiven, column);
      return Form::Of(column);
    }
    case Formula::Of::And:
    case Formula::Of::Or:
      break;
  }
  const bool is_all = (formula.of == Formula::Of::And) == is_true;
  const ColumnId column = instance_.builder.Boolean();
  Form any = Form::Of(column);
  for (const Formula *part : formula.parts) {
    const auto form = Implying(*part, is_true, t, cause);
    if (!form) {
      // Unknown here: a part of an `or` cannot help, a part of an `and` is left out.
      continue;
    }
    if (is_all) {
      Form each = Form::Of(column);
      each.Add(*form, -1);
      instance_.builder.AtMost(each, 0, kGiven);
    } else {
      any.Add(*form, -1);
    }
  }
  if (!is_all) instance_.builder.AtMost(any, 0, kGiven);
  return Form::Of(column);
}

auto Formulas::IsMonthly(const plan::Linear &linear) const -> bool {
  return llvm::any_of(linear.terms, [&](const plan::Term &term) {
    if (term.of == plan::Term::Of::Count) {
      return reader_.environment.unknowns[term.variable].period != plan::ChoosePeriod::Once;
    }
    return term.of == plan::Term::Of::Outcome &&
           outcomes_.IsMonthly(reader_.environment.outcomes[term.variable]);
  });
}

auto Formulas::IsMonthly(const Formula &formula) const -> bool {
  if (formula.of == Formula::Of::During) return true;
  if (formula.of == Formula::Of::Row) return IsMonthly(*formula.linear);
  if (formula.of == Formula::Of::Outcome) {
    return outcomes_.IsMonthly(reader_.environment.outcomes[Index(formula.outcome)]);
  }
  return llvm::any_of(formula.parts, [&](const Formula *part) { return IsMonthly(*part); });
}

auto Formulas::IsWithin(const Formula &formula, int t) const -> bool {
  const base::Month month = reader_.months().month(t);
  return formula.from <= month.first() && month.first() <= formula.until;
}

// What a policy only warns of does not bind; the plan that comes out is judged by it later.
auto Formulas::IsHard(const plan::Demand &demand) -> bool {
  const plan::Members &members =
      reader_.model.kind(reader_.model.entity(demand.owner).kind).members;
  const plan::Slot slot = members.Find(reader_.model.symbols.Find("severity"));
  if (slot == plan::kNoSlot) return true;
  const Value severity = reader_.Get(demand.owner, KnownMember::PolicySeverity);
  if (severity.tag != ValueTag::Enum) return true;
  const auto &tags = reader_.model.enums[Index(severity.enumeration)].tags;
  return reader_.model.text(tags[severity.aux]) == "error";
}

auto Formulas::IsWaived(const plan::Demand &demand, int t) -> bool {
  if (!IsSome(demand.waiver) || reader_.suspended.Has("waiver")) return false;
  const auto until = reader_.LastDay(reader_.Get(demand.waiver, KnownMember::WaiverUntil));
  const auto from = reader_.FirstDay(reader_.Get(demand.waiver, KnownMember::WaiverFrom));
  const base::Month month = reader_.months().month(t);
  // It covers the months that it covers whole.
  return (!until || month.last() <= *until) && (!from || month.first() >= *from);
}

void Formulas::Require(const plan::Demand &demand) {
  if (demand.is_preference || !IsHard(demand)) return;
  span_ = demand.span;
  const Cause cause = instance_.builder.CauseOf({.of = CauseInfo::Of::Rule,
                                                 .entity = demand.owner,
                                                 .subject = demand.subject,
                                                 .span = demand.span,
                                                 .because = demand.because});
  const int months = reader_.months().count;
  if (!IsMonthly(*demand.formula) || months == 0) {
    bool is_waived = IsSome(demand.waiver);
    for (int t = 0; t < months; ++t) is_waived &= IsWaived(demand, t);
    if (!is_waived) Assert(*demand.formula, true, 0, cause);
    return;
  }
  for (int t = 0; t < months; ++t) {
    if (!IsWaived(demand, t)) Assert(*demand.formula, true, t, cause);
  }
}

auto Formulas::Disappointment() -> Form {
  Form sum;
  for (const plan::Demand &demand : reader_.environment.demands) {
    if (!demand.is_preference || reader_.suspended.Has("prefer")) continue;
    span_ = demand.span;
    const int months = IsMonthly(*demand.formula) ? reader_.months().count : 1;
    for (int t = 0; t < months; ++t) {
      const auto holds = Implying(*demand.formula, true, t, kGiven);
      if (!holds) break;
      sum.Add(demand.weight);
      sum.Add(*holds, Negate(demand.weight));
    }
  }
  sum.Tidy();
  return sum;
}

auto Formulas::AimOf(const plan::Aim &aim) -> std::optional<Form> {
  span_ = aim.span;
  if (aim.value.tag != ValueTag::Linear) return std::nullopt;
  // What an aim lacks is told with the aim.
  const auto told = left_out;
  const auto restore = llvm::make_scope_exit([&] { left_out = told; });
  Form sum;
  for (const plan::Term &term : aim.value.linear->terms) {
    const plan::Term one[] = {term};
    plan::Linear linear = *aim.value.linear;
    linear.terms = one;
    const int months = IsMonthly(linear) ? reader_.months().count : 1;
    for (int t = 0; t < months; ++t) {
      const auto form = TermIn(term, t);
      if (!form) return std::nullopt;
      sum.Add(*form);
    }
  }
  if (aim.is_maximize) sum.Scale(-1);
  sum.Tidy();
  return sum;
}

auto Instance::LinearForms(const plan::Linear &linear, const Offers &offers, int t, Forms &out)
    -> bool {
  out.assign(offers.count, {});
  const Forms &chosen = ChosenOf(offers);
  for (const plan::Term &term : linear.terms) {
    if (term.of == plan::Term::Of::Outcome) return false;
    const EntityId owner = TermOwner(reader.environment, term);
    std::vector<Value> table;
    for (const Rational &coefficient : term.coefficients) {
      table.push_back(Value::Number(coefficient, base::DimensionId::kNumber));
    }
    plan::PerOffer per_offer{term.choices, table};
    Value value = Value::Of(ValueTag::PerOffer);
    value.per_offer = &per_offer;
    if (IsSome(owner) && owner != offers.entity && offers.count > 1) return false;
    const Forms *count = nullptr;
    if (term.of == plan::Term::Of::Count) {
      const CountVariable &variable = CountOf(static_cast<plan::UnknownId>(term.variable));
      count = &variable.value[PhaseOf(variable.phases, t)];
    }
    const bool is_own = owner == offers.entity;
    for (size_t o = 0; o < offers.count; ++o) {
      const Rational factor =
          term.choices.empty() ? term.coefficients[0] : reader.At(value, offers, o).number;
      if (count == nullptr) {
        out[o].Add(chosen[o], factor);
      } else if (is_own) {
        out[o].Add((*count)[o], factor);
      } else {
        out[o].Add(SumOf(*count), factor);
      }
    }
  }
  return true;
}

}  // namespace groma::solve
