// SPDX-License-Identifier: Apache-2.0
#include "groma/base/period.h"

#include <algorithm>

#include "groma/base/check.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::base {
namespace {

// Exactly `width` digits.
auto ReadNumber(llvm::StringRef text, std::size_t width) -> std::optional<std::int32_t> {
  std::int32_t number = 0;
  if (text.size() != width || !llvm::all_of(text, llvm::isDigit) || text.getAsInteger(10, number)) {
    return std::nullopt;
  }
  return number;
}

}  // namespace

template <std::int32_t Months>
auto YearPart<Months>::Make(std::int32_t year, std::int32_t part) -> std::optional<YearPart> {
  if (year < 1 || year > 9999 || part < 1 || part > kPerYear) {
    return std::nullopt;
  }
  return YearPart(year * kPerYear + part - 1);
}

template <std::int32_t Months>
auto YearPart<Months>::Of(Date date) -> YearPart {
  const CivilDate civil = date.civil();
  return YearPart(civil.year * kPerYear + (civil.month - 1) / Months);
}

template <std::int32_t Months>
auto YearPart<Months>::Parse(llvm::StringRef text) -> std::optional<YearPart> {
  const auto year = ReadNumber(text.take_front(4), 4);
  llvm::StringRef rest = text.drop_front(std::min<std::size_t>(4, text.size()));
  if constexpr (Months == 12) {
    return year && rest.empty() ? Make(*year) : std::nullopt;
  } else {
    constexpr bool kIsMonth = Months == 1;
    if (!year || !rest.consume_front(kIsMonth ? "-" : "-Q")) {
      return std::nullopt;
    }
    const auto part = ReadNumber(rest, kIsMonth ? 2 : 1);
    return part ? Make(*year, *part) : std::nullopt;
  }
}

template <std::int32_t Months>
auto YearPart<Months>::first() const -> Date {
  const auto date = Date::Make(year(), (part() - 1) * Months + 1, 1);
  Check(date.has_value(), "part of a year outside the calendar");
  return *date;
}

template <std::int32_t Months>
auto YearPart<Months>::last() const -> Date {
  const std::int32_t month = part() * Months;
  const auto date = Date::Make(year(), month, DaysInMonth(year(), month));
  Check(date.has_value(), "part of a year outside the calendar");
  return *date;
}

template <std::int32_t Months>
auto YearPart<Months>::Add(std::int64_t parts) const -> YearPart {
  constexpr std::int64_t kFar = 1'000'000;
  const std::int64_t index = index_ + std::clamp(parts, -kFar, kFar);
  return YearPart(static_cast<std::int32_t>(
      std::clamp<std::int64_t>(index, kPerYear, std::int64_t{10'000} * kPerYear - 1)));
}

template <std::int32_t Months>
auto YearPart<Months>::ToString() const -> std::string {
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << llvm::format("%04d", year());
  if constexpr (Months == 1) {
    stream << llvm::format("-%02d", part());
  } else if constexpr (Months == 3) {
    stream << "-Q" << part();
  }
  return text;
}

template class YearPart<1>;
template class YearPart<3>;
template class YearPart<12>;

auto Period::Of(Kind kind, Date date) -> Period {
  switch (kind) {
    case Kind::kDate:
      return date;
    case Kind::kMonth:
      return Month::Of(date);
    case Kind::kQuarter:
      return Quarter::Of(date);
    case Kind::kYear:
      return Year::Of(date);
  }
  CheckFailed("unknown kind of period");
}

auto Period::Parse(llvm::StringRef text) -> std::optional<Period> {
  // The lengths and the letter tell them apart: no text fits two.
  if (const auto date = Date::Parse(text)) {
    return *date;
  }
  if (const auto month = Month::Parse(text)) {
    return *month;
  }
  if (const auto quarter = Quarter::Parse(text)) {
    return *quarter;
  }
  if (const auto year = Year::Parse(text)) {
    return *year;
  }
  return std::nullopt;
}

auto Period::Next() const -> Period { return Of(kind_, last_.AddDays(1)); }

auto Period::ToString() const -> std::string {
  switch (kind_) {
    case Kind::kDate:
      return first_.ToString();
    case Kind::kMonth:
      return Month::Of(first_).ToString();
    case Kind::kQuarter:
      return Quarter::Of(first_).ToString();
    case Kind::kYear:
      return Year::Of(first_).ToString();
  }
  CheckFailed("unknown kind of period");
}

}  // namespace groma::base
