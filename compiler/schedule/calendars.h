// SPDX-License-Identifier: Apache-2.0
// When a calendar of the plan says that people work, and on which days they do not.
#pragma once

#include "groma/timing/hours.h"
#include "source.h"

namespace groma::schedule {

// Adds hours of the week and exceptions, for the years from the one to the other. `hours` are those
// of a day for which the calendar says no more.
void AddCalendar(Source &source, EntityId calendar, const timing::DayHours &hours, int32_t first_year,
                 int32_t last_year, timing::WorkingTime &time);

// Nobody of a team works on these days.
void AddLeave(Source &source, EntityId team, timing::WorkingTime &time);

}  // namespace groma::schedule
