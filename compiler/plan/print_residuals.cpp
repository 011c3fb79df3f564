// SPDX-License-Identifier: Apache-2.0
// Linear forms and formulas, with the names of what is left open.
#include <optional>

#include "groma/plan/print.h"

namespace groma::plan {
namespace {

auto MemberName(const Model &model, EntityId entity, Slot slot) -> std::string {
  const Kind &kind = model.kind(model.entity(entity).kind);
  return model.FullName(entity) + "." + model.text(kind.members.list[slot].name).str();
}

// The combination of choices with this index; the last choice varies fastest.
auto OfferName(const Model &model, const Environment &environment, Choices choices, size_t index)
    -> std::string {
  std::string name;
  for (size_t c = choices.size(); c-- > 0;) {
    const auto &values = environment.unknowns[Index(choices[c])].choices;
    name = Print(model, values[index % values.size()]) + (name.empty() ? "" : ", " + name);
    index /= values.size();
  }
  return name;
}

auto VariableName(const Model &model, const Environment *environment, const Term &term)
    -> std::string {
  if (environment == nullptr) return "?";
  if (term.of == Term::Of::Count) {
    return NameOf(model, *environment, static_cast<UnknownId>(term.variable));
  }
  return NameOf(model, *environment, static_cast<OutcomeId>(term.variable));
}

// What a variable measures, if that is one thing.
auto DimensionOf(const Model &model, const Environment &environment, const Term &term)
    -> std::optional<base::DimensionId> {
  if (term.of == Term::Of::One) return base::DimensionId::kNumber;
  if (term.of == Term::Of::Count) return environment.unknowns[term.variable].low.dimension;
  const Outcome &outcome = environment.outcomes[term.variable];
  const Member &member = model.kind(model.entity(outcome.entity).kind).members.list[outcome.slot];
  const Type &type = model.types.type(model.types.Unwrap(member.type));
  if (type.kind != TypeKind::Number || type.dimensions.size() != 1) return std::nullopt;
  return type.dimensions[0];
}

// Shows the coefficients of one form, in the unit of the form where they have one.
class Coefficients {
 public:
  Coefficients(const Model &model, const Environment *environment, const Linear &linear)
      : model_(model), environment_(environment), linear_(linear) {}

  auto Of(const Term &term, bool negate) -> std::string {
    const auto dimension = Dimension(term);
    if (term.choices.empty() || environment_ == nullptr) {
      return One(term.coefficients[0], dimension, negate);
    }
    std::string out;
    for (size_t i = 0; i < term.coefficients.size(); ++i) {
      out += (out.empty() ? " " : ", ") + OfferName(model_, *environment_, term.choices, i) + ": " +
             One(term.coefficients[i], dimension, negate);
    }
    return NameOfChoices(model_, *environment_, term.choices) + " {" + out + " }";
  }

 private:
  auto Dimension(const Term &term) -> std::optional<base::DimensionId> {
    if (environment_ == nullptr) return std::nullopt;
    const auto of_variable = DimensionOf(model_, *environment_, term);
    if (!of_variable) return std::nullopt;
    if (*of_variable == base::DimensionId::kNumber) return linear_.dimension;
    if (*of_variable == linear_.dimension) return base::DimensionId::kNumber;
    // Dividing may meet a new dimension, which a printer must not add to the model.
    if (!units_) units_ = model_.units;
    return units_->Divide(linear_.dimension, *of_variable);
  }

  auto One(base::Rational value, std::optional<base::DimensionId> dimension, bool negate) const
      -> std::string {
    if (negate) value = Negate(value);
    if (!dimension) return value.ToString();
    std::optional<base::UnitId> hint;
    if (*dimension == linear_.dimension && linear_.unit != 0) {
      hint = static_cast<base::UnitId>(linear_.unit);
    }
    return (units_ ? *units_ : model_.units).Display(value, *dimension, hint);
  }

  const Model &model_;
  const Environment *environment_;
  const Linear &linear_;
  std::optional<base::UnitTable> units_;
};

auto IsNegative(const Term &term) -> bool {
  for (const base::Rational value : term.coefficients) {
    if (value.sign() > 0) return false;
  }
  return true;
}

auto TermText(const Model &model, const Environment *environment, Coefficients &coefficients,
              const Term &term) -> std::string {
  const std::string coefficient = coefficients.Of(term, IsNegative(term));
  if (term.of == Term::Of::One) return coefficient;
  const std::string name = VariableName(model, environment, term);
  return coefficient == "1" ? name : coefficient + " * " + name;
}

// The positive terms, or the negative ones without their signs.
auto Terms(const Model &model, const Environment *environment, const Linear &linear, bool negative)
    -> std::string {
  Coefficients coefficients(model, environment, linear);
  std::string out;
  for (const Term &term : linear.terms) {
    if (IsNegative(term) != negative) continue;
    out += (out.empty() ? "" : " + ") + TermText(model, environment, coefficients, term);
  }
  return out.empty() ? "0" : out;
}

auto Parts(const Model &model, const Formula &formula, const Environment *environment,
           llvm::StringRef word) -> std::string {
  std::string out;
  for (const Formula *part : formula.parts) {
    // `and` binds more tightly than `or`.
    const bool nested = part->of == Formula::Of::Or ||
                        (part->of == Formula::Of::And && formula.of == Formula::Of::And);
    const std::string text = Print(model, *part, environment);
    out +=
        (out.empty() ? std::string() : " " + word.str() + " ") + (nested ? "(" + text + ")" : text);
  }
  return out;
}

auto OffersText(const Model &model, const Environment *environment, const Formula &formula)
    -> std::string {
  if (environment == nullptr) return "?";
  std::string allowed;
  for (size_t i = 0; i < formula.allowed.size(); ++i) {
    if (formula.allowed[i] == 0) continue;
    std::string key = OfferName(model, *environment, formula.choices, i);
    if (formula.choices.size() > 1) key = "(" + key + ")";
    allowed += (allowed.empty() ? "" : ", ") + key;
  }
  return NameOfChoices(model, *environment, formula.choices) + " in [" + allowed + "]";
}

}  // namespace

auto NameOf(const Model &model, const Environment &environment, UnknownId unknown) -> std::string {
  const Unknown &u = environment.unknowns[Index(unknown)];
  return MemberName(model, u.entity, u.slot);
}

auto NameOfChoices(const Model &model, const Environment &environment, Choices choices)
    -> std::string {
  std::string names;
  for (const UnknownId choice : choices) {
    names += (names.empty() ? "" : ", ") + NameOf(model, environment, choice);
  }
  return choices.size() > 1 ? "(" + names + ")" : names;
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
  Coefficients coefficients(model, environment, linear);
  std::string out;
  // A form begins with a positive term if it has one.
  for (const bool negative : {false, true}) {
    for (const Term &term : linear.terms) {
      if (IsNegative(term) != negative) continue;
      out += out.empty() ? (negative ? "-" : "") : (negative ? " - " : " + ");
      out += TermText(model, environment, coefficients, term);
    }
  }
  return out.empty() ? "0" : out;
}

// A row is shown with its negative terms on the other side.
auto Print(const Model &model, const Formula &formula, const Environment *environment)
    -> std::string {
  static constexpr llvm::StringLiteral kRelations[] = {
      " <= ", " == ", " >= ", " < ", " > ", " != "};
  switch (formula.of) {
    case Formula::Of::True:
      return "true";
    case Formula::Of::False:
      return "false";
    case Formula::Of::Row:
      return Terms(model, environment, *formula.linear, false) +
             kRelations[static_cast<size_t>(formula.relation)].str() +
             Terms(model, environment, *formula.linear, true);
    case Formula::Of::Offers:
      return OffersText(model, environment, formula);
    case Formula::Of::Outcome:
      return environment == nullptr ? "?" : NameOf(model, *environment, formula.outcome);
    case Formula::Of::And:
      return Parts(model, formula, environment, "and");
    case Formula::Of::Or:
      return Parts(model, formula, environment, "or");
    case Formula::Of::During:
      return Print(model, *formula.parts[0], environment) + " from " + formula.from.ToString() +
             " until " + formula.until.ToString();
    case Formula::Of::Not: {
      const std::string text = Print(model, *formula.parts[0], environment);
      const bool is_name = formula.parts[0]->of == Formula::Of::Outcome;
      return is_name ? "not " + text : "not (" + text + ")";
    }
  }
  return "?";
}

}  // namespace groma::plan
