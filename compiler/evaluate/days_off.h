// SPDX-License-Identifier: Apache-2.0
// Which days of the week a calendar of a plan works, and on which dates it does not.
#pragma once

#include <array>
#include <set>

#include "groma/plan/model.h"

namespace groma::evaluate {

// From Monday on.
using Weekdays = std::array<bool, 7>;

// The days of a list of `weekday`. None if it is no list.
auto WeekdaysIn(const plan::Value &list) -> Weekdays;
// On which a shift begins; if there are no `shifts`, the `workdays`.
auto WeekOf(const plan::Model &model, const plan::Value &workdays, const plan::Value &shifts)
    -> Weekdays;

// `holidays`, and what `every_year` makes of each year from the one to the other. A day off that moves
// from a weekend may come to lie in the year before or after.
auto DaysOff(const plan::Model &model, const plan::Value &holidays, const plan::Value &every_year,
             int32_t first_year, int32_t last_year) -> std::set<base::Date>;

}  // namespace groma::evaluate
