// SPDX-License-Identifier: Apache-2.0
// What holds a task back, as far as edges and the task itself say it.
#pragma once

#include "groma/timing/critical_path.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace groma::timing {

// Before it the task must not start; before it, it must not finish.
struct BoundCauses {
  Cause start;
  Cause finish;
};

// `dates_of` gives the dates of what it waits for. Of causes that ask for the same the first
// counts.
[[nodiscard]] auto BoundsOf(const Network &network, const Graph &graph, TaskId id,
                            llvm::function_ref<const Dates &(TaskId)> dates_of) -> BoundCauses;

}  // namespace groma::timing
