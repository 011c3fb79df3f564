// SPDX-License-Identifier: Apache-2.0
// Whether a value of one type may stand where another is expected, and how types are called.
#include "groma/check/checker.h"

namespace groma::check {

using base::DimensionId;
using plan::NumberForm;

auto Checker::WithMoney(DimensionId dimension) -> DimensionId {
  return model_.units.ReplaceCurrency(dimension, "money").value_or(dimension);
}

auto Checker::FitsDimension(DimensionId actual, DimensionId expected) -> bool {
  if (actual == expected) return true;
  // `money` stands for every currency, on either side: which one it is shows when it is evaluated.
  const bool is_any_money = model_.units.CurrencyOf(actual) == llvm::StringRef("money") ||
                            model_.units.CurrencyOf(expected) == llvm::StringRef("money");
  return is_any_money && WithMoney(actual) == WithMoney(expected);
}

auto Checker::FitsNumber(const plan::Type &actual, const plan::Type &expected) -> bool {
  if (expected.form == NumberForm::Int && actual.form != NumberForm::Int) return false;
  for (const DimensionId a : actual.dimensions) {
    for (const DimensionId e : expected.dimensions) {
      if (FitsDimension(a, e)) return true;
    }
  }
  return false;
}

auto Checker::Fits(TypeId actual_id, TypeId expected_id) -> bool {
  if (actual_id == expected_id) return true;
  const plan::Type &actual = model_.types.type(actual_id);
  const plan::Type &expected = model_.types.type(expected_id);
  if (actual.kind == TypeKind::Error || expected.kind == TypeKind::Error) return true;
  if (actual.kind == TypeKind::Any || expected.kind == TypeKind::Any) return true;
  if (expected.kind == TypeKind::Optional) {
    return actual.kind == TypeKind::None ||
           Fits(model_.types.Unwrap(actual_id), expected.arguments[0]);
  }
  if (actual.kind != expected.kind) return false;
  switch (expected.kind) {
    case TypeKind::Number: return FitsNumber(actual, expected);
    case TypeKind::Entity:
      return expected.decl == 0 || model_.IsA(static_cast<KindId>(actual.decl),
                                              static_cast<KindId>(expected.decl));
    case TypeKind::Enum:
    case TypeKind::Record:
    case TypeKind::Union: return actual.decl == expected.decl;
    default: break;
  }
  for (size_t i = 0; i < expected.arguments.size(); ++i) {
    if (!Fits(actual.arguments[i], expected.arguments[i])) return false;
  }
  return true;
}

// What is computed from something that may be absent may be absent too.
auto Checker::AbsentWith(TypeId result, llvm::ArrayRef<ExprId> from) -> TypeId {
  const bool is_whole = kind(result) == TypeKind::Optional || kind(result) == TypeKind::Any ||
                        kind(result) == TypeKind::Error;
  const bool may_be_absent = llvm::any_of(
      from, [&](ExprId expr) { return kind(type(expr)) == TypeKind::Optional; });
  return may_be_absent && !is_whole ? model_.types.Of(TypeKind::Optional, result) : result;
}

// Reports a value that does not fit, and how to go on if all that is wrong is that it may be absent.
void Checker::DoesNotFit(ExprId expr, TypeId expected, Span span, llvm::StringRef spelled) {
  const TypeId actual = type(expr);
  const TypeId present = model_.types.Unwrap(actual);
  const bool may_be_absent = kind(actual) == TypeKind::Optional &&
                             kind(expected) != TypeKind::Optional &&
                             (Fits(present, expected) || CanConvert(present, expected));
  auto report = sink_->Report(diag::TypeMismatch, span, Spell(expected),
                              Spell(actual) + (may_be_absent ? " that may be absent" : ""));
  if (may_be_absent) {
    const std::string what = spelled.size() > 40 || spelled.contains('\n') ? "..." : spelled.str();
    report.Help("`default(" + what + ", ...)` says what to take instead");
    return;
  }
  const plan::Type &wanted = model_.types.type(model_.types.Unwrap(expected));
  if (wanted.kind == TypeKind::Number && wanted.form == NumberForm::Int &&
      kind(actual) == TypeKind::Number) {
    report.Help("`floor`, `ceil` or `round` makes a whole number of it");
  }
}

auto Checker::Spell(DimensionId dimension) -> std::string {
  return model_.units.CurrencyOf(dimension) == llvm::StringRef("money") &&
                 model_.units.WithoutCurrency(dimension) == DimensionId::kNumber
             ? "money"
             : model_.units.Name(dimension);
}

// How a type is called: one value of it, or, of what holds several, all of them.
auto Checker::Spell(TypeId id, bool plural) -> std::string {
  const plan::Type &type = model_.types.type(id);
  const auto of = [&](unsigned i) { return Spell(type.arguments[i], true); };
  const auto word = [&](llvm::StringLiteral one, llvm::StringLiteral many) {
    return (plural ? many : one).str();
  };
  switch (type.kind) {
    case TypeKind::Error:
    case TypeKind::Any: return word("any value", "any values");
    case TypeKind::None: return "`none`";
    case TypeKind::Bool: return word("a truth value", "truth values");
    case TypeKind::String: return word("a text", "texts");
    case TypeKind::Date: return word("a date", "dates");
    case TypeKind::Month: return word("a month", "months");
    case TypeKind::Quarter: return word("a quarter", "quarters");
    case TypeKind::Year: return word("a year", "years");
    case TypeKind::Period: return word("a period", "periods");
    case TypeKind::Moment: return word("a moment", "moments");
    case TypeKind::TimeZone: return word("a time zone", "time zones");
    case TypeKind::Cidr: return word("a block of addresses", "blocks of addresses");
    case TypeKind::Currency: return word("a currency", "currencies");
    case TypeKind::Secret: return word("a secret", "secrets");
    case TypeKind::Subject: return word("the name of something", "names of something");
    case TypeKind::KindName: return word("the name of a kind", "names of kinds");
    case TypeKind::Entity:
      if (type.decl == 0) return word("any entity", "any entities");
      return Quoted(model_.kind(static_cast<KindId>(type.decl)).name);
    case TypeKind::Enum: return Quoted(model_.enums[type.decl].name);
    case TypeKind::Record: return Quoted(model_.records[type.decl].name);
    case TypeKind::Union: return Quoted(model_.unions[type.decl].name);
    case TypeKind::List: return word("a list of ", "lists of ") + of(0);
    case TypeKind::Map: return word("a map from ", "maps from ") + of(0) + " to " + of(1);
    case TypeKind::Curve: return word("a curve of ", "curves of ") + of(0);
    case TypeKind::Range: return word("a range of ", "ranges of ") + of(0);
    case TypeKind::Spread: return word("a spread of ", "spreads of ") + of(0);
    case TypeKind::Bound: return word("a bound on ", "bounds on ") + of(0);
    case TypeKind::Optional: return Spell(type.arguments[0], plural);
    case TypeKind::Number: break;
  }
  switch (type.form) {
    case NumberForm::Int: return word("a whole number", "whole numbers");
    case NumberForm::Decimal: return word("a number", "numbers");
    case NumberForm::Ratio: return word("a ratio", "ratios");
    case NumberForm::Duration: return word("a duration", "durations");
    case NumberForm::Effort: return word("an effort", "efforts");
    case NumberForm::Money:
    case NumberForm::Quantity: break;
  }
  std::string spelled;
  for (size_t i = 0; i < type.dimensions.size(); ++i) {
    spelled += (i == 0 ? "" : " or ") + Spell(type.dimensions[i]);
  }
  return spelled;
}

}  // namespace groma::check
