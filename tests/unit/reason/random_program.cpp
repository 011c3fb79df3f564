// SPDX-License-Identifier: Apache-2.0
#include "random_program.h"

#include <algorithm>
#include <random>

namespace groma::reason {
namespace {

class Maker {
 public:
  explicit Maker(uint32_t seed) : engine_(seed) {}

  auto Make() -> Program {
    const int64_t groups = Draw(0, 2);
    for (int64_t g = 0; g < groups; ++g) AddGroup();
    for (int64_t left = Draw(0, 3); left > 0; --left) {
      program_.AddColumn({.upper = 1, .cost = Draw(-9, 9), .reach = 1});
    }
    for (int64_t left = Draw(1, 3); left > 0; --left) {
      const int64_t lower = Draw(0, 3) == 0 ? Draw(0, 2) : 0;
      const int64_t upper = lower + Draw(0, 5);
      program_.AddColumn({.lower = lower, .upper = upper, .cost = Draw(-3, 9), .reach = upper});
    }
    hidden_.clear();
    for (const Column &column : program_.columns) {
      hidden_.push_back(Draw(column.lower, column.upper));
    }
    for (int64_t left = Draw(1, 6); left > 0; --left) AddRow();
    for (int64_t left = Draw(0, 2); left > 0; --left) AddLikeRow();
    program_.fixed_cost = Draw(-20, 20);
    return std::move(program_);
  }

 private:
  // The distributions of the standard library differ from one to the next; this does not.
  auto Draw(int64_t least, int64_t most) -> int64_t {
    return least + static_cast<int64_t>(engine_() % static_cast<uint64_t>(most - least + 1));
  }

  void AddGroup() {
    std::vector<Group::Member> members;
    const int64_t count = Draw(1, 5), classes = Draw(1, 5);
    for (int64_t i = 0; i < count; ++i) {
      members.push_back(
          {program_.AddColumn({.cost = Draw(-2, 12)}), static_cast<uint32_t>(Draw(1, classes))});
    }
    program_.AddGroup(members, static_cast<uint32_t>(Draw(0, 9) == 0 ? 0 : Draw(1, 2)), kGiven);
  }

  // Most rows hold, or nearly, at one hidden place.
  void AddRow() {
    std::vector<Entry> entries;
    const bool is_cover = Draw(0, 1) == 0;
    int64_t there = 0;
    for (ColumnId i = 0; i < program_.columns.size(); ++i) {
      if (Draw(0, 2) == 0) continue;
      const bool is_count = !program_.columns[i].is_boolean();
      const int64_t factor = is_cover ? (is_count ? -Draw(1, 7) : Draw(0, 20)) : Draw(-9, 12);
      entries.push_back({i, factor});
      there += factor * hidden_[i];
    }
    const bool is_equal = Draw(0, 7) == 0;
    program_.AddRow(entries, there + (is_equal ? 0 : Draw(-3, 6)), kGiven, is_equal);
  }

  // Nearly the last row, as the demand of the next month is nearly that of the last.
  void AddLikeRow() {
    const Row row = program_.rows.back();
    std::vector<Entry> entries = program_.entries(row).vec();
    for (Entry &entry : entries) {
      if (entry.coefficient > 0 && Draw(0, 3) == 0) entry.coefficient += Draw(-1, 1);
    }
    program_.AddRow(entries, row.limit + Draw(-1, 1), kGiven);
  }

  std::mt19937 engine_;
  Program program_;
  std::vector<int64_t> hidden_;
};

}  // namespace

auto RandomProgram(uint32_t seed) -> Program { return Maker(seed).Make(); }

auto TryAll(const Program &program) -> std::optional<int64_t> {
  std::vector<int64_t> values;
  for (const Column &column : program.columns) values.push_back(column.lower);
  std::optional<int64_t> best;
  while (true) {
    if (program.IsSolution(values)) {
      const int64_t cost = program.CostOf(values);
      best = best ? std::min(*best, cost) : cost;
    }
    size_t i = 0;
    for (; i < values.size() && values[i] == program.columns[i].upper; ++i) {
      values[i] = program.columns[i].lower;
    }
    if (i == values.size()) return best;
    ++values[i];
  }
}

}  // namespace groma::reason
