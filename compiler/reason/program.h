// SPDX-License-Identifier: Apache-2.0
// What is left to decide, as numbers: whole-number columns, linear rows, and groups that pick some
// of their Booleans. Every engine of this folder reads this form and answers in it.
//
// Whoever builds a program orders its columns, rows and groups by the names of what they stand for:
// the engines break ties by these numbers, so that moving declarations moves nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "llvm/ADT/ArrayRef.h"

namespace groma::reason {

// Something that a user could edit, such as one requirement or one field; the caller knows which.
// kGiven marks what nobody can change: it is never part of an explanation.
using Cause = uint32_t;
inline constexpr Cause kGiven = 0;

using ColumnId = uint32_t;
using RowId = uint32_t;

// A whole number in lower .. upper. Without its cause it may lie in 0 .. reach.
struct Column {
  int64_t lower = 0;
  int64_t upper = 1;
  int64_t cost = 0;  // of one unit; the sum over all columns is to be small
  int64_t reach = 1;
  Cause cause = kGiven;

  auto is_boolean() const -> bool { return lower >= 0 && upper <= 1; }
};

struct Entry {
  ColumnId column = 0;
  int64_t coefficient = 0;
};

// sum(coefficient * column) <= limit, or == limit.
struct Row {
  uint32_t begin = 0, end = 0;
  int64_t limit = 0;
  bool is_equal = false;
  Cause cause = kGiven;
};

// Exactly `pick` of its Booleans are 1, and no two of one class. No column is in two groups.
struct Group {
  struct Member {
    ColumnId column = 0;
    uint32_t of_class = 0;
  };
  uint32_t begin = 0, end = 0;
  uint32_t pick = 1;
  Cause cause = kGiven;
};

// The sums of all rows and of the cost stay below this in absolute value, whatever the columns are
// within 0 .. reach; `Fits` says whether they do.
inline constexpr int64_t kLargestSum = int64_t{1} << 60;

class Program {
 public:
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::vector<Group> groups;
  int64_t fixed_cost = 0;

  auto AddColumn(Column column) -> ColumnId {
    columns.push_back(column);
    return static_cast<ColumnId>(columns.size() - 1);
  }
  // Entries of one column are added up, zeros left out; the row keeps them in column order.
  auto AddRow(llvm::ArrayRef<Entry> entries, int64_t limit, Cause cause, bool is_equal = false)
      -> RowId;
  void AddGroup(llvm::ArrayRef<Group::Member> members, uint32_t pick, Cause cause);

  auto entries(const Row &row) const -> llvm::ArrayRef<Entry> {
    return llvm::ArrayRef<Entry>(entries_).slice(row.begin, row.end - row.begin);
  }
  // Of all rows.
  auto entry_count() const -> uint64_t { return entries_.size(); }
  auto members(const Group &group) const -> llvm::ArrayRef<Group::Member> {
    return llvm::ArrayRef<Group::Member>(members_).slice(group.begin, group.end - group.begin);
  }

  // False if some sum could leave the numbers that the engines compute with.
  auto Fits() const -> bool;
  auto CostOf(llvm::ArrayRef<int64_t> values) const -> int64_t;
  // True if `values` keeps every bound, row and group.
  auto IsSolution(llvm::ArrayRef<int64_t> values) const -> bool;

 private:
  std::vector<Entry> entries_;
  std::vector<Group::Member> members_;
};

// Work that may still be done, in steps that mean the same on every machine: never seconds.
struct Effort {
  uint64_t left = 0;

  auto Spend(uint64_t steps) -> bool {
    if (steps > left) {
      left = 0;
      return false;
    }
    left -= steps;
    return true;
  }
};

// A part of an effort, which is taken from it when the part goes away.
class Slice {
 public:
  Slice(Effort &whole, uint64_t most) : whole_(whole), given_(std::min(most, whole.left)) {
    part.left = given_;
  }
  ~Slice() { whole_.Spend(given_ - part.left); }
  Slice(const Slice &) = delete;
  auto operator=(const Slice &) -> Slice & = delete;

  Effort part;

 private:
  Effort &whole_;
  uint64_t given_;
};

enum class Verdict : uint8_t { Optimal, Feasible, Infeasible, Undecided };

struct Answer {
  Verdict verdict = Verdict::Undecided;
  std::vector<int64_t> values;  // Optimal, Feasible
  int64_t cost = 0;             // of the values
  int64_t bound = 0;            // no solution costs less; meaningless if Infeasible
  bool has_bound = false;
  // Infeasible: causes that cannot hold together with what is given, in their order.
  std::vector<Cause> core;
  bool is_core_minimal = false;
};

}  // namespace groma::reason
