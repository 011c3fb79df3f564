// SPDX-License-Identifier: Apache-2.0
// Days, months, quarters and years of the proleptic Gregorian calendar, from the year 1 to 9999.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/StringRef.h"

namespace groma::base {

enum class Weekday : std::uint8_t {
  kMonday = 1,
  kTuesday,
  kWednesday,
  kThursday,
  kFriday,
  kSaturday,
  kSunday
};

struct CivilDate {
  std::int32_t year;
  std::int32_t month;  // 1 to 12
  std::int32_t day;    // 1 to 31

  friend auto operator<=>(const CivilDate &, const CivilDate &) = default;
};

// A week of ISO 8601. Its year may differ from the year of a date in it.
struct IsoWeek {
  std::int32_t year;
  std::int32_t week;  // 1 to 53

  friend auto operator<=>(const IsoWeek &, const IsoWeek &) = default;
};

[[nodiscard]] constexpr auto IsLeapYear(std::int32_t year) -> bool {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

[[nodiscard]] constexpr auto DaysInMonth(std::int32_t year, std::int32_t month) -> std::int32_t {
  if (month == 2) {
    return IsLeapYear(year) ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Days since 1970-01-01. The conversions count years from March, so that a leap day comes last;
// an era is 400 years.
[[nodiscard]] constexpr auto DaysFromCivil(CivilDate date) -> std::int32_t {
  const std::int32_t year = date.month <= 2 ? date.year - 1 : date.year;
  const std::int32_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int32_t year_of_era = year - era * 400;
  const std::int32_t month = date.month > 2 ? date.month - 3 : date.month + 9;
  const std::int32_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const std::int32_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

[[nodiscard]] constexpr auto CivilFromDays(std::int32_t days) -> CivilDate {
  const std::int32_t shifted = days + 719'468;
  const std::int32_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
  const std::int32_t day_of_era = shifted - era * 146'097;
  const std::int32_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int32_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int32_t month = (5 * day_of_year + 2) / 153;
  const std::int32_t civil_month = month < 10 ? month + 3 : month - 9;
  return {year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0), civil_month,
          day_of_year - (153 * month + 2) / 5 + 1};
}

// One day. Arithmetic stops at the first and the last day of the calendar rather than leave it.
class Date {
 public:
  constexpr Date() = default;

  static constexpr auto First() -> Date { return Date(DaysFromCivil({1, 1, 1})); }
  static constexpr auto Last() -> Date { return Date(DaysFromCivil({9999, 12, 31})); }
  static auto Make(std::int32_t year, std::int32_t month, std::int32_t day) -> std::optional<Date>;
  // Days since 1970-01-01, kept within the calendar.
  static auto FromDays(std::int64_t days) -> Date;
  // Reads `2027-06-30`, and nothing else.
  static auto Parse(llvm::StringRef text) -> std::optional<Date>;

  [[nodiscard]] constexpr auto days() const -> std::int32_t { return days_; }
  [[nodiscard]] constexpr auto civil() const -> CivilDate { return CivilFromDays(days_); }
  [[nodiscard]] constexpr auto year() const -> std::int32_t { return civil().year; }
  [[nodiscard]] auto weekday() const -> Weekday;
  [[nodiscard]] auto iso_week() const -> IsoWeek;

  [[nodiscard]] auto AddDays(std::int64_t days) const -> Date;
  // Keeps the day of the month, or takes the last one where the month is shorter.
  [[nodiscard]] auto AddMonths(std::int64_t months) const -> Date;
  [[nodiscard]] auto ToString() const -> std::string;

  friend constexpr auto operator<=>(Date, Date) = default;
  friend auto hash_value(Date date) -> llvm::hash_code { return llvm::hash_value(date.days_); }

 private:
  explicit constexpr Date(std::int32_t days) : days_(days) {}

  std::int32_t days_ = 0;
};

// `later - earlier` in days.
[[nodiscard]] constexpr auto DaysBetween(Date earlier, Date later) -> std::int32_t {
  return later.days() - earlier.days();
}

}  // namespace groma::base

template <>
struct std::hash<groma::base::Date> {
  auto operator()(groma::base::Date date) const -> std::size_t { return hash_value(date); }
};
