// SPDX-License-Identifier: Apache-2.0
// Bounds that follow from other bounds, row by row and group by group, in integers.
#pragma once

#include <cstdint>
#include <vector>

#include "groma/reason/program.h"

namespace groma::reason {

struct Bounds {
  std::vector<int64_t> lower, upper;

  auto is_fixed(size_t column) const -> bool { return lower[column] == upper[column]; }
};

auto BoundsOf(const Program &program) -> Bounds;

// Knows which rows and groups a column is in. The program must outlive it, and gets no more rows.
class Propagator {
 public:
  explicit Propagator(const Program &program);

  // From now on a solution is to cost at most this.
  void SetCostLimit(int64_t limit) { cost_limit_ = limit - program_.fixed_cost; }

  // Narrows `bounds` until nothing follows, or until further rounds would gain little. False if
  // no solution lies within. With `changed`, only what follows from these columns is looked for.
  auto Run(Bounds &bounds, Effort &effort) -> bool;
  auto Run(Bounds &bounds, llvm::ArrayRef<ColumnId> changed, Effort &effort) -> bool;

 private:
  auto Work(Bounds &bounds, Effort &effort) -> bool;
  auto NarrowRow(llvm::ArrayRef<Entry> entries, int64_t limit, int64_t sign, Bounds &bounds)
      -> bool;
  auto NarrowGroup(const Group &group, Bounds &bounds) -> bool;
  auto SetLower(ColumnId column, int64_t value, Bounds &bounds) -> bool;
  auto SetUpper(ColumnId column, int64_t value, Bounds &bounds) -> bool;
  void Wake(ColumnId column);

  // Tasks are the rows, then the groups, then the cost.
  const Program &program_;
  std::vector<Entry> cost_;
  int64_t cost_limit_ = INT64_MAX;
  std::vector<uint32_t> begin_, tasks_;  // of each column
  std::vector<uint32_t> queue_;
  std::vector<uint8_t> is_queued_;
};

}  // namespace groma::reason
