// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/calendar.h"

#include <gtest/gtest.h>

#include "groma/timing/hours.h"

namespace groma::timing {
namespace {

constexpr Horizon kHorizon = {At({2026, 1, 1}), At({2030, 1, 1})};

auto Day(int32_t year, int32_t month, int32_t day) -> base::Date {
  return *base::Date::Make(year, month, day);
}

// From 08:00 to 12:00 and from 13:00 to 17:00 on workdays.
auto Office(llvm::StringRef zone = "UTC") -> WorkingTime {
  WorkingTime time;
  time.zone = *Zone::Find(zone);
  time.rotas.push_back(WeekOf({{8 * kHour, 12 * kHour}, {13 * kHour, 17 * kHour}}));
  return time;
}

TEST(Calendar, CountsWorkingTimeForthAndBack) {
  const Calendar calendar(SpansOf(Office(), kHorizon));
  // 2027-03-04 is a Thursday.
  const Moment thursday = At({2027, 3, 4}, 17);
  EXPECT_EQ(calendar.Add(thursday, 16 * kHour), At({2027, 3, 8}, 17));
  EXPECT_EQ(calendar.Add(thursday, 1), At({2027, 3, 5}, 8, 1));
  EXPECT_EQ(calendar.Add(thursday, 0), thursday);
  EXPECT_EQ(calendar.Add(thursday, -16 * kHour), At({2027, 3, 2}, 17));
  EXPECT_EQ(calendar.Subtract(thursday, 16 * kHour), At({2027, 3, 3}, 8));
  EXPECT_EQ(calendar.NextWorking(thursday), At({2027, 3, 5}, 8));
  EXPECT_EQ(calendar.NextWorking(At({2027, 3, 6}, 10)), At({2027, 3, 8}, 8));
  EXPECT_EQ(calendar.NextWorking(At({2027, 3, 5}, 12)), At({2027, 3, 5}, 13));
  EXPECT_EQ(calendar.Between(At({2027, 3, 1}), At({2027, 3, 8})), 40 * kHour);
  EXPECT_EQ(calendar.Between(At({2027, 3, 8}), At({2027, 3, 1})), -40 * kHour);
  EXPECT_TRUE(calendar.IsWorking(At({2027, 3, 5}, 8)));
  EXPECT_FALSE(calendar.IsWorking(At({2027, 3, 5}, 12)));
}

TEST(Calendar, KnowsNothingBeyondItsHorizon) {
  const Calendar calendar(SpansOf(Office(), kHorizon));
  EXPECT_EQ(calendar.Add(At({2029, 12, 31}), 100 * kHour), kNever);
  EXPECT_EQ(calendar.Add(At({2026, 1, 1}), -100 * kHour), kEver);
  EXPECT_EQ(calendar.NextWorking(kNever), kNever);
  EXPECT_EQ(Calendar(Spans{}).NextWorking(0), kNever);
}

TEST(Calendar, AroundTheClockWorkIsMinutes) {
  const Calendar clock;
  EXPECT_EQ(clock.Add(100, 50), 150);
  EXPECT_EQ(clock.Add(100, -150), -50);
  EXPECT_EQ(clock.NextWorking(7), 7);
  EXPECT_EQ(clock.Between(10, 3), -7);
}

TEST(Calendar, HolidaysLeavesAndExtraDaysCount) {
  WorkingTime time = Office();
  time.exceptions.push_back({Day(2027, 12, 24), Day(2027, 12, 27), {}});
  time.exceptions.push_back({Day(2027, 12, 18), Day(2027, 12, 18), {{9 * kHour, 11 * kHour}}});
  time.leaves.push_back({At({2027, 12, 20}, 10), At({2027, 12, 21}, 9)});
  const Calendar calendar(SpansOf(time, kHorizon));
  EXPECT_EQ(calendar.Between(At({2027, 12, 18}), At({2027, 12, 19})), 2 * kHour);
  EXPECT_EQ(calendar.Between(At({2027, 12, 20}), At({2027, 12, 22})), 9 * kHour);
  EXPECT_EQ(calendar.Add(At({2027, 12, 23}, 17), 1), At({2027, 12, 28}, 8, 1));
}

TEST(Calendar, ADayOnWhichClocksAreChangedIsShorterOrLonger) {
  WorkingTime time;
  time.zone = *Zone::Find("Europe/Berlin");
  time.rotas.push_back({.anchor = Day(2024, 1, 1), .cycle = {{{0, 24 * kHour}}}});
  const Calendar calendar(SpansOf(time, kHorizon));
  // All hours of all days are worked, so days are told apart by their length only.
  EXPECT_EQ(calendar.Between(At({2027, 3, 27}, 23), At({2027, 3, 28}, 22)), 23 * kHour);
  WorkingTime nights;
  nights.zone = time.zone;
  nights.rotas.push_back({.anchor = Day(2024, 1, 1), .cycle = {{{22 * kHour, 30 * kHour}}}});
  const Calendar night(SpansOf(nights, kHorizon));
  EXPECT_EQ(night.Between(At({2027, 3, 27}, 12), At({2027, 3, 28}, 12)), 7 * kHour);
  EXPECT_EQ(night.Between(At({2027, 10, 30}, 12), At({2027, 10, 31}, 12)), 9 * kHour);
  EXPECT_EQ(night.Between(At({2027, 7, 1}, 12), At({2027, 7, 2}, 12)), 8 * kHour);
}

TEST(Calendar, AYearOf53WeeksHasTheWorkingTimeOf53) {
  // 2026 has 53 weeks of ISO 8601: from 2025-12-29 to 2027-01-03.
  ASSERT_EQ(Day(2027, 1, 3).iso_week(), (base::IsoWeek{2026, 53}));
  const Calendar calendar(SpansOf(Office(), {At({2025, 1, 1}), At({2028, 1, 1})}));
  EXPECT_EQ(calendar.Between(At({2025, 12, 29}), At({2027, 1, 4})), 53 * 40 * kHour);
  EXPECT_EQ(calendar.Add(At({2025, 12, 26}, 17), 53 * 40 * kHour), At({2027, 1, 1}, 17));
}

TEST(Calendar, RotasOfAnyLengthComeAgain) {
  WorkingTime time;
  const DayHours on = {{6 * kHour, 18 * kHour}};
  time.rotas.push_back({.anchor = Day(2027, 1, 1), .cycle = {on, on, on, on, {}, {}}});
  // In July they work office hours.
  Rota july = WeekOf({{8 * kHour, 16 * kHour}});
  july.first = Day(2027, 7, 1);
  july.last = Day(2027, 7, 31);
  time.rotas.push_back(july);
  const Calendar calendar(SpansOf(time, kHorizon));
  EXPECT_EQ(calendar.Between(At({2027, 1, 1}), At({2027, 1, 7})), 48 * kHour);
  EXPECT_EQ(calendar.Between(At({2026, 12, 26}), At({2027, 1, 1})), 48 * kHour);
  EXPECT_EQ(calendar.Between(At({2027, 7, 1}), At({2027, 8, 1})), 22 * 8 * kHour);
}

TEST(Calendar, TeamsThatFollowTheSunWorkAroundTheClock) {
  std::vector<Spans> teams;
  for (const char *zone : {"Asia/Singapore", "Europe/London", "America/Los_Angeles"}) {
    WorkingTime time;
    time.zone = *Zone::Find(zone);
    time.rotas.push_back(WeekOf({{8 * kHour, 17 * kHour}}));
    teams.push_back(SpansOf(time, kHorizon));
  }
  const Calendar all(Union(teams));
  // On a day of July: 00:00 to 09:00, 07:00 to 16:00 and 15:00 to 24:00 of UTC.
  EXPECT_EQ(all.Between(At({2027, 7, 7}), At({2027, 7, 8})), 24 * kHour);
  EXPECT_EQ(Calendar(Intersection(teams[0], teams[1])).Between(At({2027, 7, 7}), At({2027, 7, 8})),
            2 * kHour);
}

TEST(Calendar, PeopleMultiplyWork) {
  const Spans office = SpansOf(Office(), kHorizon);
  const Calendar team(Times(office, {{At({2027, 1, 1}), 2}, {At({2027, 3, 3}, 10), 5}}));
  // On a Wednesday two hours of two people, six of five.
  EXPECT_EQ(team.WorkAt(At({2027, 3, 4})) - team.WorkAt(At({2027, 3, 3})), 34 * kHour);
  EXPECT_EQ(team.Between(At({2027, 3, 3}), At({2027, 3, 4})), 8 * kHour);
  EXPECT_EQ(team.Add(At({2027, 3, 3}, 8), 34 * kHour), At({2027, 3, 3}, 17));
  EXPECT_EQ(team.Add(At({2027, 3, 3}, 8), 3), At({2027, 3, 3}, 8, 2));
  EXPECT_EQ(team.NextWorking(At({2026, 6, 1})), At({2027, 1, 1}, 8));
}

TEST(Calendar, FindsRoomWithoutABreak) {
  const Calendar calendar(SpansOf(Office(), kHorizon));
  EXPECT_EQ(calendar.NextRoom(At({2027, 3, 4}, 9), 3 * kHour), At({2027, 3, 4}, 9));
  EXPECT_EQ(calendar.NextRoom(At({2027, 3, 4}, 9), 4 * kHour), At({2027, 3, 4}, 13));
  EXPECT_EQ(calendar.NextRoom(At({2027, 3, 4}, 9), 5 * kHour), kNever);
  EXPECT_EQ(calendar.LastRoom(At({2027, 3, 4}, 16), 4 * kHour), At({2027, 3, 4}, 8));
  EXPECT_EQ(calendar.LastRoom(At({2027, 3, 6}, 16), 4 * kHour), At({2027, 3, 5}, 13));
}

TEST(Calendar, EndsAndStartsAreWhatTrialFinds) {
  const Calendar calendar({{10, 20, 1}, {20, 25, 3}, {40, 41, 7}, {50, 60, 2}});
  for (Work work = 1; work < 52; ++work) {
    Moment first = 0;
    while (calendar.WorkAt(first) < work) ++first;
    EXPECT_EQ(calendar.EndAt(work), first) << work;
    Moment last = 70;
    while (calendar.WorkAt(last) > work) --last;
    EXPECT_EQ(calendar.StartAt(work), last) << work;
  }
}

TEST(Spans, AreCombinedAsMinuteByMinute) {
  const Spans left = {{0, 10, 2}, {12, 20, 1}, {20, 30, 4}};
  const Spans right = {{5, 14, 1}, {25, 26, 3}};
  EXPECT_EQ(Without(left, right), (Spans{{0, 5, 2}, {14, 20, 1}, {20, 25, 4}, {26, 30, 4}}));
  EXPECT_EQ(Intersection(left, right), (Spans{{5, 10, 2}, {12, 14, 1}, {25, 26, 4}}));
  EXPECT_EQ(Union({left, right}), (Spans{{0, 30, 1}}));
  EXPECT_EQ(Sum(std::vector<Span>{{0, 4, 1}, {2, 6, 1}, {4, 6, 1}}), (Spans{{0, 2, 1}, {2, 6, 2}}));
}

TEST(Moment, IsWrittenAndRead) {
  EXPECT_EQ(ToString(At({2027, 3, 28}, 8, 5)), "2027-03-28T08:05");
  EXPECT_EQ(ToString(At({1969, 12, 31}, 23, 59)), "1969-12-31T23:59");
  EXPECT_EQ(ParseMoment("2027-03-28T08:05"), At({2027, 3, 28}, 8, 5));
  EXPECT_FALSE(ParseMoment("2027-03-28"));
  EXPECT_FALSE(ParseMoment("2027-03-28T24:00"));
  EXPECT_EQ(Later(kNever, -5), kNever);
  EXPECT_EQ(Later(kEver, 5), kEver);
}

}  // namespace
}  // namespace groma::timing
