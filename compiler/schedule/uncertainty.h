// SPDX-License-Identifier: Apache-2.0
// How sure the dates are: the schedule is played through many times, with the lengths that tasks
// may have and the risks that may come.
#pragma once

#include "layout.h"

namespace groma::schedule {

// Adds the days that steps keep in so many of the runs, what leads to the end in how many of them,
// and what each risk costs to `decisions`, which have the dates already. Warns of steps that keep
// their `by` in too few of the runs.
void AddUncertainty(Source &source, const Steps &steps, Layout &layout, plan::Decisions &decisions,
                    Sink &sink);

}  // namespace groma::schedule
