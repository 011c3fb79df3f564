// SPDX-License-Identifier: Apache-2.0
// Rows that another row makes needless: a month whose demands are all below those of the next.
#pragma once

#include <cstdint>
#include <vector>

#include "groma/reason/program.h"

namespace groma::reason {

enum class Dominance : uint8_t {
  OfAnyCause,
  OfOneCause,  // only within the rows of one cause, so that causes may still be dropped
};

// For each row 1 if some other row that is kept implies it, for columns within 0 .. reach. Looks
// only at rows with the same negative entries, and of many such only at near ones.
auto DominatedRows(const Program &program, Dominance dominance) -> std::vector<uint8_t>;

}  // namespace groma::reason
