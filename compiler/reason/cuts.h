// SPDX-License-Identifier: Apache-2.0
// Rows that all whole solutions keep and a fractional one does not.
#pragma once

#include <vector>

#include "groma/reason/propagate.h"

namespace groma::reason {

struct Cut {
  std::vector<Entry> entries;
  int64_t limit = 0;
  double violation = 0;  // how far `at` is outside
};

// Mixed-integer rounding of single rows, in integers: at most one cut for each row, at most `most`
// in all, the most violated first. They hold for whole values within `bounds`.
auto RoundingCuts(const Program &program, const Bounds &bounds, llvm::ArrayRef<double> at,
                  size_t most) -> std::vector<Cut>;

}  // namespace groma::reason
