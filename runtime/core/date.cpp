// SPDX-License-Identifier: Apache-2.0
#include "core/date.h"

#include <chrono>
#include <cstdio>

namespace groma::runtime {
namespace {

auto IsLeap(int year) -> bool { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

auto DaysOf(int year, int month) -> int {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

// Whether `text` looks like `pattern`, in which 0 is any digit.
auto Looks(const std::string &text, const char *pattern) -> bool {
  size_t i = 0;
  for (; pattern[i] != '\0'; ++i) {
    if (i >= text.size()) return false;
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == '0' ? !is_digit : text[i] != pattern[i]) return false;
  }
  return i == text.size();
}

auto Digits(const std::string &text, size_t from, size_t count) -> int {
  int value = 0;
  for (size_t i = from; i < from + count; ++i) value = value * 10 + (text[i] - '0');
  return value;
}

}  // namespace

auto IsDay(const std::string &text) -> bool {
  if (!Looks(text, "0000-00-00")) return false;
  const int year = Digits(text, 0, 4);
  const int month = Digits(text, 5, 2);
  const int day = Digits(text, 8, 2);
  return year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= DaysOf(year, month);
}

auto ParseMoment(const std::string &text) -> std::optional<int64_t> {
  if (!Looks(text, "0000-00-00T00:00:00Z") || !IsDay(text.substr(0, 10))) return std::nullopt;
  const int hour = Digits(text, 11, 2);
  const int minute = Digits(text, 14, 2);
  const int second = Digits(text, 17, 2);
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  int64_t days = Digits(text, 8, 2) - 1;
  for (int year = 1970; year < Digits(text, 0, 4); ++year) days += IsLeap(year) ? 366 : 365;
  for (int month = 1; month < Digits(text, 5, 2); ++month)
    days += DaysOf(Digits(text, 0, 4), month);
  return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

auto FormatMoment(int64_t seconds) -> std::string {
  int64_t days = seconds / 86400;
  const int rest = static_cast<int>(seconds % 86400);
  int year = 1970;
  while (days >= (IsLeap(year) ? 366 : 365)) days -= IsLeap(year++) ? 366 : 365;
  int month = 1;
  while (days >= DaysOf(year, month)) days -= DaysOf(year, month++);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month,
                static_cast<int>(days) + 1, rest / 3600, rest / 60 % 60, rest % 60);
  return text;
}

auto Now() -> int64_t {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace groma::runtime
