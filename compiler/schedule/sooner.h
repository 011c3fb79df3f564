// SPDX-License-Identifier: Apache-2.0
// What would make a step be finished by an earlier day, and what that costs: each change is tried by
// scheduling everything anew.
#pragma once

#include "layout.h"
#include "schedule.h"

namespace groma::schedule {

// What costs least comes first, then what nobody states a price for. `chain`: the tasks that lead to
// the step.
auto FindSooner(Source &source, const Steps &steps, Layout &layout, uint32_t step,
                llvm::ArrayRef<timing::TaskId> chain, timing::Moment until)
    -> std::vector<Sooner>;

}  // namespace groma::schedule
