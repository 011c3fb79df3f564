// SPDX-License-Identifier: Apache-2.0
#include "groma/base/date.h"

#include <algorithm>

#include "groma/base/check.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::base {

auto Date::Make(std::int32_t year, std::int32_t month, std::int32_t day) -> std::optional<Date> {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
      day > DaysInMonth(year, month)) {
    return std::nullopt;
  }
  return Date(DaysFromCivil({year, month, day}));
}

auto Date::FromDays(std::int64_t days) -> Date {
  return Date(
      static_cast<std::int32_t>(std::clamp<std::int64_t>(days, First().days(), Last().days())));
}

auto Date::Parse(llvm::StringRef text) -> std::optional<Date> {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const auto is_digits = [](llvm::StringRef part) { return llvm::all_of(part, llvm::isDigit); };
  const llvm::StringRef parts[] = {text.take_front(4), text.substr(5, 2), text.substr(8, 2)};
  std::int32_t numbers[3] = {};
  for (int i = 0; i < 3; ++i) {
    if (!is_digits(parts[i]) || parts[i].getAsInteger(10, numbers[i])) {
      return std::nullopt;
    }
  }
  return Make(numbers[0], numbers[1], numbers[2]);
}

auto Date::weekday() const -> Weekday {
  // 1970-01-01 was a Thursday, the fourth day.
  const std::int32_t since_monday = ((days_ + 3) % 7 + 7) % 7;
  return static_cast<Weekday>(since_monday + 1);
}

auto Date::iso_week() const -> IsoWeek {
  // A week belongs to the year of its Thursday. Days outside the calendar do no harm here.
  const std::int32_t thursday = days_ + 4 - static_cast<std::int32_t>(weekday());
  const std::int32_t year = CivilFromDays(thursday).year;
  return {year, (thursday - DaysFromCivil({year, 1, 1})) / 7 + 1};
}

auto Date::AddDays(std::int64_t days) const -> Date {
  // Longer than the calendar either way; keeps the sum from overflowing.
  constexpr std::int64_t kFar = 10'000'000;
  return FromDays(days_ + std::clamp(days, -kFar, kFar));
}

auto Date::AddMonths(std::int64_t months) const -> Date {
  constexpr std::int64_t kFar = 1'000'000;
  const CivilDate from = civil();
  const std::int64_t index = from.year * 12 + from.month - 1 + std::clamp(months, -kFar, kFar);
  if (index < 12) {
    return First();
  }
  if (index >= 10'000 * 12) {
    return Last();
  }
  const auto year = static_cast<std::int32_t>(index / 12);
  const auto month = static_cast<std::int32_t>(index % 12) + 1;
  return Date(DaysFromCivil({year, month, std::min(from.day, DaysInMonth(year, month))}));
}

auto Date::ToString() const -> std::string {
  const CivilDate date = civil();
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%04d-%02d-%02d", date.year, date.month, date.day);
  return text;
}

}  // namespace groma::base
