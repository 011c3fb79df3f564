// SPDX-License-Identifier: Apache-2.0
#include "groma/base/units.h"

#include <utility>

#include "groma/base/check.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace groma::base {
namespace {

struct UnitRow {
  std::int64_t numerator;
  std::int64_t denominator;
  llvm::StringRef spelling;
  llvm::StringRef plural;
  DimensionId dimension;
  UnitFamily family;
  UnitUse use;
};

struct SpellingRow {
  llvm::StringRef spelling;
  llvm::StringRef unit;
};

constexpr UnitRow kUnits[] = {
#define GROMA_UNIT(spelling, plural, dimension, numerator, denominator, family, use) \
  {numerator,          denominator, spelling, plural, DimensionId::dimension,        \
   UnitFamily::family, UnitUse::use},
#include "groma/base/units.def"
};

constexpr SpellingRow kSpellings[] = {
#define GROMA_SPELLING(spelling, unit) {spelling, unit},
#include "groma/base/units.def"
};

auto IsName(llvm::StringRef text) -> bool {
  const auto is_letter = [](char c) { return llvm::isAlpha(c) || c == '_'; };
  return !text.empty() && is_letter(text.front()) &&
         llvm::all_of(text, [&](char c) { return is_letter(c) || llvm::isDigit(c); });
}

auto Fail(UnitError::Kind kind, llvm::StringRef part, std::size_t offset) -> ParsedUnit {
  return {UnitId::kOne, UnitError{kind, part, offset}};
}

}  // namespace

UnitTable::UnitTable() {
  // Room for what a plan usually adds, so that its first composites do not move everything.
  units_.reserve(400);
  spellings_.reserve(400);
  by_text_.reserve(700);
  units_.emplace_back();  // kOne
  for (const UnitRow &row : kUnits) {
    const auto scale = Rational::Make(row.numerator, row.denominator);
    const Rational offset =
        row.family == UnitFamily::kAffine ? *Rational::Make(27'315, 100) : Rational();
    AddUnit({*scale, offset, row.spelling, row.plural, row.dimension, row.family, row.use});
  }
  for (const SpellingRow &row : kSpellings) {
    AddSpelling(row.spelling, *Find(row.unit));
  }
  for (auto i = static_cast<std::uint32_t>(DimensionId::kFirstCurrency); i < dimensions_.size();
       ++i) {
    const DimensionId currency{i};
    AddUnit(
        {1, {}, dimensions_.base_name(currency), {}, currency, UnitFamily::kNone, UnitUse::kShown});
  }
}

auto UnitTable::Parse(llvm::StringRef text) -> ParsedUnit {
  if (const auto known = by_text_.find(text); known != by_text_.end()) {
    return {known->second, std::nullopt};
  }
  return ParseComposite(text);
}

auto UnitTable::Find(llvm::StringRef name) const -> std::optional<UnitId> {
  const auto known = by_text_.find(name);
  if (known == by_text_.end() || name.contains('/')) {
    return std::nullopt;
  }
  return known->second;
}

auto UnitTable::ToBase(Rational value, UnitId id) const -> std::optional<Rational> {
  const auto scaled = Mul(value, unit(id).scale);
  return scaled ? Add(*scaled, unit(id).offset) : std::nullopt;
}

auto UnitTable::FromBase(Rational base_value, UnitId id) const -> std::optional<Rational> {
  const auto moved = Sub(base_value, unit(id).offset);
  return moved ? Div(*moved, unit(id).scale) : std::nullopt;
}

auto UnitTable::Declare(llvm::StringRef name, llvm::StringRef symbol, llvm::StringRef plural)
    -> bool {
  // A unit without plural may well repeat its name there.
  plural = plural == name || plural == symbol ? llvm::StringRef() : plural;
  symbol = symbol == name ? llvm::StringRef() : symbol;
  if (!IsFree(name) || (!symbol.empty() && !IsFree(symbol)) ||
      (!plural.empty() && !IsFree(plural))) {
    return false;
  }
  const llvm::StringRef owned = Own(name);
  Unit unit;
  unit.spelling = symbol.empty() ? owned : Own(symbol);
  // A symbol is written for any number.
  const llvm::StringRef owned_plural = plural.empty() ? plural : Own(plural);
  unit.plural = symbol.empty() ? owned_plural : llvm::StringRef();
  unit.dimension = dimensions_.DeclareCounting(name);
  unit.use = UnitUse::kShown;
  const UnitId id = AddUnit(unit);
  if (!symbol.empty()) {
    AddSpelling(owned, id);
  }
  if (!symbol.empty() && !plural.empty()) {
    AddSpelling(owned_plural, id);
  }
  return true;
}

auto UnitTable::DeclareAlias(llvm::StringRef name, Rational scale, DimensionId dimension,
                             UnitFamily family) -> bool {
  if (!IsFree(name) || scale.sign() <= 0) {
    return false;
  }
  AddUnit({scale, {}, Own(name), {}, dimension, family, UnitUse::kRead});
  return true;
}

auto UnitTable::AddUnit(const Unit &unit) -> UnitId {
  const auto id = UnitId{static_cast<std::uint32_t>(units_.size())};
  units_.push_back(unit);
  AddSpelling(unit.spelling, id);
  if (!unit.plural.empty()) {
    AddSpelling(unit.plural, id);
  }
  return id;
}

void UnitTable::AddSpelling(llvm::StringRef spelling, UnitId id) {
  const bool is_new = by_text_.try_emplace(spelling, id).second;
  Check(is_new, "two units share a spelling");
  spellings_.push_back(spelling);
}

auto UnitTable::Own(llvm::StringRef text) -> llvm::StringRef {
  return *texts_.emplace_back(std::make_shared<const std::string>(text));
}

auto UnitTable::IsFree(llvm::StringRef name) const -> bool {
  return IsName(name) && !by_text_.contains(name);
}

auto UnitTable::ParseComposite(llvm::StringRef text) -> ParsedUnit {
  Unit unit;
  std::string spelling;
  std::string plural;
  for (std::size_t offset = 0; offset <= text.size();) {
    const llvm::StringRef part =
        text.drop_front(offset).take_until([](char c) { return c == '/'; });
    if (part.empty()) {
      return Fail(UnitError::Kind::kMissing, part, offset);
    }
    const auto known = by_text_.find(part);
    if (known == by_text_.end()) {
      return Fail(UnitError::Kind::kUnknown, part, offset);
    }
    const Unit &factor = this->unit(known->second);
    // Names alone are known already, so this one has company.
    if (factor.family == UnitFamily::kAffine) {
      return Fail(UnitError::Kind::kAffine, part, offset);
    }
    const bool is_first = offset == 0;
    const auto scale = is_first ? factor.scale : Div(unit.scale, factor.scale);
    if (!scale) {
      return Fail(UnitError::Kind::kTooLarge, part, offset);
    }
    unit.scale = *scale;
    unit.dimension = is_first ? factor.dimension : Divide(unit.dimension, factor.dimension);
    unit.family = unit.family == UnitFamily::kNone ? factor.family : unit.family;
    const std::string separated = (is_first ? "" : "/") + factor.spelling.str();
    spelling += separated;
    plural += is_first && !factor.plural.empty() ? factor.plural.str() : separated;
    offset += part.size() + 1;
  }
  unit.spelling = spelling;
  unit.plural = plural == spelling ? "" : llvm::StringRef(plural);
  return {InternComposite(unit, text), std::nullopt};
}

// `hours/nodes` gets the id of `h/node`: the one with the first spelling of every part.
auto UnitTable::InternComposite(Unit unit, llvm::StringRef text) -> UnitId {
  auto known = by_text_.find(unit.spelling);
  if (known == by_text_.end()) {
    unit.spelling = Own(unit.spelling);
    unit.plural = unit.plural.empty() ? unit.plural : Own(unit.plural);
    const auto id = UnitId{static_cast<std::uint32_t>(units_.size())};
    units_.push_back(unit);
    known = by_text_.try_emplace(unit.spelling, id).first;
  }
  const UnitId id = known->second;
  if (!by_text_.contains(text)) {
    by_text_.try_emplace(Own(text), id);
  }
  return id;
}

}  // namespace groma::base
