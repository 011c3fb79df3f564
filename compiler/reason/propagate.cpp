// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/propagate.h"

#include <algorithm>

#include "llvm/ADT/SmallVector.h"

namespace groma::reason {
namespace {

// Two counts that push each other up by one never stop soon: so often a row is looked at.
constexpr size_t kRounds = 24;

}  // namespace

auto BoundsOf(const Program &program) -> Bounds {
  Bounds bounds;
  for (const Column &column : program.columns) {
    bounds.lower.push_back(column.lower);
    bounds.upper.push_back(column.upper);
  }
  return bounds;
}

Propagator::Propagator(const Program &program) : program_(program) {
  std::vector<std::vector<uint32_t>> tasks(program.columns.size());
  uint32_t task = 0;
  for (const Row &row : program.rows) {
    for (const Entry &entry : program.entries(row)) tasks[entry.column].push_back(task);
    ++task;
  }
  for (const Group &group : program.groups) {
    for (const Group::Member &member : program.members(group)) tasks[member.column].push_back(task);
    ++task;
  }
  for (ColumnId i = 0; i < program.columns.size(); ++i) {
    if (program.columns[i].cost == 0) continue;
    cost_.push_back({i, program.columns[i].cost});
    tasks[i].push_back(task);
  }
  for (const auto &list : tasks) {
    begin_.push_back(static_cast<uint32_t>(tasks_.size()));
    tasks_.insert(tasks_.end(), list.begin(), list.end());
  }
  begin_.push_back(static_cast<uint32_t>(tasks_.size()));
  is_queued_.assign(task + 1, 0);
}

void Propagator::Wake(ColumnId column) {
  for (uint32_t at = begin_[column]; at < begin_[column + 1]; ++at) {
    const uint32_t task = tasks_[at];
    if (is_queued_[task] != 0) continue;
    is_queued_[task] = 1;
    queue_.push_back(task);
  }
}

auto Propagator::SetLower(ColumnId column, int64_t value, Bounds &bounds) -> bool {
  if (value <= bounds.lower[column]) return true;
  if (value > bounds.upper[column]) return false;
  bounds.lower[column] = value;
  Wake(column);
  return true;
}

auto Propagator::SetUpper(ColumnId column, int64_t value, Bounds &bounds) -> bool {
  if (value >= bounds.upper[column]) return true;
  if (value < bounds.lower[column]) return false;
  bounds.upper[column] = value;
  Wake(column);
  return true;
}

// sign * sum(entries) <= limit
auto Propagator::NarrowRow(llvm::ArrayRef<Entry> entries, int64_t limit, int64_t sign,
                           Bounds &bounds) -> bool {
  int64_t room = limit;
  int64_t widest = 0;
  for (const Entry &entry : entries) {
    const int64_t factor = sign * entry.coefficient;
    const int64_t lower = bounds.lower[entry.column], upper = bounds.upper[entry.column];
    room -= factor * (factor > 0 ? lower : upper);
    widest = std::max(widest, (factor > 0 ? factor : -factor) * (upper - lower));
  }
  if (room < 0) return false;
  if (widest <= room) return true;
  for (const Entry &entry : entries) {
    const int64_t factor = sign * entry.coefficient;
    const int64_t lower = bounds.lower[entry.column], upper = bounds.upper[entry.column];
    if (factor > 0) {
      if (factor * (upper - lower) > room &&
          !SetUpper(entry.column, lower + room / factor, bounds)) {
        return false;
      }
    } else if (-factor * (upper - lower) > room &&
               !SetLower(entry.column, upper - room / -factor, bounds)) {
      return false;
    }
  }
  return true;
}

auto Propagator::NarrowGroup(const Group &group, Bounds &bounds) -> bool {
  const auto members = program_.members(group);
  llvm::SmallVector<uint32_t, 8> taken;
  for (const Group::Member &member : members) {
    if (bounds.lower[member.column] < 1) continue;
    if (llvm::is_contained(taken, member.of_class)) return false;
    taken.push_back(member.of_class);
  }
  if (taken.size() > group.pick) return false;
  const bool is_full = taken.size() == group.pick;
  llvm::SmallVector<uint32_t, 16> open;
  for (const Group::Member &member : members) {
    if (bounds.lower[member.column] >= 1 || bounds.upper[member.column] < 1) continue;
    if (is_full || llvm::is_contained(taken, member.of_class)) {
      if (!SetUpper(member.column, 0, bounds)) return false;
    } else {
      open.push_back(member.of_class);
    }
  }
  std::sort(open.begin(), open.end());
  const auto classes = static_cast<size_t>(std::unique(open.begin(), open.end()) - open.begin());
  if (taken.size() + classes < group.pick) return false;
  if (is_full || taken.size() + classes > group.pick) return true;
  // Every class that is left has to give one: one with a single member gives that.
  for (const Group::Member &member : members) {
    if (bounds.is_fixed(member.column)) continue;
    const auto is_other = [&](const Group::Member &other) {
      return other.of_class == member.of_class && other.column != member.column &&
             bounds.upper[other.column] >= 1;
    };
    if (std::none_of(members.begin(), members.end(), is_other) &&
        !SetLower(member.column, 1, bounds)) {
      return false;
    }
  }
  return true;
}

auto Propagator::Run(Bounds &bounds, Effort &effort) -> bool {
  queue_.clear();
  for (size_t i = 0; i < bounds.lower.size(); ++i) {
    if (bounds.lower[i] > bounds.upper[i]) return false;
  }
  for (uint32_t task = 0; task < is_queued_.size(); ++task) {
    queue_.push_back(task);
    is_queued_[task] = 1;
  }
  return Work(bounds, effort);
}

auto Propagator::Run(Bounds &bounds, llvm::ArrayRef<ColumnId> changed, Effort &effort) -> bool {
  queue_.clear();
  for (const ColumnId column : changed) {
    if (bounds.lower[column] > bounds.upper[column]) return false;
    Wake(column);
  }
  return Work(bounds, effort);
}

auto Propagator::Work(Bounds &bounds, Effort &effort) -> bool {
  const size_t most = kRounds * is_queued_.size();
  uint64_t entries = 0;
  bool is_possible = true;
  size_t at = 0;
  for (; is_possible && at < std::min(queue_.size(), most); ++at) {
    const uint32_t task = queue_[at];
    is_queued_[task] = 0;
    const size_t rows = program_.rows.size();
    if (task < rows) {
      const Row &row = program_.rows[task];
      entries += row.end - row.begin;
      is_possible = NarrowRow(program_.entries(row), row.limit, 1, bounds) &&
                    (!row.is_equal || NarrowRow(program_.entries(row), -row.limit, -1, bounds));
    } else if (task < rows + program_.groups.size()) {
      const Group &group = program_.groups[task - rows];
      entries += group.end - group.begin;
      is_possible = NarrowGroup(group, bounds);
    } else if (cost_limit_ != INT64_MAX) {
      entries += cost_.size();
      is_possible = NarrowRow(cost_, cost_limit_, 1, bounds);
    }
  }
  for (; at < queue_.size(); ++at) is_queued_[queue_[at]] = 0;
  std::fill(is_queued_.begin(), is_queued_.end(), 0);
  // When the effort is out, what was found stays true.
  effort.Spend(entries / 1000);
  return is_possible;
}

}  // namespace groma::reason
