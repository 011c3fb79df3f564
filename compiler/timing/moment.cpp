// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/moment.h"

namespace groma::timing {
namespace {

auto TwoDigits(int64_t number) -> std::string {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

auto ReadTwo(llvm::StringRef text) -> std::optional<int64_t> {
  int64_t number = 0;
  if (text.size() != 2 || text.getAsInteger(10, number) || number < 0) return std::nullopt;
  return number;
}

}  // namespace

auto ToString(Moment moment) -> std::string {
  if (moment >= kNever) return "never";
  if (moment <= kEver) return "ever";
  const Minutes minute = moment - DayOf(moment) * kDay;
  return base::Date::FromDays(DayOf(moment)).ToString() + "T" + TwoDigits(minute / kHour) + ":" +
         TwoDigits(minute % kHour);
}

auto ParseMoment(llvm::StringRef text) -> std::optional<Moment> {
  const auto [day, time] = text.split('T');
  const auto [hour_text, minute_text] = time.split(':');
  const auto date = base::Date::Parse(day);
  const auto hour = ReadTwo(hour_text);
  const auto minute = ReadTwo(minute_text);
  if (!date || !hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return date->days() * kDay + *hour * kHour + *minute;
}

}  // namespace groma::timing
