// SPDX-License-Identifier: Apache-2.0
// How quantities are printed: exactly, in a unit that a person would choose.
#include <compare>
#include <optional>
#include <utility>

#include "groma/base/unit_choice.h"
#include "groma/base/units.h"
#include "llvm/ADT/ArrayRef.h"

namespace groma::base {
namespace {

constexpr int kMostDecimals = 6;

auto IsShort(Rational value) -> bool {
  const auto decimals = value.Decimals();
  return decimals && *decimals <= kMostDecimals;
}

// Two digits after the point are as good as none, except in hours and months: 90 min is not 1.5 h.
auto Awkwardness(Rational value, DimensionId d) -> int {
  const bool is_calendar = d == DimensionId::kTime || d == DimensionId::kMonth;
  const int decimals = value.Decimals().value_or(kMostDecimals + 1);
  return decimals <= (is_calendar ? 0 : 2) ? 0 : decimals;
}

// Less is better: first a number of one or more, then few digits, then the largest unit, or below
// one the largest number.
struct Rank {
  bool is_below_one;
  int awkwardness;
  Rational size;

  friend auto operator<=>(const Rank &, const Rank &) = default;
};

auto RankOf(Rational value, DimensionId d) -> Rank {
  const Rational size = Abs(value);
  const bool is_below_one = size < Rational(1);
  return {is_below_one, Awkwardness(value, d), is_below_one ? Negate(size) : size};
}

auto BestOf(llvm::ArrayRef<UnitChoice> choices, Rational base_value, DimensionId d)
    -> std::optional<UnitTable::Displayed> {
  std::optional<UnitTable::Displayed> best;
  for (const UnitChoice &choice : choices) {
    const auto value = choice.ValueOf(base_value);
    if (value && IsShort(*value) && (!best || RankOf(*value, d) < RankOf(best->value, d))) {
      best = {*value, choice.unit, choice.plural};
    }
  }
  return best;
}

// Of fractions, the one that is shortest to read.
auto ShortestOf(llvm::ArrayRef<UnitChoice> choices, Rational base_value)
    -> std::optional<UnitTable::Displayed> {
  std::optional<UnitTable::Displayed> best;
  for (const UnitChoice &choice : choices) {
    const auto value = choice.ValueOf(base_value);
    if (value && (!best || value->ToString().size() < best->value.ToString().size())) {
      best = {*value, choice.unit, choice.plural};
    }
  }
  return best;
}

}  // namespace

auto UnitTable::Choose(Rational base_value, DimensionId d, std::optional<UnitId> hint) const
    -> Displayed {
  const auto hinted = hint ? ChooseHint(*this, d, *hint) : std::nullopt;
  const auto hinted_value = hinted ? hinted->ValueOf(base_value) : std::nullopt;
  if (hinted_value && IsShort(*hinted_value)) {
    return {*hinted_value, hinted->unit, hinted->plural};
  }
  const auto choices = ChooseUnits(*this, d, hinted ? unit(*hint).family : UnitFamily::kNone);
  if (auto best = BestOf(choices, base_value, d)) {
    return std::move(*best);
  }
  if (hinted_value) {
    return {*hinted_value, hinted->unit, hinted->plural};
  }
  if (auto fraction = ShortestOf(choices, base_value)) {
    return std::move(*fraction);
  }
  UnitChoice base = ChooseBaseUnit(*this, d);
  return {base_value, std::move(base.unit), std::move(base.plural)};
}

auto UnitTable::Display(Rational base_value, DimensionId d, std::optional<UnitId> hint) const
    -> std::string {
  const Displayed shown = Choose(base_value, d, hint);
  const std::string &unit = Abs(shown.value) == Rational(1) ? shown.unit : shown.plural;
  const std::string number = shown.value.ToString();
  if (unit.empty() || unit.front() != '/') {
    return unit.empty() ? number : number + " " + unit;
  }
  return (shown.value.Decimals() ? number : "(" + number + ")") + unit;
}

}  // namespace groma::base
