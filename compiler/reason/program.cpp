// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/program.h"

#include <algorithm>

#include "groma/base/check.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::reason {

auto Program::AddRow(llvm::ArrayRef<Entry> entries, int64_t limit, Cause cause, bool is_equal)
    -> RowId {
  const auto begin = static_cast<uint32_t>(entries_.size());
  entries_.insert(entries_.end(), entries.begin(), entries.end());
  const auto first = entries_.begin() + begin;
  std::sort(first, entries_.end(),
            [](const Entry &a, const Entry &b) { return a.column < b.column; });
  auto out = first;
  for (auto at = first; at != entries_.end();) {
    Entry sum = *at++;
    while (at != entries_.end() && at->column == sum.column) sum.coefficient += at++->coefficient;
    if (sum.coefficient != 0) *out++ = sum;
  }
  entries_.erase(out, entries_.end());
  rows.push_back({begin, static_cast<uint32_t>(entries_.size()), limit, is_equal, cause});
  return static_cast<RowId>(rows.size() - 1);
}

void Program::AddGroup(llvm::ArrayRef<Group::Member> members, uint32_t pick, Cause cause) {
  const auto begin = static_cast<uint32_t>(members_.size());
  members_.insert(members_.end(), members.begin(), members.end());
  groups.push_back({begin, static_cast<uint32_t>(members_.size()), pick, cause});
}

namespace {

// Adds |coefficient| * reach to `sum`; false if that leaves the safe range.
auto Grow(int64_t coefficient, int64_t reach, int64_t &sum) -> bool {
  __int128 product = static_cast<__int128>(coefficient) * reach;
  if (product < 0) product = -product;
  product += sum;
  if (product >= kLargestSum) return false;
  sum = static_cast<int64_t>(product);
  return true;
}

}  // namespace

auto Program::Fits() const -> bool {
  int64_t cost = fixed_cost < 0 ? -fixed_cost : fixed_cost;
  if (cost >= kLargestSum) return false;
  for (const Column &column : columns) {
    if (!Grow(column.cost, std::max(column.reach, column.upper), cost)) return false;
  }
  return llvm::all_of(rows, [&](const Row &row) {
    int64_t sum = row.limit < 0 ? -row.limit : row.limit;
    if (sum >= kLargestSum) return false;
    return llvm::all_of(entries(row), [&](const Entry &entry) {
      const Column &column = columns[entry.column];
      return Grow(entry.coefficient, std::max(column.reach, column.upper), sum);
    });
  });
}

auto Program::CostOf(llvm::ArrayRef<int64_t> values) const -> int64_t {
  int64_t cost = fixed_cost;
  for (size_t i = 0; i < columns.size(); ++i) cost += columns[i].cost * values[i];
  return cost;
}

auto Program::IsSolution(llvm::ArrayRef<int64_t> values) const -> bool {
  base::Check(values.size() == columns.size(), "a value for each column");
  for (size_t i = 0; i < columns.size(); ++i) {
    if (values[i] < columns[i].lower || values[i] > columns[i].upper) return false;
  }
  for (const Row &row : rows) {
    int64_t sum = 0;
    for (const Entry &entry : entries(row)) sum += entry.coefficient * values[entry.column];
    if (row.is_equal ? sum != row.limit : sum > row.limit) return false;
  }
  for (const Group &group : groups) {
    uint32_t picked = 0;
    std::vector<uint32_t> classes;
    for (const Group::Member &member : members(group)) {
      if (values[member.column] == 0) continue;
      ++picked;
      classes.push_back(member.of_class);
    }
    std::sort(classes.begin(), classes.end());
    if (picked != group.pick ||
        std::adjacent_find(classes.begin(), classes.end()) != classes.end()) {
      return false;
    }
  }
  return true;
}

}  // namespace groma::reason
