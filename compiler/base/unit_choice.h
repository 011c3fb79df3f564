// SPDX-License-Identifier: Apache-2.0
// The units in which a value of some dimension could be printed; private to `UnitTable::Choose`.
#pragma once

#include <optional>
#include <string>

#include "groma/base/units.h"
#include "llvm/ADT/SmallVector.h"

namespace groma::base {

// Like a unit, but of no table: most composites that are printed were never written.
struct UnitChoice {
  Rational scale = 1;
  Rational offset;
  std::string unit;
  std::string plural;

  [[nodiscard]] auto ValueOf(Rational base_value) const -> std::optional<Rational>;
};

// The hint itself, or with the counting units that it lacks; nothing if it measures something else.
[[nodiscard]] auto ChooseHint(const UnitTable &units, DimensionId d, UnitId hint)
    -> std::optional<UnitChoice>;

// What is worth trying for `d`, in order. Data is shown in bytes and its rates in bits, unless
// `family` says otherwise.
[[nodiscard]] auto ChooseUnits(const UnitTable &units, DimensionId d, UnitFamily family)
    -> llvm::SmallVector<UnitChoice, 8>;

// The product of base units, for powers too high to choose among.
[[nodiscard]] auto ChooseBaseUnit(const UnitTable &units, DimensionId d) -> UnitChoice;

}  // namespace groma::base
