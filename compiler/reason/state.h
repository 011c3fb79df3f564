// SPDX-License-Identifier: Apache-2.0
// Where a local search stands: a value for each column, what each line carries, and how to take
// back the last move. Private to the engines.
#pragma once

#include <utility>
#include <vector>

#include "groma/reason/neighborhood.h"

namespace groma::reason {

class State {
 public:
  struct Change {
    ColumnId column = 0;
    int64_t by = 0;
  };
  // Excess that counts as one whole, and what each exceeded line counts beside its excess.
  static constexpr int64_t kWhole = 1 << 16;
  static constexpr int64_t kAnyExcess = kWhole / 50;

  // All columns of groups are 0.
  State(const Program &program, const Neighborhood &neighborhood);

  // A move: some Set and SetFloor, then Settle, then Weigh if it may be worth it, then Keep or
  // Undo.
  void Set(ColumnId column, int64_t value) {
    if (values_[column] != value) Add(column, value - values_[column]);
  }
  // A follower is at least its floor, whatever covers ask.
  void SetFloor(uint32_t follower, int64_t floor);
  // Lets followers follow.
  void Settle();
  // Lets the limits know; until then `least_excess_moved` is all that is known of them.
  void Weigh();
  void Keep();
  void Undo();
  // Between moves: makes what is exceeded now weigh more, and what holds less again.
  void Press();

  auto values() const -> const std::vector<int64_t> & { return values_; }
  auto floor(uint32_t follower) const -> int64_t { return floors_[follower]; }
  auto cost() const -> int64_t { return cost_; }
  // Between how many moves a limit, or the upper end of a follower, was pressed or still weighed
  // more for it.
  auto times_pressed(size_t limit) const -> uint32_t { return limit_times_[limit]; }
  auto times_upper_pressed(size_t follower) const -> uint32_t { return upper_times_[follower]; }
  auto excess() const -> int64_t { return limit_excess_ + shortfall_excess_; }
  auto cost_moved() const -> int64_t { return cost_ - kept_cost_; }
  auto excess_moved() const -> int64_t {
    return shortfall_excess_ - kept_shortfall_excess_ + limit_excess_ - kept_limit_excess_;
  }
  // What the excess moves by if all limits hold after the move.
  auto least_excess_moved() const -> int64_t {
    return shortfall_excess_ - kept_shortfall_excess_ - kept_limit_excess_;
  }
  auto changes() const -> const std::vector<Change> & { return changes_; }
  // Lines looked at since the last question.
  auto TakeSteps() -> uint64_t { return std::exchange(steps_, 0); }

 private:
  struct Old {
    uint32_t follower = 0;
    int64_t value = 0;
  };
  // What one line adds to the excess, by its load or shortfall.
  auto LimitExcess(uint32_t line, int64_t load) const -> int64_t;
  auto ShortfallExcess(uint32_t follower, int64_t shortfall) const -> int64_t;
  void Add(ColumnId column, int64_t by);
  void Wake(uint32_t follower);
  void Follow(uint32_t follower);
  auto Asked(uint32_t follower) const -> int64_t;

  const Program &program_;
  const Neighborhood &neighborhood_;
  std::vector<int64_t> values_, limit_loads_, cover_loads_, floors_, shortfalls_;
  std::vector<int64_t> limit_weights_, shortfall_weights_;  // in kUsual
  std::vector<uint32_t> limit_times_, upper_times_;
  std::vector<uint8_t> is_awake_;
  std::vector<uint32_t> awake_;  // the next one last
  std::vector<Change> changes_;
  std::vector<Old> old_floors_, old_shortfalls_;
  int64_t cost_ = 0, limit_excess_ = 0, shortfall_excess_ = 0;
  int64_t kept_cost_ = 0, kept_limit_excess_ = 0, kept_shortfall_excess_ = 0;
  bool is_weighed_ = false;
  uint64_t steps_ = 0;
};

}  // namespace groma::reason
