// SPDX-License-Identifier: Apache-2.0
#include "groma/base/holidays.h"

namespace groma::base {
namespace {

constexpr int32_t kDaysOfWeek = 7;

}  // namespace

auto EasterSunday(int32_t year) -> Date {
  // In 19 years the moon comes back to the same days, but for leap days that were left out and for
  // its own drift.
  const int32_t golden = year % 19;
  const int32_t century = year / 100;
  const int32_t drift = (8 * century + 13) / 25;
  const int32_t epact = (19 * golden + century - century / 4 - drift + 15) % 30;
  // Days from 21 March to the full moon, which is never later than 18 April.
  const int32_t moon = epact - (epact == 29 || (epact == 28 && golden > 10) ? 1 : 0);
  const Date full = Date::FromDays(DaysFromCivil({year, 3, 21}) + moon);
  // The Sunday after it, and not the day itself.
  return full.AddDays(kDaysOfWeek - static_cast<int32_t>(full.weekday()) % kDaysOfWeek);
}

auto NthWeekday(int32_t year, int32_t month, Weekday weekday, int64_t nth) -> std::optional<Date> {
  if (nth == 0 || month < 1 || month > 12) return std::nullopt;
  const int32_t from = nth > 0 ? 1 : DaysInMonth(year, month);
  const Date day = Date::FromDays(DaysFromCivil({year, month, from}));
  const int32_t wanted = static_cast<int32_t>(weekday);
  const int32_t is = static_cast<int32_t>(day.weekday());
  const int64_t away = nth > 0
                           ? (wanted - is + kDaysOfWeek) % kDaysOfWeek + kDaysOfWeek * (nth - 1)
                           : kDaysOfWeek * (nth + 1) - (is - wanted + kDaysOfWeek) % kDaysOfWeek;
  const Date found = day.AddDays(away);
  if (found.civil().month != month) return std::nullopt;
  return found;
}

auto EquinoxOfJapan(int32_t year, Season season) -> std::optional<Date> {
  constexpr int32_t kFirst = 1980;
  constexpr int32_t kLast = 2099;
  if (year < kFirst || year > kLast) return std::nullopt;
  // In millionths of a day: when it came in 1980, and by how much a year is longer than 365 days.
  constexpr int64_t kDay = 1'000'000;
  constexpr int64_t kYear = 242'194;
  const int64_t passed = year - kFirst;
  const int64_t first = season == Season::kSpring ? 20'843'100 : 23'248'800;
  const auto day = static_cast<int32_t>((first + kYear * passed) / kDay - passed / 4);
  return Date::Make(year, season == Season::kSpring ? 3 : 9, day);
}

}  // namespace groma::base
