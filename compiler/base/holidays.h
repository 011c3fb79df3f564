// SPDX-License-Identifier: Apache-2.0
// Days that come every year, by rules that are older than computers.
#pragma once

#include <cstdint>
#include <optional>

#include "groma/base/date.h"

namespace groma::base {

// Of the Western churches, by the Gregorian calendar.
[[nodiscard]] auto EasterSunday(std::int32_t year) -> Date;

// The first of such days in a month with 1, the last with -1. Nothing if there are not so many.
[[nodiscard]] auto NthWeekday(std::int32_t year, std::int32_t month, Weekday weekday,
                              std::int64_t nth) -> std::optional<Date>;

enum class Season : std::uint8_t { kSpring, kAutumn };

// The day of an equinox by the clocks of Japan. Nothing before 1980 and after 2099, for which its rule
// is not made.
[[nodiscard]] auto EquinoxOfJapan(std::int32_t year, Season season) -> std::optional<Date>;

}  // namespace groma::base
