// SPDX-License-Identifier: Apache-2.0
// When people work, as it is said: hours of days, by the clock on the wall.
#pragma once

#include <vector>

#include "groma/base/date.h"
#include "groma/timing/span.h"
#include "groma/timing/zone.h"

namespace groma::timing {

// Minutes since the midnight with which a day begins; a shift that goes on into the next day ends
// after 24 h.
struct Stretch {
  Minutes begin = 0;
  Minutes end = 0;
};
using DayHours = std::vector<Stretch>;

// Hours that come again: the first of `cycle` are those of `anchor`, and of every day that lies a
// multiple of its length before or after. A week is a cycle of seven from a Monday on; four days on
// and two off, a cycle of six. It holds on the days from `first` to `last`.
struct Rota {
  base::Date first = base::Date::First();
  base::Date last = base::Date::Last();
  base::Date anchor;
  std::vector<DayHours> cycle;
};

// Days with hours of their own: none on a holiday, some on an extra day.
struct ExceptionalDays {
  base::Date first;
  base::Date last;
  DayHours hours;
};

// Nobody works from one local moment to another.
struct Leave {
  Moment begin = 0;
  Moment end = 0;
};

struct WorkingTime {
  Zone zone;
  // Of those that hold on a day the last counts.
  std::vector<Rota> rotas;
  std::vector<ExceptionalDays> exceptions;
  std::vector<Leave> leaves;
};

// From Monday to Friday.
[[nodiscard]] auto WeekOf(const DayHours &hours) -> Rota;

// The spans of `horizon` in which they work, in UTC. A day on which clocks are put forward over
// working hours has less of them.
[[nodiscard]] auto SpansOf(const WorkingTime &time, Horizon horizon) -> Spans;

}  // namespace groma::timing
