// SPDX-License-Identifier: Apache-2.0
// The units that a plan may write, with exact scales to their base units, and the dimensions that
// they measure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "groma/base/dimensions.h"
#include "groma/base/rational.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"

namespace groma::base {

// `kOne` is the unit of plain numbers; it has no spelling.
enum class UnitId : std::uint32_t { kOne };

// Bits and bytes measure the same dimension, but are not added to each other. A value in an affine
// unit (`degC`) is a point on a scale, not an amount: it has an offset, and no place in a
// composite.
enum class UnitFamily : std::uint8_t { kNone, kBit, kByte, kAffine };

// Whether a unit may be chosen to print a computed value, or is only understood when written.
enum class UnitUse : std::uint8_t { kRead, kShown };

// A value v in this unit is v * scale + offset in base units.
struct Unit {
  Rational scale = 1;
  Rational offset;
  llvm::StringRef spelling;
  llvm::StringRef plural;  // Empty where one spelling serves any number.
  DimensionId dimension = DimensionId::kNumber;
  UnitFamily family = UnitFamily::kNone;  // Of a composite: that of its first data unit.
  UnitUse use = UnitUse::kRead;
};

struct UnitError {
  enum class Kind : std::uint8_t {
    kUnknown,  // `part` is no unit.
    kMissing,  // A slash, or the whole text, without a name; `part` is empty.
    kAffine,   // `part` is affine and stands in a composite.
    kTooLarge  // The scale of the composite does not fit.
  };
  Kind kind = Kind::kUnknown;
  llvm::StringRef part;    // Points into the text that was parsed.
  std::size_t offset = 0;  // Where `part` starts in it.
};

// A unit, or what is wrong with its spelling.
struct ParsedUnit {
  UnitId id = UnitId::kOne;
  std::optional<UnitError> error;

  explicit operator bool() const { return !error.has_value(); }
};

// Copies are independent, ids from before the copy hold in both.
// Not for use by several threads at once, since parsing a composite interns it.
class UnitTable {
 public:
  UnitTable();

  // Reads `kW`, `%`, `EUR/node/day`. Interned: spellings that differ only in number give one id.
  auto Parse(llvm::StringRef text) -> ParsedUnit;
  // A unit by one of its names, without slashes.
  [[nodiscard]] auto Find(llvm::StringRef name) const -> std::optional<UnitId>;
  // The reference holds until a unit is added.
  [[nodiscard]] auto unit(UnitId id) const -> const Unit & {
    return units_[static_cast<std::size_t>(id)];
  }
  // All units in the order of their ids, with the composites that were met so far.
  [[nodiscard]] auto units() const -> llvm::ArrayRef<Unit> { return units_; }
  // Every name of a unit that is no composite, in the order of declaration.
  [[nodiscard]] auto spellings() const -> llvm::ArrayRef<llvm::StringRef> { return spellings_; }

  // Exact conversions; nothing if the result does not fit.
  [[nodiscard]] auto ToBase(Rational value, UnitId id) const -> std::optional<Rational>;
  [[nodiscard]] auto FromBase(Rational base_value, UnitId id) const -> std::optional<Rational>;

  // Declares a counting dimension with its unit. A symbol, if given, is what `Display` writes.
  // False, and nothing declared, if a name is taken, repeated or no name.
  auto Declare(llvm::StringRef name, llvm::StringRef symbol = {}, llvm::StringRef plural = {})
      -> bool;
  // Declares a unit of a known dimension. False if the name is taken or the scale is not positive.
  auto DeclareAlias(llvm::StringRef name, Rational scale, DimensionId dimension,
                    UnitFamily family = UnitFamily::kNone) -> bool;

  // A value split into the number and the unit that print it best.
  struct Displayed {
    Rational value;
    std::string unit;    // Empty for a plain number, `/node` without a numerator.
    std::string plural;  // For values other than one; may equal `unit`.
  };

  // Chooses the hint where it prints `base_value` as a decimal of at most six digits after the
  // point, otherwise another unit of the dimension that does so, preferably with few digits; if
  // there is none, the hint or the base unit with a fraction. Bits stay bits, bytes stay bytes. A
  // hint that lacks only counting units gets them: `kW` for a value of `kW/node`. Never depends on
  // which composites the table has met.
  [[nodiscard]] auto Choose(Rational base_value, DimensionId d, std::optional<UnitId> hint) const
      -> Displayed;
  // `480 kW`, `1.25`, `99.9 %`, `340000 EUR/node`, `1/3 EUR`.
  [[nodiscard]] auto Display(Rational base_value, DimensionId d,
                             std::optional<UnitId> hint = std::nullopt) const -> std::string;

  // The algebra of `DimensionTable`; see there.
  [[nodiscard]] auto dimensions() const -> const DimensionTable & { return dimensions_; }
  auto Multiply(DimensionId a, DimensionId b) -> DimensionId { return dimensions_.Multiply(a, b); }
  auto Divide(DimensionId a, DimensionId b) -> DimensionId { return dimensions_.Divide(a, b); }
  [[nodiscard]] static auto IsDimensionless(DimensionId d) -> bool {
    return d == DimensionId::kNumber;
  }
  [[nodiscard]] auto IsCounting(DimensionId d) const -> bool { return dimensions_.IsCounting(d); }
  auto StripCounting(DimensionId d) -> DimensionId { return dimensions_.StripCounting(d); }
  [[nodiscard]] auto CurrencyOf(DimensionId d) const -> std::optional<llvm::StringRef> {
    return dimensions_.CurrencyOf(d);
  }
  auto WithoutCurrency(DimensionId d) -> DimensionId { return dimensions_.WithoutCurrency(d); }
  auto ReplaceCurrency(DimensionId d, llvm::StringRef code) -> std::optional<DimensionId> {
    return dimensions_.ReplaceCurrency(d, code);
  }
  [[nodiscard]] auto Name(DimensionId d) const -> std::string { return dimensions_.Name(d); }

 private:
  auto AddUnit(const Unit &unit) -> UnitId;
  void AddSpelling(llvm::StringRef spelling, UnitId id);
  auto Own(llvm::StringRef text) -> llvm::StringRef;
  [[nodiscard]] auto IsFree(llvm::StringRef name) const -> bool;
  auto ParseComposite(llvm::StringRef text) -> ParsedUnit;
  auto InternComposite(Unit unit, llvm::StringRef text) -> UnitId;

  DimensionTable dimensions_;
  std::vector<Unit> units_;
  llvm::DenseMap<llvm::StringRef, UnitId> by_text_;  // Names, and every composite text met so far.
  std::vector<llvm::StringRef> spellings_;
  // Texts of the plan. Shared and never changed, so that copies of the table may refer to them.
  std::vector<std::shared_ptr<const std::string>> texts_;
};

}  // namespace groma::base
