// SPDX-License-Identifier: Apache-2.0
// The work that fills a budget, so that a contradiction can name the lines that ask for it.
#pragma once

#include <map>

#include "instance.h"

namespace groma::solve {

// By task: 1, as long as its work has to be done.
using WorkColumns = std::map<EntityId, ColumnId>;

// What is spent from a budget. What the plan fixes of work is a column for each task that costs much.
auto SpentByEfforts(Instance &instance, EntityId budget, MonthRange range, WorkColumns &columns)
    -> Form;

}  // namespace groma::solve
