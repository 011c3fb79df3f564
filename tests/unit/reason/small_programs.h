// SPDX-License-Identifier: Apache-2.0
// Programs small enough to try every value, shaped like placement: groups pick pools, sizes cover
// what was picked in two phases, limits hold the sizes.
#pragma once

#include <optional>

#include "groma/reason/chance.h"
#include "groma/reason/program.h"

namespace groma::reason {

inline auto SmallProgram(uint64_t seed) -> Program {
  Chance chance(seed);
  Program program;
  Cause cause = 0;
  constexpr uint32_t kPools = 3;
  constexpr uint32_t kGroups = 2;
  std::vector<std::vector<ColumnId>> at(kPools);
  for (uint32_t g = 0; g < kGroups; ++g) {
    std::vector<Group::Member> members;
    for (uint32_t p = 0; p < kPools; ++p) {
      const ColumnId column = program.AddColumn({.cost = chance.Below(3)});
      at[p].push_back(column);
      members.push_back({column, p / 2 + chance.Below(2)});
    }
    program.AddGroup(members, 1 + chance.Below(2), ++cause);
  }
  std::vector<Entry> all;
  for (uint32_t p = 0; p < kPools; ++p) {
    ColumnId sizes[2];
    for (ColumnId &size : sizes) {
      size = program.AddColumn({.upper = 2, .cost = 1 + chance.Below(5), .reach = 2});
    }
    const int64_t step = 1 + chance.Below(3);
    for (const ColumnId size : sizes) {
      std::vector<Entry> entries{{size, -step}};
      for (const ColumnId column : at[p]) entries.push_back({column, 1 + chance.Below(4)});
      program.AddRow(entries, chance.Below(2), ++cause);
    }
    program.AddRow({{sizes[0], 1}, {sizes[1], -1}}, 0, kGiven);
    all.push_back({sizes[1], 1 + chance.Below(2)});
    // What a phase buys: a row with a negative entry that covers nothing.
    program.AddRow({{sizes[1], 2}, {sizes[0], -2}}, 2, ++cause);
  }
  program.AddRow(all, 5 + chance.Below(4), ++cause);
  const ColumnId option = program.AddColumn({.cost = 2});
  program.AddRow({{at[0][0], 1}, {option, -1}}, 0, ++cause);
  program.AddRow({{at[0][1], 1}, {at[1][0], 1}}, 1, ++cause);
  return program;
}

// The least cost of all values; nothing if there is no solution.
inline auto BruteForce(const Program &program) -> std::optional<int64_t> {
  std::optional<int64_t> best;
  std::vector<int64_t> values;
  for (const Column &column : program.columns) values.push_back(column.lower);
  while (true) {
    const int64_t cost = program.CostOf(values);
    if ((!best || cost < *best) && program.IsSolution(values)) best = cost;
    size_t i = 0;
    for (; i < values.size() && values[i] == program.columns[i].upper; ++i) {
      values[i] = program.columns[i].lower;
    }
    if (i == values.size()) return best;
    ++values[i];
  }
}

}  // namespace groma::reason
