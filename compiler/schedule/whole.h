// SPDX-License-Identifier: Apache-2.0
// When the whole plan is done, and what decides that.
#pragma once

#include "layout.h"
#include "groma/plan/decisions.h"

namespace groma::schedule {

// Adds what the plan's timeline, `schedule`, knows. The dates of steps are among the decisions already.
void AddWhole(Source &source, const Steps &steps, plan::Decisions &decisions);

}  // namespace groma::schedule
