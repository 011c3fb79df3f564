// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/restrict.h"

#include <map>

namespace groma::reason {

namespace {

// Without its cause a group picks as many as it likes, but still no two of one class.
void KeepClasses(llvm::ArrayRef<Group::Member> members, Program &restricted) {
  std::map<uint32_t, std::vector<Entry>> classes;
  for (const Group::Member &member : members)
    classes[member.of_class].push_back({member.column, 1});
  for (const auto &[of_class, entries] : classes) {
    if (entries.size() > 1) restricted.AddRow(entries, 1, kGiven);
  }
}

}  // namespace

auto Restrict(const Program &program, const Part &part) -> Program {
  const auto is_dropped = [&](Cause cause) {
    return cause < part.dropped.size() && part.dropped[cause] != 0;
  };
  Program restricted;
  restricted.fixed_cost = program.fixed_cost;
  for (size_t i = 0; i < program.columns.size(); ++i) {
    Column column = program.columns[i];
    if (is_dropped(column.cause)) {
      column.lower = 0;
      column.upper = column.reach;
    } else {
      if (!part.lower.empty()) column.lower = part.lower[i];
      if (!part.upper.empty()) column.upper = part.upper[i];
    }
    restricted.AddColumn(column);
  }
  for (const Row &row : program.rows) {
    if (is_dropped(row.cause)) continue;
    restricted.AddRow(program.entries(row), row.limit, row.cause, row.is_equal);
  }
  for (const Group &group : program.groups) {
    if (!is_dropped(group.cause)) {
      restricted.AddGroup(program.members(group), group.pick, group.cause);
    } else {
      KeepClasses(program.members(group), restricted);
    }
  }
  return restricted;
}

auto Without(const Program &program, llvm::ArrayRef<uint8_t> rows) -> Program {
  Program rest;
  for (Column column : program.columns) {
    column.cost = 0;
    rest.AddColumn(column);
  }
  for (size_t r = 0; r < program.rows.size(); ++r) {
    const Row &row = program.rows[r];
    if (rows[r] == 0) rest.AddRow(program.entries(row), row.limit, row.cause, row.is_equal);
  }
  for (const Group &group : program.groups) {
    rest.AddGroup(program.members(group), group.pick, group.cause);
  }
  return rest;
}

}  // namespace groma::reason
