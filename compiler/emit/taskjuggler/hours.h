// SPDX-License-Identifier: Apache-2.0
// Times of work as weeks that repeat, by the clock of the plan. What a clock in another zone shows
// moves against it twice a year, and then another week begins.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "groma/plan/timeline.h"

namespace groma::emit::taskjuggler {

// Days count since 1970-01-01; minutes since midnight.
struct Week {
  using Day = std::vector<std::pair<int64_t, int64_t>>;
  std::array<Day, 7> days;  // Monday first

  auto operator==(const Week &) const -> bool = default;
};

// The same week from a day until before another, but for days on which nobody works.
struct Season {
  int64_t from = 0, until = 0;
  Week week;
  std::vector<std::pair<int64_t, int64_t>> leaves;  // first and last day
};

auto SeasonsOf(const plan::Timeline &line, const std::vector<plan::Timeline::Stretch> &hours,
               int64_t from, int64_t until) -> std::vector<Season>;

// What a project file says: `2027-01-04`, `2027-01-04-09:30`.
auto DayText(int64_t day) -> std::string;
auto MomentText(const plan::Timeline &line, plan::Timeline::Moment moment) -> std::string;
// `mon - fri 9:00 - 17:00`, and `sat, sun off`.
auto WeekTexts(const Week &week) -> std::vector<std::string>;

}  // namespace groma::emit::taskjuggler
