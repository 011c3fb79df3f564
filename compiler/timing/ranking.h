// SPDX-License-Identifier: Apache-2.0
// Orders in which tasks are placed.
#pragma once

#include "groma/timing/critical_path.h"
#include "groma/timing/workforce.h"

namespace groma::timing {

// The task with the smaller rank is placed earlier, if both can be.
using Ranks = std::vector<int64_t>;

// Each task after those that it waits for; of those that could be next the one that has begun, then
// the one with the highest priority, then the one with the lowest rank, then the lowest number.
[[nodiscard]] auto OrderBy(const Network &network, const Graph &graph, const Workforce &workforce,
                           const Ranks &ranks) -> std::vector<TaskId>;

// Ranks by rules that are good now and then: late finish, late start, how many tasks follow, and
// the baseline if there is one.
[[nodiscard]] auto RanksByRules(const Network &network, const Graph &graph,
                                llvm::ArrayRef<TaskId> order, const Analysis &analysis,
                                const Workforce &workforce) -> std::vector<Ranks>;

}  // namespace groma::timing
