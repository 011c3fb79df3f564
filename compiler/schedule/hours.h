// SPDX-License-Identifier: Apache-2.0
// When people work: calendars of the plan and of its teams, each made once.
#pragma once

#include <map>

#include "groma/timing/workforce.h"
#include "groma/timing/zone.h"
#include "steps.h"

namespace groma::schedule {

// What is worked by one person is counted in hundredths of a minute, so that a share of somebody's
// time is a whole number.
inline constexpr int64_t kWhole = 100;

class Hours {
 public:
  Hours(Source &source, timing::Network &network, timing::Workforce &workforce,
        timing::Horizon horizon);

  // Of the plan, or of a team: one who works all the time that its calendar says.
  auto CalendarOf(EntityId team) -> timing::CalendarId;
  // Of somebody whom the plan does not name and who always has time.
  auto Somebody() -> timing::CalendarId;
  // All who work in a team, for the plan's share of their time.
  auto TeamOf(EntityId team) -> timing::TeamId;
  auto EntityOf(timing::TeamId team) const -> EntityId;
  // How many work in a team from each moment on, and which share of their time, in hundredths.
  auto PeopleOf(EntityId team) -> std::vector<timing::Step>;
  auto ShareOf(EntityId team) -> int64_t;
  // Minutes of a day of work.
  auto DayOf(EntityId team) -> timing::Minutes;
  // By the clocks of the plan.
  auto zone() const -> const timing::Zone & { return zone_; }

 private:
  auto SpansOf(EntityId team, int64_t rate) -> timing::Spans;
  auto Add(timing::Spans spans) -> timing::CalendarId;

  Source &source_;
  timing::Network &network_;
  timing::Workforce &workforce_;
  timing::Horizon horizon_;
  timing::Zone zone_;
  std::map<EntityId, timing::CalendarId> calendars_;
  std::map<EntityId, timing::TeamId> teams_;
  timing::CalendarId somebody_ = timing::kClock;
};

}  // namespace groma::schedule
