// SPDX-License-Identifier: Apache-2.0
// Schedules in which nobody does more than they can.
#pragma once

#include "groma/timing/critical_path.h"
#include "groma/timing/decider.h"
#include "groma/timing/workforce.h"

namespace groma::timing {

// How much may be tried: placements of a task, and never seconds.
struct LevelLimits {
  int64_t placements = 200'000;
};

struct Level {
  Levelled best;
  // No schedule finishes earlier.
  Moment bound = kEver;
  // No schedule misses deadlines by less or finishes earlier.
  bool is_proved = false;
  // How many placements it took.
  int64_t placements = 0;
};

// The best schedule that is found. `order` is that of FindOrder. With a decider it is searched on,
// where the problem is plain, until nothing earlier is possible.
[[nodiscard]] auto LevelTasks(const Network &network, const Graph &graph,
                              llvm::ArrayRef<TaskId> order, const Workforce &workforce,
                              LevelLimits limits = {}, const MakeDecider &decider = {}) -> Level;

// A moment before which no schedule finishes: what tasks have to wait for, and for each team how
// much there is to do in each stretch of time. One that finishes at `known` is known.
[[nodiscard]] auto FinishBound(const Network &network, const Graph &graph,
                               llvm::ArrayRef<TaskId> order, const Analysis &analysis,
                               const Workforce &workforce, Moment known) -> Moment;

}  // namespace groma::timing
