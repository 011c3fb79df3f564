// SPDX-License-Identifier: Apache-2.0
#include "groma/base/date.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace groma::base {
namespace {

static_assert(DaysFromCivil({1970, 1, 1}) == 0);
static_assert(DaysFromCivil({2000, 3, 1}) == 11'017);
static_assert(CivilFromDays(-1) == CivilDate{1969, 12, 31});
static_assert(sizeof(Date) == 4);

auto D(const char *text) -> Date { return *Date::Parse(text); }

TEST(Date, EveryDayOfTheCalendarFollowsTheOneBefore) {
  CivilDate expected = {1, 1, 1};
  auto weekday = 1;  // The first of January of the year 1 was a Monday.
  for (std::int32_t days = Date::First().days(); days <= Date::Last().days(); ++days) {
    const Date date = Date::FromDays(days);
    ASSERT_EQ(date.civil(), expected) << days;
    ASSERT_EQ(DaysFromCivil(expected), days);
    ASSERT_EQ(static_cast<int>(date.weekday()), weekday) << date.ToString();
    weekday = weekday % 7 + 1;
    if (++expected.day > DaysInMonth(expected.year, expected.month)) {
      expected.day = 1;
      if (++expected.month > 12) {
        expected.month = 1;
        ++expected.year;
      }
    }
  }
  EXPECT_EQ(expected.year, 10'000);
}

TEST(Date, LeapYears) {
  EXPECT_TRUE(Date::Make(2024, 2, 29));
  EXPECT_TRUE(Date::Make(2000, 2, 29));
  EXPECT_FALSE(Date::Make(2023, 2, 29));
  EXPECT_FALSE(Date::Make(1900, 2, 29));
  EXPECT_FALSE(Date::Make(2100, 2, 29));
}

TEST(Date, MakeRefusesDaysThatAreNone) {
  EXPECT_FALSE(Date::Make(2027, 4, 31));
  EXPECT_FALSE(Date::Make(2027, 0, 1));
  EXPECT_FALSE(Date::Make(2027, 13, 1));
  EXPECT_FALSE(Date::Make(2027, 1, 0));
  EXPECT_FALSE(Date::Make(0, 1, 1));
  EXPECT_FALSE(Date::Make(10'000, 1, 1));
}

TEST(Date, ParsesOneSpellingOnly) {
  EXPECT_EQ(Date::Parse("2027-06-30"), Date::Make(2027, 6, 30));
  EXPECT_EQ(D("0001-01-01"), Date::First());
  for (const char *text : {"", "2027-6-30", "2027-06-3", "2027/06/30", "2027-06-30 ", " 2027-06-30",
                           "2027-06-31", "+027-06-30", "2027-+6-30", "2027-06--1", "20270630",
                           "0000-01-01", "2027-06-30T00:00", "abcd-ef-gh"}) {
    EXPECT_FALSE(Date::Parse(text)) << text;
  }
}

TEST(Date, PrintsWithLeadingZeros) {
  EXPECT_EQ(D("2027-06-03").ToString(), "2027-06-03");
  EXPECT_EQ(Date::First().ToString(), "0001-01-01");
  EXPECT_EQ(Date().ToString(), "1970-01-01");
}

TEST(Date, IsoWeeks) {
  const struct {
    const char *date;
    IsoWeek week;
  } cases[] = {{"2020-12-31", {2020, 53}}, {"2021-01-03", {2020, 53}}, {"2021-01-04", {2021, 1}},
               {"2026-12-31", {2026, 53}}, {"2027-01-01", {2026, 53}}, {"2027-01-04", {2027, 1}},
               {"2024-12-30", {2025, 1}},  {"2019-12-30", {2020, 1}},  {"2023-01-01", {2022, 52}},
               {"2016-01-03", {2015, 53}}, {"2027-06-30", {2027, 26}}, {"1969-12-29", {1970, 1}}};
  for (const auto &c : cases) {
    EXPECT_EQ(D(c.date).iso_week(), c.week) << c.date;
  }
}

TEST(Date, IsoWeeksRunFromMondayToSunday) {
  for (Date date = D("1999-01-04"); date < D("2030-01-01"); date = date.AddDays(7)) {
    ASSERT_EQ(date.weekday(), Weekday::kMonday);
    ASSERT_EQ(date.iso_week(), date.AddDays(6).iso_week()) << date.ToString();
    ASSERT_LT(date.iso_week(), date.AddDays(7).iso_week()) << date.ToString();
  }
}

TEST(Date, AddMonthsStopsAtTheEndOfAMonth) {
  EXPECT_EQ(D("2027-01-31").AddMonths(1), D("2027-02-28"));
  EXPECT_EQ(D("2028-01-31").AddMonths(1), D("2028-02-29"));
  EXPECT_EQ(D("2028-02-29").AddMonths(12), D("2029-02-28"));
  EXPECT_EQ(D("2027-03-31").AddMonths(-1), D("2027-02-28"));
  EXPECT_EQ(D("2027-01-15").AddMonths(-1), D("2026-12-15"));
  EXPECT_EQ(D("2027-06-30").AddMonths(0), D("2027-06-30"));
  EXPECT_EQ(D("2027-10-31").AddMonths(-11), D("2026-11-30"));
}

TEST(Date, ArithmeticStaysInTheCalendar) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(Date::Last().AddDays(1), Date::Last());
  EXPECT_EQ(Date::First().AddDays(-1), Date::First());
  EXPECT_EQ(Date().AddDays(kMost), Date::Last());
  EXPECT_EQ(Date().AddDays(-kMost), Date::First());
  EXPECT_EQ(Date().AddMonths(kMost), Date::Last());
  EXPECT_EQ(Date().AddMonths(-kMost), Date::First());
  EXPECT_EQ(Date::First().AddDays(DaysBetween(Date::First(), Date::Last())), Date::Last());
}

TEST(Date, RandomDaysRoundTrip) {
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    const Date date = Date::First().AddDays(random() % 3'652'059);
    EXPECT_EQ(Date::Parse(date.ToString()), date);
    const auto months = static_cast<std::int64_t>(random() % 1200);
    const CivilDate later = date.AddMonths(months).civil();
    const CivilDate civil = date.civil();
    if (civil.year < 9800) {
      EXPECT_EQ(later.year * 12 + later.month, civil.year * 12 + civil.month + months);
      EXPECT_LE(later.day, civil.day);
    }
  }
}

}  // namespace
}  // namespace groma::base
