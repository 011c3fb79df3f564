// SPDX-License-Identifier: Apache-2.0
// Who works how much on what, month by month.
#pragma once

#include "groma/plan/plan.h"
#include "layout.h"

namespace groma::schedule {

// Of the schedule that was found. What is finished took what was spent on it.
auto LabourOf(const Steps &steps, Layout &layout) -> std::vector<plan::Labour>;

// The same before a schedule is known: as though each task were worked on evenly.
auto LabourForeseen(const Steps &steps, Layout &layout, const timing::Analysis &analysis)
    -> std::vector<plan::Labour>;

}  // namespace groma::schedule
