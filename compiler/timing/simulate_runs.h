// SPDX-License-Identifier: Apache-2.0
// Some runs at a time: a task is placed in all of them before the next one is looked at, so that
// its calendar is at hand.
#pragma once

#include <algorithm>
#include <array>

#include "groma/base/rational.h"
#include "groma/timing/simulate.h"
#include "simulate_table.h"

namespace groma::timing {

inline constexpr size_t kLanes = 32;
inline constexpr uint32_t kNone = ~0U;

// Gives a task other work; what is done of it stays done.
inline void GiveWork(Task &task, Work work) {
  const Work done = task.work - task.remaining;
  task.work = work;
  task.remaining = std::max<Work>(0, work - (task.started ? done : 0));
}

// What all threads read.
struct Setting {
  Setting(const Simulation &simulation, std::vector<TaskId> order);

  const Simulation &simulation;
  const Network &network;
  const Graph graph;
  const std::vector<TaskId> order;
  // By task: what is uncertain about it, or kNone; the mishaps that can hit it.
  std::vector<uint32_t> uncertain_of;
  struct Hit {
    uint32_t mishap = 0;
    CalendarId calendar = kClock, calendar_left = kClock;
    bool can_be_mitigated = false;  // what would do that comes first in `order`
  };
  std::vector<std::vector<Hit>> mishaps_of;
  std::vector<SamplingTable> tables;
  std::vector<uint32_t> work_table;               // by what is uncertain
  std::vector<uint32_t> delay_table, left_table, loss_table;  // by mishap
  std::vector<std::vector<TaskId>> behind;        // by mishap: what it can move, in order
  std::vector<TaskId> ends;                       // of which the last is the end of a run
  std::vector<Dates> likely;                      // by task: when all is as it most likely is
  std::vector<size_t> first_day, last_day;        // by task: of its finish

  [[nodiscard]] auto DayOf(Moment finish) const -> size_t;

 private:
  void FindHits();
  void MakeTables();
  void FindBehind();
  // The dates with the work that `work_of` says, and all mishaps as bad as can be or none.
  auto PlaceAll(int64_t Triangle::*work_of, bool has_mishaps) const -> std::vector<Dates>;
};

// The runs of one thread, and what was counted in them.
class Runs {
 public:
  explicit Runs(const Setting &setting);

  void Play(int64_t first, size_t count);
  void Add(const Runs &other);
  auto Result() -> Outcomes;

 private:
  using Lanes = std::array<Dates, kLanes>;

  void Draw(int64_t first, size_t count);
  void PlaceIn(TaskId id, llvm::ArrayRef<uint32_t> lanes, uint32_t without,
               std::vector<Lanes> &dates);
  [[nodiscard]] auto DatesOf(TaskId id, uint32_t lane, bool is_other) const -> const Dates & {
    return is_other && is_behind_[id] ? others_[id][lane] : dates_[id][lane];
  }
  // By how much a mishap delays what starts then, which is 0 if it does not come.
  [[nodiscard]] auto DelayOf(const Setting::Hit &hit, uint32_t lane, Moment start, bool is_other) const
      -> Lag;
  [[nodiscard]] auto IsMitigated(uint32_t mishap, uint32_t lane, Moment by, bool is_other) const
      -> bool;
  // Whether somebody has to pay for it.
  [[nodiscard]] auto IsPaid(uint32_t mishap, uint32_t lane) const -> bool;
  [[nodiscard]] auto EndOf(uint32_t lane, bool is_other) const -> Moment;
  void CountLost(uint32_t mishap, size_t count);
  void CountMoney(int64_t first, size_t count);
  void CountFinishes(size_t count);
  void CountCauses(uint32_t lane);
  // What leads to these, as it came in one run.
  void Follow(std::vector<TaskId> from, uint32_t lane);
  void FollowCauses(TaskId id, uint32_t lane);

  const Setting &setting_;
  std::vector<Lanes> dates_, others_;
  std::vector<uint8_t> is_behind_;               // what is in `others_`
  std::vector<std::array<Work, kLanes>> work_;   // by what is uncertain
  // By mishap: before what is done about it, and after.
  std::vector<std::array<Work, kLanes>> delay_, left_;
  std::vector<std::array<bool, kLanes>> comes_, comes_left_;
  std::vector<std::array<bool, kLanes>> is_open_;  // something was hit before that
  std::vector<uint32_t> seen_;                   // by task: the last chain that it was in
  uint32_t round_ = 0;
  std::vector<TaskId> chain_;
  Outcomes outcomes_;
  std::vector<base::Int128> penalty_;
};

}  // namespace groma::timing
