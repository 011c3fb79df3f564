// SPDX-License-Identifier: Apache-2.0
#include "exhaustive.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace groma::reason::test {

auto Chance::In(int64_t low, int64_t high) -> int64_t {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 7;
  state_ ^= state_ << 17;
  return low + static_cast<int64_t>((state_ >> 11) % static_cast<uint64_t>(high - low + 1));
}

auto RandomProgram(Chance &chance, const Shape &shape) -> Program {
  const auto cause = [&] {
    return static_cast<Cause>(std::max<int64_t>(0, chance.In(-2, kCauses - 1)));
  };
  const auto scaled = [&](int64_t number) {
    return shape.scale == 1 ? number : number * shape.scale + chance.In(-9, 9);
  };
  Program program;
  program.fixed_cost = chance.In(-3, 3);
  const int64_t booleans = chance.In(2, 7);
  for (int64_t i = 0; i < booleans; ++i) {
    Column column{.cost = scaled(chance.In(-2, 6))};
    if (chance.In(0, 9) == 0) {
      column.lower = column.upper = chance.In(0, 1);
      column.cause = cause();
    }
    program.AddColumn(column);
  }
  const int64_t counts = chance.In(0, 3);
  for (int64_t i = 0; i < counts; ++i) {
    const int64_t reach = chance.In(1, 6);
    Column column{.upper = reach, .cost = scaled(chance.In(-2, 6)), .reach = reach};
    if (chance.In(0, 2) == 0) {
      column.lower = chance.In(0, reach);
      column.upper = chance.In(column.lower, reach);
      column.cause = cause();
    }
    program.AddColumn(column);
  }
  for (int64_t first = 0; first + 2 <= booleans && chance.In(0, 2) > 0;) {
    const int64_t size = chance.In(2, std::min<int64_t>(booleans - first, 4));
    std::vector<Group::Member> members;
    for (int64_t i = 0; i < size; ++i) {
      members.push_back({static_cast<ColumnId>(first + i), static_cast<uint32_t>(chance.In(0, 2))});
    }
    program.AddGroup(members, static_cast<uint32_t>(chance.In(1, 2)), cause());
    first += size;
  }
  // Each row just allows some point: the same one for all, or one of its own.
  std::vector<int64_t> point;
  const bool is_shared = chance.In(0, 1) == 0;
  const int64_t rows = chance.In(1, 8);
  for (int64_t r = 0; r < rows; ++r) {
    if (r == 0 || !is_shared) {
      point.clear();
      for (const Column &column : program.columns) {
        point.push_back(chance.In(column.lower, column.upper));
      }
    }
    std::vector<Entry> entries;
    int64_t sum = 0;
    for (ColumnId column = 0; column < program.columns.size(); ++column) {
      if (chance.In(0, 2) == 0) continue;
      entries.push_back({column, scaled(chance.In(-4, 5))});
      sum += entries.back().coefficient * point[column];
    }
    const bool is_equal = chance.In(0, 5) == 0;
    program.AddRow(entries, is_equal ? sum : sum + chance.In(-1, 1), cause(), is_equal);
  }
  return program;
}

Exhaustive::Exhaustive(const Program &program) {
  std::vector<int64_t> values;
  Visit(program, values);
}

void Exhaustive::Visit(const Program &program, std::vector<int64_t> &values) {
  if (values.size() == program.columns.size()) {
    Judge(program, values);
    return;
  }
  const Column &column = program.columns[values.size()];
  const bool is_given = column.cause == kGiven;
  const int64_t low = is_given ? column.lower : std::min<int64_t>(0, column.lower);
  const int64_t high = is_given ? column.upper : std::max(column.reach, column.upper);
  for (int64_t value = low; value <= high; ++value) {
    values.push_back(value);
    Visit(program, values);
    values.pop_back();
  }
}

void Exhaustive::Judge(const Program &program, llvm::ArrayRef<int64_t> values) {
  uint32_t broken = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    const Column &column = program.columns[i];
    if (values[i] < column.lower || values[i] > column.upper) broken |= 1U << column.cause;
  }
  for (const Row &row : program.rows) {
    int64_t sum = 0;
    for (const Entry &entry : program.entries(row)) sum += entry.coefficient * values[entry.column];
    if (row.is_equal ? sum != row.limit : sum > row.limit) broken |= 1U << row.cause;
  }
  for (const Group &group : program.groups) {
    uint32_t picked = 0;
    std::set<uint32_t> classes;
    for (const Group::Member &member : program.members(group)) {
      if (values[member.column] == 0) continue;
      ++picked;
      // Classes are given, whatever the group's cause is.
      if (!classes.insert(member.of_class).second) return;
    }
    if (picked != group.pick) broken |= 1U << group.cause;
  }
  EXPECT_EQ(program.IsSolution(values), broken == 0);
  if ((broken & (1U << kGiven)) != 0) return;
  broken_.insert(broken);
  if (broken != 0) return;
  const int64_t cost = program.CostOf(values);
  optimum_ = std::min(optimum_.value_or(cost), cost);
}

auto Exhaustive::CanHold(llvm::ArrayRef<Cause> causes) const -> bool {
  uint32_t set = 0;
  for (const Cause cause : causes) set |= 1U << cause;
  return std::any_of(broken_.begin(), broken_.end(),
                     [&](uint32_t broken) { return (broken & set) == 0; });
}

}  // namespace groma::reason::test
