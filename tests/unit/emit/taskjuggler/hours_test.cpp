// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/taskjuggler/hours.h"

#include <gtest/gtest.h>

#include "groma/emit/taskjuggler/document.h"

namespace groma::emit::taskjuggler {
namespace {

constexpr int64_t kDay = 24 * 60;

auto DayOf(int year, int month, int day) -> int64_t {
  return base::DaysFromCivil({year, month, day});
}

// Nine to five from Monday to Friday by a clock that is `offset` minutes ahead of UTC.
auto WeeksOf(int64_t from, int64_t until, int64_t offset, std::vector<int64_t> free = {})
    -> std::vector<plan::Timeline::Stretch> {
  std::vector<plan::Timeline::Stretch> hours;
  for (int64_t day = from; day < until; ++day) {
    const bool is_weekend = (day + 3) % 7 > 4;
    if (is_weekend || std::find(free.begin(), free.end(), day) != free.end()) continue;
    hours.push_back({day * kDay + 9 * 60 - offset, day * kDay + 17 * 60 - offset});
  }
  return hours;
}

TEST(Seasons, AFreeDayIsALeave) {
  const int64_t from = DayOf(2027, 1, 4), until = from + 28, free = from + 9;
  const auto seasons = SeasonsOf({}, WeeksOf(from, until, 0, {free, free + 1}), from, until);
  ASSERT_EQ(seasons.size(), 1U);
  EXPECT_EQ(seasons[0].leaves, (std::vector<std::pair<int64_t, int64_t>>{{free, free + 1}}));
  EXPECT_EQ(WeekTexts(seasons[0].week), (std::vector<std::string>{"mon - fri 9:00 - 17:00", "sat - sun off"}));
}

// Amsterdam puts its clocks forward on 2027-03-28, and Taipei never does.
TEST(Seasons, AnotherZoneHasAnotherWeekInSummer) {
  plan::Timeline line;
  const int64_t change = DayOf(2027, 3, 28);
  line.clock = {{DayOf(2027, 1, 1) * kDay, 60}, {change * kDay + 60, 120}};
  const int64_t from = DayOf(2027, 3, 15), until = from + 28;
  const auto seasons = SeasonsOf(line, WeeksOf(from, until, 8 * 60), from, until);
  ASSERT_EQ(seasons.size(), 2U);
  EXPECT_EQ(WeekTexts(seasons[0].week)[0], "mon - fri 2:00 - 10:00");
  EXPECT_EQ(WeekTexts(seasons[1].week)[0], "mon - fri 3:00 - 11:00");
  EXPECT_EQ(DayText(seasons[1].from), "2027-03-29");
}

TEST(Seasons, WorkGoesOnAfterMidnight) {
  const int64_t from = DayOf(2027, 1, 4), until = from + 14;
  // Los Angeles, by the clock of UTC.
  const auto seasons = SeasonsOf({}, WeeksOf(from, until, -8 * 60), from, until);
  const std::vector<std::string> week = WeekTexts(seasons.back().week);
  EXPECT_EQ(week.front(), "mon 17:00 - 24:00");
  EXPECT_EQ(week[1], "tue - fri 0:00 - 1:00, 17:00 - 24:00");
  EXPECT_EQ(week[2], "sat 0:00 - 1:00");
}

TEST(Quoted, NothingWithinIsMoreThanText) {
  EXPECT_EQ(Quoted("say \"x\""), "\"say \\\"x\\\"\"");
  EXPECT_EQ(Quoted("${macro} $(HOME)"), "\"$ {macro} $ (HOME)\"");
  EXPECT_EQ(Quoted("ends with \\"), "\"ends with \\ \"");
  EXPECT_EQ(Quoted("two\nlines"), "\"two lines\"");
}

}  // namespace
}  // namespace groma::emit::taskjuggler
