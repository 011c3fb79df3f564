// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/presolve.h"

#include <algorithm>
#include <numeric>

#include "groma/base/check.h"
#include "groma/reason/propagate.h"

namespace groma::reason {
namespace {

// How many rows on either side a row is compared with.
constexpr size_t kNear = 64;

// The largest sum of the entries within the bounds.
auto Highest(llvm::ArrayRef<Entry> entries, const std::vector<Column> &columns) -> int64_t {
  int64_t sum = 0;
  for (const Entry &entry : entries) {
    const Column &column = columns[entry.column];
    sum += entry.coefficient * (entry.coefficient > 0 ? column.upper : column.lower);
  }
  return sum;
}

// A row on its way from the original to the program that is left.
struct Draft {
  std::vector<Entry> entries;
  int64_t limit = 0;
  bool is_equal = false;
  bool is_needless = false;
};

// Divides by the greatest common divisor. False if no whole numbers can hold.
auto Divide(Draft &row) -> bool {
  int64_t divisor = 0;
  for (const Entry &entry : row.entries) divisor = std::gcd(divisor, entry.coefficient);
  if (divisor <= 1) return true;
  if (row.is_equal && row.limit % divisor != 0) return false;
  row.limit = row.limit / divisor - (row.limit % divisor < 0 ? 1 : 0);
  for (Entry &entry : row.entries) entry.coefficient /= divisor;
  return true;
}

// True if `weak` holds wherever `strong` does: what it has more is never more than its limit is.
auto Implies(const Draft &strong, const Draft &weak, const std::vector<Column> &columns) -> bool {
  int64_t more = 0;
  const auto add = [&](ColumnId column, int64_t factor) {
    more += factor * (factor > 0 ? columns[column].upper : columns[column].lower);
  };
  auto a = strong.entries.begin(), b = weak.entries.begin();
  while (a != strong.entries.end() || b != weak.entries.end()) {
    if (b == weak.entries.end() || (a != strong.entries.end() && a->column < b->column)) {
      add(a->column, -a->coefficient);
      ++a;
    } else if (a == strong.entries.end() || b->column < a->column) {
      add(b->column, b->coefficient);
      ++b;
    } else {
      add(a->column, b->coefficient - a->coefficient);
      ++a;
      ++b;
    }
  }
  return more <= weak.limit - strong.limit;
}

// What two rows must share to be compared: their negative entries, or without such their columns.
auto KeyOf(const Draft &row) -> std::vector<int64_t> {
  std::vector<int64_t> key;
  for (const Entry &entry : row.entries) {
    if (entry.coefficient > 0) continue;
    key.push_back(entry.column);
    key.push_back(entry.coefficient);
  }
  if (!key.empty()) return key;
  for (const Entry &entry : row.entries) key.push_back(entry.column);
  return key;
}

void MarkImplied(std::vector<Draft> &rows, const std::vector<Column> &columns) {
  std::vector<std::pair<std::vector<int64_t>, size_t>> order;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!rows[i].is_equal && !rows[i].is_needless) order.emplace_back(KeyOf(rows[i]), i);
  }
  std::sort(order.begin(), order.end());
  for (size_t i = 0; i < order.size(); ++i) {
    Draft &a = rows[order[i].second];
    const size_t end = std::min(order.size(), i + kNear);
    for (size_t j = i + 1; j < end && !a.is_needless; ++j) {
      if (order[i].first != order[j].first) break;
      Draft &b = rows[order[j].second];
      if (b.is_needless) continue;
      if (Implies(a, b, columns)) {
        b.is_needless = true;
      } else if (Implies(b, a, columns)) {
        a.is_needless = true;
      }
    }
  }
}

}  // namespace

auto Presolved::Restore(llvm::ArrayRef<int64_t> values) const -> std::vector<int64_t> {
  base::Check(values.size() == columns.size(), "a value for each column that is left");
  std::vector<int64_t> all = fixed;
  for (size_t i = 0; i < columns.size(); ++i) all[columns[i]] = values[i];
  return all;
}

auto Presolve(const Program &program) -> Presolved {
  Presolved result;
  Bounds bounds = BoundsOf(program);
  Effort effort{UINT64_MAX};
  if (!Propagator(program).Run(bounds, effort)) {
    result.is_infeasible = true;
    return result;
  }
  result.fixed = bounds.lower;
  Program &out = result.program;
  out.fixed_cost = program.fixed_cost;
  std::vector<ColumnId> number(program.columns.size());
  for (ColumnId i = 0; i < program.columns.size(); ++i) {
    if (bounds.is_fixed(i)) {
      out.fixed_cost += program.columns[i].cost * bounds.lower[i];
      continue;
    }
    number[i] = out.AddColumn({.lower = bounds.lower[i],
                               .upper = bounds.upper[i],
                               .cost = program.columns[i].cost,
                               .reach = bounds.upper[i]});
    result.columns.push_back(i);
  }
  const auto give_up = [&] {
    result = {};
    result.is_infeasible = true;
    return result;
  };

  std::vector<Draft> rows;
  for (const Row &row : program.rows) {
    Draft draft{{}, row.limit, row.is_equal};
    for (const Entry &entry : program.entries(row)) {
      if (bounds.is_fixed(entry.column)) {
        draft.limit -= entry.coefficient * bounds.lower[entry.column];
      } else {
        draft.entries.push_back({number[entry.column], entry.coefficient});
      }
    }
    if (draft.entries.empty()) {
      if (draft.is_equal ? draft.limit != 0 : draft.limit < 0) return give_up();
      continue;
    }
    if (draft.is_equal || Highest(draft.entries, out.columns) > draft.limit) {
      rows.push_back(std::move(draft));
    }
  }
  MarkImplied(rows, out.columns);  // before dividing, which makes like rows unlike
  for (Draft &row : rows) {
    if (!Divide(row)) return give_up();
    if (!row.is_needless) out.AddRow(row.entries, row.limit, kGiven, row.is_equal);
  }

  for (const Group &group : program.groups) {
    std::vector<Group::Member> members;
    uint32_t pick = group.pick;
    for (const Group::Member &member : program.members(group)) {
      if (!bounds.is_fixed(member.column)) {
        members.push_back({number[member.column], member.of_class});
      } else if (bounds.lower[member.column] == 1) {
        --pick;
      }
    }
    if (!members.empty()) out.AddGroup(members, pick, kGiven);
  }
  return result;
}

auto Components(const Program &program) -> std::vector<Component> {
  std::vector<ColumnId> parent(program.columns.size());
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](ColumnId column) {
    while (parent[column] != column) column = parent[column] = parent[parent[column]];
    return column;
  };
  // The lower number stays the root, so that roots come in order.
  const auto join = [&](ColumnId a, ColumnId b) {
    a = root(a);
    b = root(b);
    parent[std::max(a, b)] = std::min(a, b);
  };
  for (const Row &row : program.rows) {
    const auto entries = program.entries(row);
    for (const Entry &entry : entries) join(entries.front().column, entry.column);
  }
  for (const Group &group : program.groups) {
    const auto members = program.members(group);
    for (const Group::Member &member : members) join(members.front().column, member.column);
  }

  std::vector<Component> parts;
  std::vector<size_t> part(program.columns.size());
  std::vector<ColumnId> number(program.columns.size());
  for (ColumnId i = 0; i < program.columns.size(); ++i) {
    if (root(i) == i) {
      part[i] = parts.size();
      parts.emplace_back();
    }
    part[i] = part[root(i)];
    Component &own = parts[part[i]];
    number[i] = own.program.AddColumn(program.columns[i]);
    own.columns.push_back(i);
  }
  for (const Row &row : program.rows) {
    const auto entries = program.entries(row);
    if (entries.empty()) continue;
    std::vector<Entry> own;
    for (const Entry &entry : entries) own.push_back({number[entry.column], entry.coefficient});
    parts[part[entries.front().column]].program.AddRow(own, row.limit, row.cause, row.is_equal);
  }
  for (const Group &group : program.groups) {
    const auto members = program.members(group);
    if (members.empty()) continue;
    std::vector<Group::Member> own;
    for (const Group::Member &member : members)
      own.push_back({number[member.column], member.of_class});
    parts[part[members.front().column]].program.AddGroup(own, group.pick, group.cause);
  }
  return parts;
}

}  // namespace groma::reason
