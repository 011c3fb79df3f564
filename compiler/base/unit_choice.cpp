// SPDX-License-Identifier: Apache-2.0
#include "groma/base/unit_choice.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::base {
namespace {

using Factor = DimensionTable::Factor;
using Factors = DimensionTable::Factors;
using Kind = DimensionTable::Kind;
using Choices = llvm::SmallVector<UnitChoice, 8>;

auto AsChoice(const Unit &unit) -> UnitChoice {
  const llvm::StringRef plural = unit.plural.empty() ? unit.spelling : unit.plural;
  return {unit.scale, unit.offset, unit.spelling.str(), plural.str()};
}

// The shown units of exactly this dimension.
auto Ladder(const UnitTable &units, DimensionId d, UnitFamily family) -> Choices {
  Choices ladder;
  for (const Unit &unit : units.units()) {
    const bool fits = family == UnitFamily::kNone || unit.family == family;
    if (unit.dimension == d && unit.use == UnitUse::kShown && fits) {
      ladder.push_back(AsChoice(unit));
    }
  }
  return ladder;
}

// Of the wanted family, only data knows one; unasked it is counted in bytes, and its rates in bits.
auto FamilyOf(DimensionId d, UnitFamily wanted) -> UnitFamily {
  if (d == DimensionId::kData) {
    return wanted == UnitFamily::kBit ? UnitFamily::kBit : UnitFamily::kByte;
  }
  return d == DimensionId::kDataRate ? wanted : UnitFamily::kNone;
}

// What people divide by where nothing else was written; base units where this has no word.
auto Customary(DimensionId d) -> llvm::ArrayRef<llvm::StringRef> {
  static constexpr llvm::StringRef kTime[] = {"h", "day", "min", "s"};
  static constexpr llvm::StringRef kEnergy[] = {"kWh"};
  static constexpr llvm::StringRef kPower[] = {"kW"};
  static constexpr llvm::StringRef kData[] = {"GB"};
  static constexpr llvm::StringRef kDataRate[] = {"Gbps"};
  switch (d) {
    case DimensionId::kTime:
      return kTime;
    case DimensionId::kEnergy:
      return kEnergy;
    case DimensionId::kPower:
      return kPower;
    case DimensionId::kData:
      return kData;
    case DimensionId::kDataRate:
      return kDataRate;
    default:
      return {};
  }
}

auto BaseUnit(const UnitTable &units, DimensionId d) -> UnitChoice {
  for (const Unit &unit : units.units()) {
    if (unit.dimension == d && unit.use == UnitUse::kShown && unit.scale == Rational(1)) {
      return AsChoice(unit);
    }
  }
  const std::string name = units.dimensions().base_name(d).str();
  return {1, 0, name, name};
}

auto UnitsBelow(const UnitTable &units, DimensionId d) -> Choices {
  Choices choices;
  for (const llvm::StringRef name : Customary(d)) {
    choices.push_back(AsChoice(units.unit(*units.Find(name))));
  }
  if (choices.empty()) {
    choices.push_back(BaseUnit(units, d));
  }
  return choices;
}

// Money first, then what is counted, then the rest: EUR/node/day.
auto Ordered(const UnitTable &units, DimensionId d) -> Factors {
  Factors factors(units.dimensions().factors(d));
  std::ranges::sort(factors, {}, [&units](const Factor &factor) {
    const Kind kind = units.dimensions().kind(factor.base);
    const int rank = kind == Kind::kCurrency ? 0 : kind == Kind::kCounting ? 1 : 2;
    return std::pair(rank, factor.base);
  });
  return factors;
}

// Writes power for energy per time, and so on, where both are there to be taken.
void TakeRate(Factors &factors, DimensionId amount, DimensionId rate) {
  const auto *const found = std::ranges::find(factors, amount, &Factor::base);
  const auto *const time = std::ranges::find(factors, DimensionId::kTime, &Factor::base);
  if (found == factors.end() || time == factors.end() || std::abs(found->exponent) != 1 ||
      time->exponent != -found->exponent) {
    return;
  }
  // In the place of the time, ahead of the months: EUR/kW/month.
  const auto place = time - factors.begin();
  factors[static_cast<std::size_t>(place)] = {rate, found->exponent};
  llvm::erase_if(factors, [amount](const Factor &factor) { return factor.base == amount; });
}

// What `d` is made of, in the order in which it is written.
auto Decompose(const UnitTable &units, DimensionId d, UnitFamily family) -> Factors {
  Factors factors = Ordered(units, d);
  TakeRate(factors, DimensionId::kEnergy, DimensionId::kPower);
  TakeRate(factors, DimensionId::kCompute, DimensionId::kComputeRate);
  // Rates in bytes have no words of their own: they are GB/s.
  if (family != UnitFamily::kByte) {
    TakeRate(factors, DimensionId::kData, DimensionId::kDataRate);
  }
  return factors;
}

// Appends `choice` to the right of `product`. Nothing if the scale does not fit, or the power is
// one that nobody would write out.
auto Append(const UnitChoice &product, const UnitChoice &choice, std::int32_t exponent)
    -> std::optional<UnitChoice> {
  constexpr std::int32_t kMostRepeats = 4;
  if (std::abs(exponent) > kMostRepeats) {
    return std::nullopt;
  }
  UnitChoice result = product;
  for (std::int32_t n = 0; n < std::abs(exponent); ++n) {
    const auto scale =
        exponent > 0 ? Mul(result.scale, choice.scale) : Div(result.scale, choice.scale);
    if (!scale) {
      return std::nullopt;
    }
    result.scale = *scale;
    const bool is_first = result.unit.empty();
    const std::string separator = exponent < 0 ? "/" : is_first ? "" : "*";
    result.unit += separator + choice.unit;
    result.plural += separator + (is_first && exponent > 0 ? choice.plural : choice.unit);
  }
  return result;
}

auto AppendEach(llvm::ArrayRef<UnitChoice> products, llvm::ArrayRef<UnitChoice> choices,
                std::int32_t exponent) -> Choices {
  Choices results;
  for (const UnitChoice &product : products) {
    for (const UnitChoice &choice : choices) {
      if (auto result = Append(product, choice, exponent)) {
        results.push_back(std::move(*result));
      }
    }
  }
  return results;
}

auto Compose(const UnitTable &units, DimensionId d, UnitFamily family) -> Choices {
  const Factors factors = Decompose(units, d, family);
  Choices products(1);
  for (const Factor &factor : factors) {
    if (factor.exponent > 0) {
      const bool is_leading = products.size() == 1 && products.front().unit.empty();
      products = AppendEach(products,
                            is_leading ? Ladder(units, factor.base, FamilyOf(factor.base, family))
                                       : UnitsBelow(units, factor.base),
                            factor.exponent);
    }
  }
  for (const Factor &factor : factors) {
    if (factor.exponent < 0) {
      products = AppendEach(products, UnitsBelow(units, factor.base), factor.exponent);
    }
  }
  return products;
}

}  // namespace

auto UnitChoice::ValueOf(Rational base_value) const -> std::optional<Rational> {
  const auto moved = Sub(base_value, offset);
  return moved ? Div(*moved, scale) : std::nullopt;
}

auto ChooseHint(const UnitTable &units, DimensionId d, UnitId hint) -> std::optional<UnitChoice> {
  const Unit &unit = units.unit(hint);
  if (unit.dimension == d) {
    return AsChoice(unit);
  }
  // Affine units stay out of composites, and a plain number hints at nothing.
  if (hint == UnitId::kOne || unit.family == UnitFamily::kAffine) {
    return std::nullopt;
  }
  const auto has = units.dimensions().factors(unit.dimension);
  const auto wants = Ordered(units, d);
  if (!llvm::all_of(has, [&](const Factor &factor) { return llvm::is_contained(wants, factor); })) {
    return std::nullopt;
  }
  std::optional<UnitChoice> choice = AsChoice(unit);
  for (const Factor &factor : wants) {
    if (llvm::is_contained(has, factor)) {
      continue;
    }
    if (units.dimensions().kind(factor.base) != Kind::kCounting || factor.exponent > 0) {
      return std::nullopt;
    }
    choice = Append(*choice, BaseUnit(units, factor.base), factor.exponent);
    if (!choice) {
      return std::nullopt;
    }
  }
  return choice;
}

auto ChooseUnits(const UnitTable &units, DimensionId d, UnitFamily family) -> Choices {
  if (d == DimensionId::kNumber) {
    return {UnitChoice()};
  }
  Choices ladder = Ladder(units, d, FamilyOf(d, family));
  return ladder.empty() ? Compose(units, d, family) : ladder;
}

auto ChooseBaseUnit(const UnitTable &units, DimensionId d) -> UnitChoice {
  UnitChoice product;
  const Factors factors = Decompose(units, d, UnitFamily::kNone);
  for (const std::int32_t side : {1, -1}) {
    for (const Factor &factor : factors) {
      if ((factor.exponent > 0) != (side > 0)) {
        continue;
      }
      // Scales of one cannot overflow; what is left to fail is a high power.
      UnitChoice unit = BaseUnit(units, factor.base);
      if (auto longer = Append(product, unit, factor.exponent)) {
        product = std::move(*longer);
        continue;
      }
      unit.unit += "^" + llvm::itostr(std::abs(factor.exponent));
      unit.plural = unit.unit;
      product = *Append(product, unit, side);
    }
  }
  return product;
}

}  // namespace groma::base
