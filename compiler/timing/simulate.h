// SPDX-License-Identifier: Apache-2.0
// Plays a network through many times, with other lengths of its tasks and other mishaps each time.
// The result depends on the seed alone.
#pragma once

#include "groma/timing/critical_path.h"

namespace groma::timing {

// An uncertain number: triangular.
struct Triangle {
  int64_t low = 0;
  int64_t likely = 0;
  int64_t high = 0;

  [[nodiscard]] auto is_certain() const -> bool { return low == high; }
};

// What is drawn. Whatever has the same variable is large or small together.
using VariableId = uint64_t;

struct UncertainTask {
  TaskId task = 0;
  Triangle work;
  VariableId variable = 0;
};

inline constexpr uint64_t kCertain = uint64_t{1} << 32U;

// A mishap: the finishes of some tasks are later by one and the same delay.
struct Mishap {
  VariableId variable = 0;
  uint64_t chance = 0;  // of kCertain
  Triangle delay;
  CalendarId calendar = kClock;
  std::vector<TaskId> tasks;
  // It does not hit what starts later.
  Moment until = kNever;
  Triangle loss;
  // By task, where a delay of one goes by in fewer hours than that of another; else `calendar` holds.
  std::vector<CalendarId> calendars = {};
  // Once all of these are finished, what starts later is hit by this chance and with this delay, which has
  // calendars of its own.
  std::vector<TaskId> mitigated_by = {};
  uint64_t chance_left = 0;
  Triangle delay_left = {};
  std::vector<CalendarId> calendars_left = {};
};

// Whoever does these tasks pays for each day, begun or not, by which one takes longer than
// `allowed` until `done` is finished: itself, or what it is handed over with.
struct Penalty {
  struct Part {
    TaskId task = 0;
    TaskId done = 0;
    Work allowed = 0;
  };
  std::vector<Part> parts;
  int64_t per_day = 0;
  int64_t most = 0;
};

struct Simulation {
  // Tasks have their most likely work.
  Network network;
  std::vector<UncertainTask> uncertain;
  std::vector<Mishap> mishaps;
  std::vector<Penalty> penalties;
  // Of these it is told what makes them late. The end of a run is when the last of them is
  // finished; of all tasks, if there are none.
  std::vector<TaskId> targets;
  // The moments at which days begin, over all of the horizon; at least one.
  std::vector<Moment> days;
  int64_t runs = 10'000;
  uint64_t seed = 1;
  unsigned threads = 1;
};

// What a task or a mishap does to a target.
struct Effect {
  // In how many of the runs in which the target misses its deadline a task leads to that.
  int64_t late_runs = 0;
  // Minutes by which it took longer than it most likely does, added up over those runs.
  Minutes excess = 0;

  friend auto operator==(const Effect &, const Effect &) -> bool = default;
};

struct TargetOutcome {
  int64_t late_runs = 0;
  std::vector<Effect> tasks;  // by uncertain task
  std::vector<Minutes> lost;  // by mishap: by how much it is later, over all runs

  friend auto operator==(const TargetOutcome &, const TargetOutcome &) -> bool = default;
};

struct Outcomes {
  int64_t runs = 0;
  // By task.
  struct Finish {
    size_t likely_day = 0;  // when all is as it most likely is
    size_t first_day = 0;
    std::vector<uint32_t> runs_of_day;

    friend auto operator==(const Finish &, const Finish &) -> bool = default;
  };
  std::vector<Finish> finishes;
  // By task: in how many runs it leads to the end.
  std::vector<int64_t> critical;
  std::vector<TargetOutcome> targets;
  // By mishap: minutes by which it makes the end later, added up over all runs.
  std::vector<Minutes> lost;
  std::vector<int64_t> came;          // by mishap: in how many runs its loss is to be borne
  std::vector<int64_t> mean_penalty;  // by penalty
  // What mishaps cost less what penalties bring, one for each run, in order.
  std::vector<int64_t> losses;

  // The first day by which `percent` of all runs have finished the task.
  [[nodiscard]] auto DayOf(TaskId task, int64_t percent) const -> size_t;

  friend auto operator==(const Outcomes &, const Outcomes &) -> bool = default;
};

// Nothing if the tasks wait for each other.
[[nodiscard]] auto Simulate(const Simulation &simulation) -> std::optional<Outcomes>;

}  // namespace groma::timing
