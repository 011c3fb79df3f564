// SPDX-License-Identifier: Apache-2.0
// The dates of a network whose tasks have all the people that they need.
#pragma once

#include "groma/timing/placement.h"

namespace groma::timing {

// Why a task is not earlier.
enum class Reason : uint8_t {
  Start,        // the network starts then
  Now,          // it is not started, and time has passed
  NotBefore,    // it may not start earlier
  FixedStart,   // it is said when it starts
  FixedFinish,  // it is said when it finishes
  Actual,       // it has been started or finished
  Edge,         // it waits for another
};

struct Cause {
  Reason reason = Reason::Start;
  EdgeId edge = 0;         // if it is one
  bool is_finish = false;  // it holds the finish back, not the start
  // What it asks for. Dates after it are those of the calendar: nobody works in between.
  Moment bound = kEver;
};

struct TaskDates {
  Dates early;
  Dates late;
  Cause cause;
  // Working minutes of the task's calendar by which it may be later without making the network, or
  // what has a deadline, late; below 0 if a deadline is missed. kNever if nothing depends on it.
  Minutes total_slack = 0;
  // The same without making any other task later. Never below 0.
  Minutes free_slack = 0;
  // Not finished, and the total slack is not above 0.
  bool is_critical = false;
};

struct Analysis {
  std::vector<TaskDates> tasks;
  // Of what counts for it; kNever if it lies beyond the horizon of a calendar.
  Moment finish = kEver;
};

// `order` is that of FindOrder. With a target, late dates and slacks are as though nothing counted
// but when the target is reached.
[[nodiscard]] auto Analyze(const Network &network, const Graph &graph, llvm::ArrayRef<TaskId> order,
                           std::optional<TaskId> target = std::nullopt) -> Analysis;

// The same, with late dates as though the network had to be finished by `finish`; with kNever only
// deadlines count.
[[nodiscard]] auto AnalyzeUntil(const Network &network, const Graph &graph,
                                llvm::ArrayRef<TaskId> order, Moment finish) -> Analysis;

// One after the other, what leads to the dates of `task`: the first waits for none, and each of the
// others for the one before it, by the edge of its cause.
[[nodiscard]] auto ChainTo(const Network &network, const Analysis &analysis, TaskId task)
    -> std::vector<TaskId>;

// Tasks with a deadline that are finished after it, by their numbers.
[[nodiscard]] auto MissedDeadlines(const Network &network, const Analysis &analysis)
    -> std::vector<TaskId>;

}  // namespace groma::timing
