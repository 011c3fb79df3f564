// SPDX-License-Identifier: Apache-2.0
// A program laid out for local search: which columns follow from others, and what a change of each
// column touches. Private to the engines.
//
// A row with one negative entry, of a column in no group, asks that column to be large enough: the
// row covers, the column follows. What follows is recomputed after each change; other rows may be
// exceeded and cost a penalty.
#pragma once

#include <vector>

#include "groma/reason/program.h"

namespace groma::reason {

class Neighborhood {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  // What one unit of a column adds to a line.
  struct Touch {
    uint32_t line = 0;
    int64_t amount = 0;
  };
  // A row that is no covering one. It is exceeded by what `load` is above 0, or away from 0.
  struct Limit {
    int64_t start = 0;   // the load while all columns are 0
    uint64_t scale = 0;  // 2^48 over what counts as one whole excess
    bool is_equal = false;
    RowId row = 0;
  };
  // A row that covers: the column is at least load / share.
  struct Cover {
    int64_t start = 0;
    int64_t share = 0;
    RowId row = 0;
  };
  // A column in no group.
  struct Follower {
    ColumnId column = 0;
    uint32_t begin = 0, end = 0;  // its covers
    bool is_even = true;          // all shares are the same
    uint64_t scale = 0;           // of what is asked above the upper bound
  };

  explicit Neighborhood(const Program &program);

  std::vector<Limit> limits;
  std::vector<Cover> covers;
  std::vector<Follower> followers;    // in an order in which each follows only from earlier ones
  std::vector<uint32_t> follower_of;  // by column, kNone if it is in a group

  auto limits_of(ColumnId column) const -> llvm::ArrayRef<Touch> {
    return slice(limit_touches_, limit_start_, column);
  }
  auto covers_of(ColumnId column) const -> llvm::ArrayRef<Touch> {
    return slice(cover_touches_, cover_start_, column);
  }
  // The followers that a change of the column may move, in their order.
  auto moved_by(ColumnId column) const -> llvm::ArrayRef<uint32_t> {
    return slice(moved_, moved_start_, column);
  }

 private:
  template <typename T>
  static auto slice(const std::vector<T> &all, const std::vector<uint32_t> &start, ColumnId column)
      -> llvm::ArrayRef<T> {
    return llvm::ArrayRef<T>(all).slice(start[column], start[column + 1] - start[column]);
  }
  void ChooseCovers();
  void OrderFollowers();
  void LayOut();
  auto ShareOf(RowId row) const -> int64_t;

  const Program &program_;
  std::vector<ColumnId> covered_by_;  // by row, the column that follows; kNone
  std::vector<uint8_t> is_needless_;  // by row
  std::vector<uint32_t> line_;        // by row
  std::vector<int64_t> times_;        // by row: what a cover was multiplied by
  std::vector<Touch> limit_touches_, cover_touches_;
  std::vector<uint32_t> moved_, limit_start_, cover_start_, moved_start_;
};

}  // namespace groma::reason
