// SPDX-License-Identifier: Apache-2.0
#include "groma/base/holidays.h"

#include <gtest/gtest.h>

namespace groma::base {
namespace {

auto Nth(int32_t year, int32_t month, Weekday weekday, int64_t nth) -> std::string {
  const auto day = NthWeekday(year, month, weekday, nth);
  return day ? day->ToString() : "none";
}

auto Equinox(int32_t year, Season season) -> std::string {
  const auto day = EquinoxOfJapan(year, season);
  return day ? day->ToString() : "none";
}

TEST(Holidays, EasterFollowsTheMoon) {
  EXPECT_EQ(EasterSunday(2026).ToString(), "2026-04-05");
  EXPECT_EQ(EasterSunday(2027).ToString(), "2027-03-28");
  EXPECT_EQ(EasterSunday(2028).ToString(), "2028-04-16");
  EXPECT_EQ(EasterSunday(2029).ToString(), "2029-04-01");
  // The earliest and the latest that there are, and the two exceptions of the moon's table.
  EXPECT_EQ(EasterSunday(1818).ToString(), "1818-03-22");
  EXPECT_EQ(EasterSunday(2038).ToString(), "2038-04-25");
  EXPECT_EQ(EasterSunday(1981).ToString(), "1981-04-19");
  EXPECT_EQ(EasterSunday(1954).ToString(), "1954-04-18");
  // A full moon on a Sunday: a week later.
  EXPECT_EQ(EasterSunday(2001).ToString(), "2001-04-15");
}

TEST(Holidays, WeekdaysAreCountedFromBothEnds) {
  EXPECT_EQ(Nth(2027, 11, Weekday::kThursday, 4), "2027-11-25");
  EXPECT_EQ(Nth(2027, 5, Weekday::kMonday, -1), "2027-05-31");
  EXPECT_EQ(Nth(2027, 5, Weekday::kMonday, 1), "2027-05-03");
  EXPECT_EQ(Nth(2027, 5, Weekday::kMonday, 5), "2027-05-31");
  EXPECT_EQ(Nth(2027, 5, Weekday::kFriday, 5), "none");
  EXPECT_EQ(Nth(2027, 5, Weekday::kFriday, -5), "none");
  EXPECT_EQ(Nth(2027, 5, Weekday::kFriday, 0), "none");
  EXPECT_EQ(Nth(2028, 2, Weekday::kTuesday, -1), "2028-02-29");
}

// As the almanac of Japan has them, and where the day changes within the years of plans.
TEST(Holidays, EquinoxesAreThoseOfJapan) {
  EXPECT_EQ(Equinox(2026, Season::kSpring), "2026-03-20");
  EXPECT_EQ(Equinox(2027, Season::kSpring), "2027-03-21");
  EXPECT_EQ(Equinox(2028, Season::kSpring), "2028-03-20");
  EXPECT_EQ(Equinox(2026, Season::kAutumn), "2026-09-23");
  EXPECT_EQ(Equinox(2027, Season::kAutumn), "2027-09-23");
  EXPECT_EQ(Equinox(2028, Season::kAutumn), "2028-09-22");
  EXPECT_EQ(Equinox(2012, Season::kAutumn), "2012-09-22");
  EXPECT_EQ(Equinox(2011, Season::kAutumn), "2011-09-23");
  EXPECT_EQ(Equinox(2092, Season::kSpring), "2092-03-19");
  EXPECT_EQ(Equinox(1979, Season::kSpring), "none");
  EXPECT_EQ(Equinox(2100, Season::kAutumn), "none");
}

}  // namespace
}  // namespace groma::base
