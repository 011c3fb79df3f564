// SPDX-License-Identifier: Apache-2.0
// Where a team cannot do what it must.
#pragma once

#include "groma/timing/critical_path.h"
#include "groma/timing/workforce.h"

namespace groma::timing {

// More work than a team can do must be done between two moments.
struct Overload {
  TeamId team = 0;
  Moment from = 0;
  Moment until = 0;
  // Minutes of people.
  Work needed = 0;
  Work available = 0;
  // Which can neither start before nor finish after, by their numbers.
  std::vector<TaskId> tasks;
};

// Each task has to be done between its early start and its late finish, as `analysis` gives them.
// Nothing if no team is overloaded between any of these; that is no proof that there is a schedule.
[[nodiscard]] auto FindOverload(const Network &network, const Analysis &analysis,
                                const Workforce &workforce) -> std::optional<Overload>;

// Why deadlines cannot all be met, if too much work for one team is a reason.
[[nodiscard]] auto DeadlineOverload(const Network &network, const Graph &graph,
                                    llvm::ArrayRef<TaskId> order, const Workforce &workforce)
    -> std::optional<Overload>;

}  // namespace groma::timing
