// SPDX-License-Identifier: Apache-2.0
// Moments and lengths of time, in whole minutes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "groma/base/date.h"
#include "llvm/ADT/StringRef.h"

namespace groma::timing {

// Minutes since 1970-01-01 00:00 UTC. A local moment counts the same way by the clock on the wall.
using Moment = int64_t;
using Minutes = int64_t;

inline constexpr Minutes kHour = 60;
inline constexpr Minutes kDay = 24 * kHour;

// Outside of every horizon. Sums of the two and of any length that a plan can state do not
// overflow.
inline constexpr Moment kNever = int64_t{1} << 60;
inline constexpr Moment kEver = -kNever;

// `moment` and `by` later; what lies outside of every horizon stays there.
[[nodiscard]] constexpr auto Later(Moment moment, Minutes by) -> Moment {
  if (moment >= kNever || moment <= kEver) return moment;
  const Moment sum = moment + by;
  return sum >= kNever ? kNever : sum <= kEver ? kEver : sum;
}

// The number of days since 1970-01-01 on whose day the moment lies.
[[nodiscard]] constexpr auto DayOf(Moment moment) -> int64_t {
  return (moment >= 0 ? moment : moment - (kDay - 1)) / kDay;
}

// A minute of a day, by the clock of UTC.
[[nodiscard]] constexpr auto At(base::CivilDate date, Minutes hour = 0, Minutes minute = 0)
    -> Moment {
  return base::DaysFromCivil(date) * kDay + hour * kHour + minute;
}

// Such as `2027-03-28T08:00`; `never` and `ever` outside of every horizon.
[[nodiscard]] auto ToString(Moment moment) -> std::string;
// Reads what ToString writes of a moment within the calendar.
[[nodiscard]] auto ParseMoment(llvm::StringRef text) -> std::optional<Moment>;

}  // namespace groma::timing
