// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/neighborhood.h"

#include <algorithm>

#include "groma/reason/dominance.h"

namespace groma::reason {
namespace {

// What one whole excess of a row is: its limit, or its largest entry where that is more.
auto ScaleOf(int64_t whole) -> uint64_t {
  return (uint64_t{1} << 48) / static_cast<uint64_t>(std::max<int64_t>(whole, 1));
}

// Rows are multiplied to even out shares only while their sums stay below this.
constexpr int64_t kLargestEven = kLargestSum;

// What the sum of a row can reach in absolute value.
auto Magnitude(const Program &program, const Row &row) -> int64_t {
  int64_t sum = row.limit < 0 ? -row.limit : row.limit;
  for (const Entry &entry : program.entries(row)) {
    const Column &column = program.columns[entry.column];
    const int64_t size = entry.coefficient < 0 ? -entry.coefficient : entry.coefficient;
    sum += size * std::max(column.reach, column.upper);
  }
  return sum;
}

}  // namespace

Neighborhood::Neighborhood(const Program &program)
    : follower_of(program.columns.size(), 0),
      program_(program),
      covered_by_(program.rows.size(), kNone),
      is_needless_(DominatedRows(program, Dominance::OfAnyCause)),
      line_(program.rows.size(), kNone),
      times_(program.rows.size(), 1) {
  for (const Group &group : program.groups) {
    for (const Group::Member &member : program.members(group)) follower_of[member.column] = kNone;
  }
  ChooseCovers();
  OrderFollowers();
  LayOut();
}

// Takes the rows that ask most first, and none that would make a column follow from itself.
void Neighborhood::ChooseCovers() {
  struct Candidate {
    RowId row = 0;
    ColumnId column = 0;
    int64_t slack = 0;  // units of the column that the limit alone would allow for
  };
  std::vector<Candidate> candidates;
  for (size_t r = 0; r < program_.rows.size(); ++r) {
    const Row &row = program_.rows[r];
    if (is_needless_[r] != 0 || row.is_equal) continue;
    const Entry *negative = nullptr;
    bool is_single = true;
    for (const Entry &entry : program_.entries(row)) {
      if (entry.coefficient > 0) continue;
      if (negative != nullptr) is_single = false;
      negative = &entry;
    }
    if (negative == nullptr || !is_single || follower_of[negative->column] == kNone) continue;
    candidates.push_back(
        {static_cast<RowId>(r), negative->column, row.limit / -negative->coefficient});
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto &a, const auto &b) { return a.slack < b.slack; });
  std::vector<std::vector<ColumnId>> asks(program_.columns.size());  // column -> those it moves
  std::vector<uint32_t> seen(program_.columns.size(), kNone);
  for (uint32_t i = 0; i < candidates.size(); ++i) {
    const Candidate &candidate = candidates[i];
    // Can the column's own followers reach an entry of the row?
    std::vector<ColumnId> open{candidate.column};
    seen[candidate.column] = i;
    while (!open.empty()) {
      const ColumnId at = open.back();
      open.pop_back();
      for (const ColumnId next : asks[at]) {
        if (seen[next] == i) continue;
        seen[next] = i;
        open.push_back(next);
      }
    }
    const auto entries = program_.entries(program_.rows[candidate.row]);
    const bool is_circle = std::any_of(entries.begin(), entries.end(), [&](const Entry &entry) {
      return entry.column != candidate.column && seen[entry.column] == i;
    });
    if (is_circle) continue;
    covered_by_[candidate.row] = candidate.column;
    for (const Entry &entry : entries) {
      if (entry.column == candidate.column || follower_of[entry.column] == kNone) continue;
      if (asks[entry.column].empty() || asks[entry.column].back() != candidate.column) {
        asks[entry.column].push_back(candidate.column);
      }
    }
  }
}

auto Neighborhood::ShareOf(RowId row) const -> int64_t {
  for (const Entry &entry : program_.entries(program_.rows[row])) {
    if (entry.column == covered_by_[row]) return -entry.coefficient;
  }
  return 1;
}

void Neighborhood::OrderFollowers() {
  const size_t count = program_.columns.size();
  // How many rows still wait for each column's earlier ones; then first come, first served.
  std::vector<std::vector<RowId>> rows_of(count), uses(count);
  std::vector<uint32_t> waits(count);
  for (size_t r = 0; r < covered_by_.size(); ++r) {
    const ColumnId column = covered_by_[r];
    if (column == kNone) continue;
    rows_of[column].push_back(static_cast<RowId>(r));
    for (const Entry &entry : program_.entries(program_.rows[r])) {
      if (entry.column == column || follower_of[entry.column] == kNone) continue;
      ++waits[column];
      uses[entry.column].push_back(static_cast<RowId>(r));
    }
  }
  const auto place = [&](ColumnId first) {
    std::vector<ColumnId> open{first};
    while (!open.empty()) {
      const ColumnId column = open.back();
      open.pop_back();
      follower_of[column] = static_cast<uint32_t>(followers.size());
      Follower follower{.column = column, .begin = static_cast<uint32_t>(covers.size())};
      int64_t largest = 1;
      for (const RowId r : rows_of[column]) largest = std::max(largest, ShareOf(r));
      for (const RowId r : rows_of[column]) {
        const int64_t most =
            kLargestEven / std::max<int64_t>(1, Magnitude(program_, program_.rows[r]));
        if (largest % ShareOf(r) != 0 || largest / ShareOf(r) > most) follower.is_even = false;
      }
      for (const RowId r : rows_of[column]) {
        line_[r] = static_cast<uint32_t>(covers.size());
        times_[r] = follower.is_even ? largest / ShareOf(r) : 1;
        covers.push_back({-program_.rows[r].limit * times_[r], ShareOf(r) * times_[r], r});
      }
      follower.end = static_cast<uint32_t>(covers.size());
      follower.scale = ScaleOf(program_.columns[column].upper);
      followers.push_back(follower);
      for (const RowId r : uses[column]) {
        if (--waits[covered_by_[r]] == 0) open.push_back(covered_by_[r]);
      }
    }
  };
  std::vector<ColumnId> ready;
  for (ColumnId i = 0; i < count; ++i) {
    if (follower_of[i] != kNone && waits[i] == 0) ready.push_back(i);
  }
  for (const ColumnId column : ready) place(column);
}

void Neighborhood::LayOut() {
  const size_t count = program_.columns.size();
  for (size_t r = 0; r < program_.rows.size(); ++r) {
    const Row &row = program_.rows[r];
    if (is_needless_[r] != 0 || covered_by_[r] != kNone) continue;
    int64_t whole = row.limit < 0 ? -row.limit : row.limit;
    for (const Entry &entry : program_.entries(row)) {
      whole = std::max(whole, entry.coefficient < 0 ? -entry.coefficient : entry.coefficient);
    }
    line_[r] = static_cast<uint32_t>(limits.size());
    limits.push_back({-row.limit, ScaleOf(whole), row.is_equal, static_cast<RowId>(r)});
  }
  // Transposed, column by column.
  limit_start_.assign(count + 1, 0);
  cover_start_.assign(count + 1, 0);
  const auto each = [&](auto &&limit, auto &&cover) {
    for (size_t r = 0; r < program_.rows.size(); ++r) {
      if (is_needless_[r] != 0) continue;
      for (const Entry &entry : program_.entries(program_.rows[r])) {
        if (covered_by_[r] == kNone) {
          limit(entry.column, Touch{line_[r], entry.coefficient});
        } else if (entry.column != covered_by_[r]) {
          cover(entry.column, Touch{line_[r], entry.coefficient * times_[r]});
        }
      }
    }
  };
  each([&](ColumnId column, Touch) { ++limit_start_[column + 1]; },
       [&](ColumnId column, Touch) { ++cover_start_[column + 1]; });
  for (size_t i = 0; i < count; ++i) {
    limit_start_[i + 1] += limit_start_[i];
    cover_start_[i + 1] += cover_start_[i];
  }
  limit_touches_.resize(limit_start_[count]);
  cover_touches_.resize(cover_start_[count]);
  std::vector<uint32_t> limit_next = limit_start_, cover_next = cover_start_;
  each([&](ColumnId column, Touch touch) { limit_touches_[limit_next[column]++] = touch; },
       [&](ColumnId column, Touch touch) { cover_touches_[cover_next[column]++] = touch; });
  std::vector<uint32_t> owner(covers.size());
  for (size_t f = 0; f < followers.size(); ++f) {
    for (uint32_t c = followers[f].begin; c < followers[f].end; ++c) {
      owner[c] = static_cast<uint32_t>(f);
    }
  }
  moved_start_.push_back(0);
  for (size_t i = 0; i < count; ++i) {
    const auto begin = cover_touches_.begin() + cover_start_[i];
    const auto end = cover_touches_.begin() + cover_start_[i + 1];
    std::sort(begin, end, [](const Touch &a, const Touch &b) { return a.line < b.line; });
    for (auto at = begin; at != end; ++at) {
      if (moved_.size() == moved_start_.back() || moved_.back() != owner[at->line]) {
        moved_.push_back(owner[at->line]);
      }
    }
    moved_start_.push_back(static_cast<uint32_t>(moved_.size()));
  }
}

}  // namespace groma::reason
