// SPDX-License-Identifier: Apache-2.0
// Linear forms and formulas, with the names of what is left open.
#include "groma/plan/print.h"

namespace groma::plan {
namespace {

auto MemberName(const Model &model, EntityId entity, Slot slot) -> std::string {
  const Kind &kind = model.kind(model.entity(entity).kind);
  return model.FullName(entity) + "." + model.text(kind.members.list[slot].name).str();
}

auto VariableName(const Model &model, const Environment *environment, const Term &term)
    -> std::string {
  if (environment == nullptr) return "?";
  if (term.of == Term::Of::Count) {
    return NameOf(model, *environment, static_cast<UnknownId>(term.variable));
  }
  return NameOf(model, *environment, static_cast<OutcomeId>(term.variable));
}

auto Coefficient(const Model &model, const Environment *environment, const Term &term, bool negate)
    -> std::string {
  const auto show = [&](base::Rational value) {
    return (negate ? Negate(value) : value).ToString();
  };
  if (term.choices.empty() || environment == nullptr) return show(term.coefficients[0]);
  std::string out;
  for (size_t i = 0; i < term.coefficients.size(); ++i) {
    std::string key;
    size_t rest = i;
    for (size_t c = term.choices.size(); c-- > 0;) {
      const auto &choices = environment->unknowns[Index(term.choices[c])].choices;
      key = Print(model, choices[rest % choices.size()]) + (key.empty() ? "" : ", " + key);
      rest /= choices.size();
    }
    out += (out.empty() ? " " : ", ") + key + ": " + show(term.coefficients[i]);
  }
  return "{" + out + " }";
}

auto TermText(const Model &model, const Environment *environment, const Term &term, bool negate)
    -> std::string {
  const std::string coefficient = Coefficient(model, environment, term, negate);
  if (term.of == Term::Of::One) return coefficient;
  const std::string name = VariableName(model, environment, term);
  return coefficient == "1" ? name : coefficient + " * " + name;
}

auto IsNegative(const Term &term) -> bool {
  for (const base::Rational value : term.coefficients) {
    if (value.sign() > 0) return false;
  }
  return true;
}

auto Terms(const Model &model, const Environment *environment, const Linear &linear, bool negative)
    -> std::string {
  std::string out;
  for (const Term &term : linear.terms) {
    if (IsNegative(term) != negative) continue;
    out += (out.empty() ? "" : " + ") + TermText(model, environment, term, negative);
  }
  return out.empty() ? "0" : out;
}

auto Parts(const Model &model, const Formula &formula, const Environment *environment,
           llvm::StringRef word) -> std::string {
  std::string out;
  for (const Formula *part : formula.parts) {
    const bool nested = part->of == Formula::Of::And || part->of == Formula::Of::Or;
    const std::string text = Print(model, *part, environment);
    out += (out.empty() ? std::string() : " " + word.str() + " ") + (nested ? "(" + text + ")" : text);
  }
  return out;
}

auto OffersText(const Model &model, const Environment *environment, const Formula &formula)
    -> std::string {
  if (environment == nullptr) return "?";
  std::string names;
  for (const UnknownId choice : formula.choices) {
    names += (names.empty() ? "" : ", ") + NameOf(model, *environment, choice);
  }
  std::string allowed;
  for (size_t i = 0; i < formula.allowed.size(); ++i) {
    if (formula.allowed[i] == 0) continue;
    std::string key;
    size_t rest = i;
    for (size_t c = formula.choices.size(); c-- > 0;) {
      const auto &choices = environment->unknowns[Index(formula.choices[c])].choices;
      key = Print(model, choices[rest % choices.size()]) + (key.empty() ? "" : ", " + key);
      rest /= choices.size();
    }
    if (formula.choices.size() > 1) key = "(" + key + ")";
    allowed += (allowed.empty() ? "" : ", ") + key;
  }
  return (formula.choices.size() > 1 ? "(" + names + ")" : names) + " in [" + allowed + "]";
}

}  // namespace

auto NameOf(const Model &model, const Environment &environment, UnknownId unknown) -> std::string {
  const Unknown &u = environment.unknowns[Index(unknown)];
  return MemberName(model, u.entity, u.slot);
}

auto NameOf(const Model &model, const Environment &environment, OutcomeId outcome) -> std::string {
  const Outcome &o = environment.outcomes[Index(outcome)];
  std::string name = MemberName(model, o.entity, o.slot);
  if (o.arguments.empty()) return name;
  name += "(";
  for (size_t i = 0; i < o.arguments.size(); ++i) {
    name += (i > 0 ? ", " : "") + Print(model, o.arguments[i], &environment);
  }
  return name + ")";
}

auto Print(const Model &model, const Linear &linear, const Environment *environment)
    -> std::string {
  const std::string above = Terms(model, environment, linear, false);
  const std::string below = Terms(model, environment, linear, true);
  if (below == "0") return above;
  return (above == "0" ? "" : above + " ") + "- (" + below + ")";
}

// A row is shown with its negative terms on the other side.
auto Print(const Model &model, const Formula &formula, const Environment *environment)
    -> std::string {
  static constexpr llvm::StringLiteral kRelations[] = {" <= ", " == ", " >= ",
                                                       " < ",  " > ",  " != "};
  switch (formula.of) {
    case Formula::Of::True: return "true";
    case Formula::Of::False: return "false";
    case Formula::Of::Row:
      return Terms(model, environment, *formula.linear, false) +
             kRelations[static_cast<size_t>(formula.relation)].str() +
             Terms(model, environment, *formula.linear, true);
    case Formula::Of::Offers: return OffersText(model, environment, formula);
    case Formula::Of::Outcome:
      return environment == nullptr ? "?" : NameOf(model, *environment, formula.outcome);
    case Formula::Of::And: return Parts(model, formula, environment, "and");
    case Formula::Of::Or: return Parts(model, formula, environment, "or");
    case Formula::Of::Not: return "not (" + Print(model, *formula.parts[0], environment) + ")";
  }
  return "?";
}

}  // namespace groma::plan
