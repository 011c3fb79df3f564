// SPDX-License-Identifier: Apache-2.0
// A triangular distribution as a table of whole numbers.
#pragma once

#include <array>
#include <cstdint>

#include "groma/timing/simulate.h"

namespace groma::timing {

class SamplingTable {
 public:
  explicit SamplingTable(const Triangle &triangle);

  // The value below which `quantile` of 2^32 of all values lie.
  [[nodiscard]] auto At(uint32_t quantile) const -> int64_t {
    const int64_t low = values_[quantile >> kRest];
    const int64_t high = values_[(quantile >> kRest) + 1];
    const uint64_t part = quantile & ((uint32_t{1} << kRest) - 1);
    return low + static_cast<int64_t>((static_cast<uint64_t>(high - low) * part) >> kRest);
  }

 private:
  static constexpr unsigned kCells = 10;  // two to the power of it
  static constexpr unsigned kRest = 32 - kCells;
  std::array<int64_t, (1U << kCells) + 1> values_;
};

}  // namespace groma::timing
