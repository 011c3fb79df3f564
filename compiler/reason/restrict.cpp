// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/restrict.h"

namespace groma::reason {

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
    }
  }
  return restricted;
}

}  // namespace groma::reason
