// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/hours.h"

#include <algorithm>

namespace groma::timing {
namespace {

// Days from this one to the anchor of a week.
constexpr size_t kDaysOfWeek = 7;
constexpr size_t kWorkdays = 5;

auto HoursOf(const WorkingTime &time, base::Date day) -> const DayHours * {
  for (auto it = time.rotas.rbegin(); it != time.rotas.rend(); ++it) {
    if (day < it->first || it->last < day || it->cycle.empty()) continue;
    const auto length = static_cast<int64_t>(it->cycle.size());
    const int64_t place = base::DaysBetween(it->anchor, day) % length;
    return &it->cycle[place < 0 ? place + length : place];
  }
  return nullptr;
}

// By day, from `first` to `last`.
auto AllHours(const WorkingTime &time, int64_t first, int64_t last)
    -> std::vector<const DayHours *> {
  std::vector<const DayHours *> hours;
  for (int64_t day = first; day <= last; ++day) {
    hours.push_back(HoursOf(time, base::Date::FromDays(day)));
  }
  for (const ExceptionalDays &days : time.exceptions) {
    const int64_t end = std::min<int64_t>(last, days.last.days());
    for (int64_t day = std::max<int64_t>(first, days.first.days()); day <= end; ++day) {
      hours[day - first] = &days.hours;
    }
  }
  return hours;
}

}  // namespace

auto WeekOf(const DayHours &hours) -> Rota {
  Rota rota;
  // A Monday.
  rota.anchor = base::Date::FromDays(base::DaysFromCivil({2024, 1, 1}));
  rota.cycle.resize(kDaysOfWeek);
  std::fill_n(rota.cycle.begin(), kWorkdays, hours);
  return rota;
}

auto SpansOf(const WorkingTime &time, Horizon horizon) -> Spans {
  std::vector<Span> found;
  // A shift of the day before may reach into the horizon.
  const int64_t first = DayOf(time.zone.LocalAt(horizon.from)) - 1;
  const int64_t last = DayOf(time.zone.LocalAt(horizon.until));
  const std::vector<const DayHours *> all = AllHours(time, first, last);
  for (int64_t day = first; day <= last; ++day) {
    const DayHours *hours = all[day - first];
    if (hours == nullptr) continue;
    for (const Stretch &stretch : *hours) {
      const Span span = {time.zone.FirstAt(day * kDay + stretch.begin),
                         time.zone.FirstAt(day * kDay + stretch.end)};
      if (span.begin < span.end) found.push_back(span);
    }
  }
  std::vector<Span> leaves;
  for (const Leave &leave : time.leaves) {
    leaves.push_back({time.zone.FirstAt(leave.begin), time.zone.FirstAt(leave.end)});
  }
  const Spans working = Without(Union({found}), Union({leaves}));
  return Intersection(working, {{horizon.from, horizon.until}});
}

}  // namespace groma::timing
