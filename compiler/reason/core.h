// SPDX-License-Identifier: Apache-2.0
// Why nothing fits, where the reason is a sum: a budget against all demand. A ray proves it, its
// support is the explanation, and what the support can do without is taken out.
#pragma once

#include <optional>
#include <vector>

#include "groma/reason/certificate.h"
#include "groma/reason/program.h"

namespace groma::reason {

// What an explanation is to look like, by cause.
struct CoreWish {
  llvm::ArrayRef<uint32_t> rank;         // causes of low rank are let go first; empty: all 0
  llvm::ArrayRef<uint8_t> is_aggregate;  // 1: one of many that are told by their number only
};

// Whatever keeps the other causes of the core, and meets all that is told by its number, has no
// smaller sum in the row than `least`, which is above the row's limit.
struct Shortage {
  RowId row = 0;  // of the program that was given
  int64_t least = 0;
  Cause cause = kGiven;  // of the row
  int64_t by = 0;        // how much `least` is above the limit
};

struct AggregateCore {
  std::vector<Cause> causes = {};     // to be told one by one, in their order
  std::vector<Cause> aggregate = {};  // to be told by their number; not minimised
  // Without any one of `causes` there is a solution (of the other causes and what is given).
  bool is_minimal = false;
  std::vector<double> ray = {};          // proves that the core has no solution
  std::vector<Shortage> shortages = {};  // of the core's rows, if there are few; in their order
};

// Nothing if no ray is found, as where the reason lies in whole numbers rather than in sums.
auto FindCore(const Program &program, const CoreWish &wish, Effort &effort)
    -> std::optional<AggregateCore>;

// A certified bound below the sum of one row while all else of the part holds.
auto LeastSum(const Program &program, const Part &part, RowId row, Effort &effort)
    -> std::optional<int64_t>;

}  // namespace groma::reason
