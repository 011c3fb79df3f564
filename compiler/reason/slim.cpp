// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/slim.h"

#include <algorithm>

#include "groma/reason/restrict.h"

namespace groma::reason {
namespace {

class Slimmer {
 public:
  explicit Slimmer(Program program)
      : program_(std::move(program)),
        is_put_(program_.columns.size()),
        value_(program_.columns.size()),
        is_out_(program_.rows.size()) {}

  auto Run() -> Program {
    bool is_smaller = true;
    while (is_smaller) {
      is_smaller = LeaveOutRows();
      is_smaller = PutColumns() || is_smaller;
    }
    return Rest();
  }

 private:
  // Rows that hold whatever the columns are; those that need a cause for it stay, since the cause
  // may be let go later.
  auto LeaveOutRows() -> bool {
    bool is_news = false;
    for (size_t r = 0; r < program_.rows.size(); ++r) {
      const Row &row = program_.rows[r];
      if (is_out_[r] != 0 || row.is_equal) continue;
      int64_t highest = 0;
      for (const Entry &entry : program_.entries(row)) {
        const Column &column = program_.columns[entry.column];
        const bool is_put = is_put_[entry.column] != 0;
        const bool is_given = column.cause == kGiven;
        const int64_t most = entry.coefficient > 0 ? (is_given ? column.upper : column.reach)
                             : is_given            ? column.lower
                                                   : 0;
        highest += entry.coefficient * (is_put ? value_[entry.column] : most);
      }
      if (highest > row.limit) continue;
      is_out_[r] = 1;
      is_news = true;
    }
    return is_news;
  }

  // A column that no row wants larger is put to 0, one that none wants smaller to its upper end: no
  // other column is worse off. Ends that a cause sets stay, so that the cause stays in sight.
  auto PutColumns() -> bool {
    std::vector<uint8_t> wants_more(program_.columns.size()), wants_less(wants_more);
    for (size_t r = 0; r < program_.rows.size(); ++r) {
      const Row &row = program_.rows[r];
      if (is_out_[r] != 0) continue;
      for (const Entry &entry : program_.entries(row)) {
        if (entry.coefficient < 0 || row.is_equal) wants_more[entry.column] = 1;
        if (entry.coefficient > 0 || row.is_equal) wants_less[entry.column] = 1;
      }
    }
    for (const Group &group : program_.groups) {
      for (const Group::Member &member : program_.members(group)) {
        wants_more[member.column] = wants_less[member.column] = 1;
      }
    }
    bool is_news = false;
    for (size_t c = 0; c < program_.columns.size(); ++c) {
      const Column &column = program_.columns[c];
      if (is_put_[c] != 0) continue;
      const bool is_single = column.cause == kGiven && column.lower == column.upper;
      const bool is_given = column.cause == kGiven || column.upper == column.reach;
      if (is_single || (wants_more[c] == 0 && column.lower == 0)) {
        value_[c] = column.lower;
      } else if (wants_less[c] == 0 && is_given && column.cost == 0) {
        value_[c] = column.upper;
      } else {
        continue;
      }
      // Members of groups keep their places: a group counts them.
      if (is_single && wants_more[c] != 0 && InGroup(static_cast<ColumnId>(c))) continue;
      is_put_[c] = 1;
      is_news = true;
    }
    return is_news;
  }

  auto InGroup(ColumnId column) -> bool {
    if (in_group_.empty()) {
      in_group_.resize(program_.columns.size());
      for (const Group &group : program_.groups) {
        for (const Group::Member &member : program_.members(group)) in_group_[member.column] = 1;
      }
    }
    return in_group_[column] != 0;
  }

  // Columns keep their numbers; those that were put are in no row any more.
  auto Rest() const -> Program {
    Program rest;
    for (size_t c = 0; c < program_.columns.size(); ++c) {
      Column column = program_.columns[c];
      if (is_put_[c] != 0) {
        column = {
            .lower = value_[c], .upper = value_[c], .cost = column.cost, .reach = column.reach};
      }
      rest.AddColumn(column);
    }
    std::vector<Entry> entries;
    for (size_t r = 0; r < program_.rows.size(); ++r) {
      if (is_out_[r] != 0) continue;
      const Row &row = program_.rows[r];
      entries.clear();
      int64_t limit = row.limit;
      for (const Entry &entry : program_.entries(row)) {
        if (is_put_[entry.column] == 0) {
          entries.push_back(entry);
        } else {
          limit -= entry.coefficient * value_[entry.column];
        }
      }
      rest.AddRow(entries, limit, row.cause, row.is_equal);
    }
    for (const Group &group : program_.groups) {
      rest.AddGroup(program_.members(group), group.pick, group.cause);
    }
    return rest;
  }

  Program program_;
  std::vector<uint8_t> is_put_;
  std::vector<int64_t> value_;
  std::vector<uint8_t> is_out_, in_group_;
};

}  // namespace

auto Slim(const Program &program, const Part &part) -> std::vector<Component> {
  const Program slim = Slimmer(Restrict(program, part)).Run();
  std::vector<Component> parts;
  // A row or a group without columns that cannot hold is a part of its own.
  for (const Row &row : slim.rows) {
    const bool holds = row.is_equal ? row.limit == 0 : row.limit >= 0;
    if (!slim.entries(row).empty() || holds) continue;
    Component alone;
    alone.program.AddRow({}, row.limit, row.cause, row.is_equal);
    parts.push_back(std::move(alone));
  }
  for (const Group &group : slim.groups) {
    if (!slim.members(group).empty() || group.pick == 0) continue;
    Component alone;
    alone.program.AddGroup({}, group.pick, group.cause);
    parts.push_back(std::move(alone));
  }
  for (Component &component : Components(slim)) {
    const bool has_work = !component.program.rows.empty() || !component.program.groups.empty();
    if (has_work) parts.push_back(std::move(component));
  }
  return parts;
}

auto CausesOf(const Program &program) -> std::vector<Cause> {
  std::vector<Cause> causes;
  for (const Column &column : program.columns) causes.push_back(column.cause);
  for (const Row &row : program.rows) causes.push_back(row.cause);
  for (const Group &group : program.groups) causes.push_back(group.cause);
  std::sort(causes.begin(), causes.end());
  causes.erase(std::unique(causes.begin(), causes.end()), causes.end());
  std::erase(causes, kGiven);
  return causes;
}

}  // namespace groma::reason
