// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/critical_path.h"

#include <gtest/gtest.h>

#include "networks.h"

namespace groma::timing {
namespace {

using test::Analyzed;
using test::kWorkday;
using test::Office;

constexpr CalendarId kOffice = 0;

auto Empty(Moment start) -> Network {
  Network network;
  network.start = start;
  network.calendars.emplace_back(SpansOf(Office(), {start - 400 * kDay, start + 2000 * kDay}));
  return network;
}

auto Day(int32_t year, int32_t month, int32_t day) -> base::Date {
  return *base::Date::Make(year, month, day);
}

// `joniles/mpxj`, junit/data/generated/task-links/task-links-project2013-mspdi.xml: dates that
// Microsoft Project worked out. Pairs of tasks of one day; the second is linked to the first.
TEST(CriticalPath, LinksAndLagsAreThoseOfMicrosoftProject) {
  const Moment start = At({2014, 10, 17}, 8);
  Network network = Empty(start);
  struct Pair {
    Link link;
    int64_t days;   // of lag
    Moment second;  // its early start
    Minutes slack;  // of both
  };
  const std::vector<Pair> pairs = {
      {Link::FinishStart, 0, At({2014, 10, 20}, 8), 4800},
      {Link::FinishStart, 1, At({2014, 10, 21}, 8), 4320},
      {Link::FinishStart, 2, At({2014, 10, 22}, 8), 3840},
      {Link::FinishStart, 5, At({2014, 10, 27}, 8), 2400},
      {Link::FinishStart, 10, At({2014, 11, 3}, 8), 0},
      {Link::StartFinish, 2, At({2014, 10, 20}, 8), 4800},
      {Link::StartStart, 2, At({2014, 10, 21}, 8), 4320},
      {Link::FinishFinish, 2, At({2014, 10, 21}, 8), 4320},
  };
  for (const Pair &pair : pairs) {
    const auto first = static_cast<TaskId>(network.tasks.size());
    network.tasks.push_back({.work = kWorkday, .calendar = kOffice});
    network.tasks.push_back({.work = kWorkday, .calendar = kOffice});
    network.edges.push_back({first, first + 1, pair.link, {pair.days * kWorkday, kOffice}});
  }
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.finish), "2014-11-03T17:00");
  for (size_t i = 0; i < pairs.size(); ++i) {
    SCOPED_TRACE(i);
    const TaskDates &first = analysis.tasks[2 * i];
    const TaskDates &second = analysis.tasks[2 * i + 1];
    EXPECT_EQ(ToString(first.early.start), "2014-10-17T08:00");
    EXPECT_EQ(ToString(first.early.finish), "2014-10-17T17:00");
    EXPECT_EQ(ToString(second.early.start), ToString(pairs[i].second));
    EXPECT_EQ(ToString(second.early.finish), ToString(pairs[i].second + 9 * kHour));
    // Microsoft Project writes 8 h from 08:00 to 17:00.
    EXPECT_EQ(second.total_slack, pairs[i].slack);
    EXPECT_EQ(second.free_slack, pairs[i].slack);
    EXPECT_EQ(ToString(second.late.finish), "2014-11-03T17:00");
    EXPECT_EQ(ToString(second.late.start), "2014-11-03T08:00");
    if (LeavesFinish(pairs[i].link)) {
      EXPECT_EQ(first.total_slack, pairs[i].slack);
      EXPECT_EQ(first.free_slack, 0);
    }
    EXPECT_EQ(second.is_critical, pairs[i].slack == 0);
  }
}

// The same file as written by other versions: from Thursday 2018-10-18.
TEST(CriticalPath, ALagOverAWeekendCountsWorkdays) {
  Network network = Empty(At({2018, 10, 18}, 8));
  network.tasks.assign(3, {.work = kWorkday, .calendar = kOffice});
  network.edges.push_back({0, 1, Link::FinishFinish, {2 * kWorkday, kOffice}});
  network.edges.push_back({0, 2, Link::FinishStart, {10 * kWorkday, kOffice}});
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.tasks[1].early.finish), "2018-10-22T17:00");
  EXPECT_EQ(analysis.tasks[1].total_slack, 4320);
  EXPECT_EQ(ToString(analysis.finish), "2018-11-02T17:00");
}

// The smallest project of the reference paper: an order of two days, and seventy days around the
// clock until a milestone.
TEST(CriticalPath, AroundTheClockALagEndsWithinTheDay) {
  Network network = Empty(At({2026, 1, 5}, 8));
  network.tasks = {{.work = 2 * kWorkday, .calendar = kOffice}, {.calendar = kOffice}};
  network.edges = {{0, 1, Link::FinishStart, {70 * kDay, kClock}}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.tasks[0].early.finish), "2026-01-06T17:00");
  EXPECT_EQ(ToString(analysis.tasks[1].early.start), "2026-03-17T17:00");
  EXPECT_EQ(analysis.tasks[0].total_slack, 0);
}

TEST(CriticalPath, AHolidayOnTheEndOfALagMovesTheStart) {
  const Moment start = At({2027, 12, 20}, 8);
  Network network;
  network.start = start;
  WorkingTime time = Office();
  time.exceptions.push_back({Day(2027, 12, 24), Day(2027, 12, 24), {}});
  network.calendars.emplace_back(SpansOf(time, {start - 100 * kDay, start + 100 * kDay}));
  network.tasks.assign(3, {.work = kWorkday, .calendar = kOffice});
  // Monday, then three workdays until Thursday evening; three days around the clock.
  network.edges = {{0, 1, Link::FinishStart, {3 * kWorkday, kOffice}},
                   {0, 2, Link::FinishStart, {3 * kDay + 15 * kHour, kClock}}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.tasks[1].early.start), "2027-12-27T08:00");
  EXPECT_EQ(ToString(analysis.tasks[2].early.start), "2027-12-27T08:00");
  EXPECT_EQ(ToString(analysis.tasks[2].cause.bound), "2027-12-24T08:00");
  EXPECT_EQ(analysis.tasks[2].cause.reason, Reason::Edge);
}

TEST(CriticalPath, AMilestoneOnAWeekendIsReachedOnMonday) {
  Network network = Empty(At({2027, 3, 1}, 8));
  // 2027-03-06 is a Saturday.
  network.tasks = {{.calendar = kOffice, .not_before = At({2027, 3, 6}, 10)},
                   {.calendar = kClock, .not_before = At({2027, 3, 6}, 10)},
                   {.calendar = kOffice, .not_before = At({2027, 3, 5}, 17)}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.tasks[0].early.start), "2027-03-08T08:00");
  EXPECT_EQ(ToString(analysis.tasks[0].early.finish), "2027-03-08T08:00");
  EXPECT_EQ(ToString(analysis.tasks[1].early.start), "2027-03-06T10:00");
  EXPECT_EQ(ToString(analysis.tasks[2].early.start), "2027-03-05T17:00");
}

// bardsoftware/ganttproject issue 832: eight hours in China, and the next eight in the US at once.
TEST(CriticalPath, WorkIsHandedFromChinaToTheUsWithinADay) {
  Network network;
  network.start = At({2027, 6, 1});
  const Horizon horizon = {At({2027, 1, 1}), At({2028, 1, 1})};
  for (const char *zone : {"Asia/Shanghai", "America/Los_Angeles"}) {
    WorkingTime time;
    time.zone = *Zone::Find(zone);
    time.rotas.push_back(WeekOf({{9 * kHour, 17 * kHour}}));
    network.calendars.emplace_back(SpansOf(time, horizon));
  }
  network.tasks = {{.work = kWorkday, .calendar = 0}, {.work = kWorkday, .calendar = 1}};
  network.edges = {{0, 1, Link::FinishStart, {}}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.tasks[0].early.start), "2027-06-01T01:00");
  EXPECT_EQ(ToString(analysis.tasks[0].early.finish), "2027-06-01T09:00");
  EXPECT_EQ(ToString(analysis.tasks[1].early.start), "2027-06-01T16:00");
  EXPECT_EQ(ToString(analysis.finish), "2027-06-02T00:00");
}

TEST(CriticalPath, OnTheDayOfSummerTimeClocksTellTheStart) {
  Network network;
  network.start = At({2027, 3, 26});
  network.calendars.emplace_back(
      SpansOf(Office("Europe/Amsterdam"), {At({2027, 1, 1}), At({2028, 1, 1})}));
  network.tasks.assign(2, {.work = kWorkday, .calendar = kOffice});
  network.edges = {{0, 1, Link::FinishStart, {}}};
  const Analysis analysis = Analyzed(network);
  // 08:00 is 07:00 of UTC on Friday, and 06:00 on Monday.
  EXPECT_EQ(ToString(analysis.tasks[0].early.start), "2027-03-26T07:00");
  EXPECT_EQ(ToString(analysis.tasks[1].early.start), "2027-03-29T06:00");
}

TEST(CriticalPath, ANegativeLagDoesNotReachBeforeTheStart) {
  Network network = Empty(At({2027, 3, 1}, 8));
  network.tasks.assign(2, {.work = kWorkday, .calendar = kOffice});
  network.edges = {{0, 1, Link::FinishStart, {-5 * kWorkday, kOffice}}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.tasks[1].early.start), "2027-03-01T08:00");
  EXPECT_EQ(analysis.tasks[1].cause.reason, Reason::Start);
  EXPECT_EQ(ToString(analysis.finish), "2027-03-01T17:00");
}

TEST(CriticalPath, ALeadCountsBackFromTheFinish) {
  Network network = Empty(At({2027, 3, 1}, 8));
  network.tasks = {{.work = 4 * kWorkday, .calendar = kOffice},
                   {.work = kWorkday, .calendar = kOffice}};
  network.edges = {{0, 1, Link::FinishStart, {-2 * kWorkday, kOffice}}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.tasks[1].early.start), "2027-03-03T08:00");
  EXPECT_EQ(analysis.tasks[1].total_slack, kWorkday);
}

TEST(CriticalPath, ACycleOfAThousandTasksIsThatCycle) {
  Network network = Empty(0);
  constexpr TaskId kCount = 1200;
  network.tasks.assign(kCount, {.work = 1});
  // A thousand in a ring; the others lead into it and out of it.
  for (TaskId task = 0; task + 1 < kCount; ++task) network.edges.push_back({task, task + 1});
  network.edges.push_back({1099, 100});
  const Graph graph(network);
  const Order order = FindOrder(network, graph);
  EXPECT_TRUE(order.tasks.empty());
  ASSERT_EQ(order.cycle.size(), 1000);
  for (size_t i = 0; i < order.cycle.size(); ++i) {
    EXPECT_EQ(network.edges[order.cycle[i]].to,
              network.edges[order.cycle[(i + 1) % order.cycle.size()]].from);
  }
}

TEST(CriticalPath, AMissedDeadlineHasAChainAndNegativeSlack) {
  Network network = Empty(At({2027, 3, 1}, 8));
  network.tasks = {{.work = 2 * kWorkday, .calendar = kOffice},
                   {.work = 3 * kWorkday, .calendar = kOffice},
                   {.calendar = kOffice, .deadline = At({2027, 3, 4}, 17)},
                   {.work = 9 * kWorkday, .calendar = kOffice}};
  network.edges = {{0, 1}, {1, 2}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(MissedDeadlines(network, analysis), (std::vector<TaskId>{2}));
  EXPECT_EQ(ChainTo(network, analysis, 2), (std::vector<TaskId>{0, 1, 2}));
  EXPECT_EQ(analysis.tasks[0].total_slack, -kWorkday);
  EXPECT_EQ(analysis.tasks[0].free_slack, 0);
  EXPECT_TRUE(analysis.tasks[0].is_critical);
  EXPECT_EQ(analysis.tasks[3].total_slack, 0);
}

TEST(CriticalPath, OfATargetOnlyWhatLeadsToItCounts) {
  Network network = Empty(At({2027, 3, 1}, 8));
  network.tasks = {{.work = kWorkday, .calendar = kOffice},
                   {.work = 3 * kWorkday, .calendar = kOffice},
                   {.calendar = kOffice},
                   {.work = 9 * kWorkday, .calendar = kOffice}};
  network.edges = {{0, 2}, {1, 2}, {0, 3}};
  const Analysis analysis = Analyzed(network, 2);
  EXPECT_EQ(analysis.tasks[0].total_slack, 2 * kWorkday);
  EXPECT_EQ(analysis.tasks[1].total_slack, 0);
  EXPECT_TRUE(analysis.tasks[2].is_critical);
  EXPECT_EQ(analysis.tasks[3].total_slack, kNever);
  EXPECT_FALSE(analysis.tasks[3].is_critical);
}

// What comes after the use of a thing is placed as all else, and makes nothing critical.
TEST(CriticalPath, WhatIsAsideDoesNotMakeTheNetworkLonger) {
  Network network = Empty(At({2027, 3, 1}, 8));
  network.tasks = {{.work = kWorkday, .calendar = kOffice},
                   {.work = 3 * kWorkday, .calendar = kOffice},
                   {.work = kWorkday, .calendar = kOffice, .is_aside = true, .not_before = At({2027, 6, 7})},
                   {.work = kWorkday, .calendar = kOffice, .is_aside = true, .deadline = At({2027, 6, 8}, 12)}};
  network.edges = {{0, 2}, {2, 3}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(analysis.finish, At({2027, 3, 3}, 17));
  EXPECT_EQ(analysis.tasks[2].early.finish, At({2027, 6, 7}, 17));
  EXPECT_TRUE(analysis.tasks[1].is_critical);
  // It has a deadline, and misses it by half a day.
  EXPECT_EQ(analysis.tasks[3].total_slack, -kWorkday / 2);
  network.tasks[3].deadline = kNever;
  const Analysis without = Analyzed(network);
  EXPECT_EQ(without.tasks[3].total_slack, kNever);
  EXPECT_FALSE(without.tasks[2].is_critical);
  EXPECT_EQ(without.tasks[0].total_slack, 2 * kWorkday);
}

TEST(CriticalPath, WhatHasHappenedStays) {
  Network network = Empty(At({2027, 3, 1}, 8));
  network.now = At({2027, 3, 10}, 12);
  network.tasks = {{.work = kWorkday,
                    .calendar = kOffice,
                    .started = At({2027, 3, 1}, 8),
                    .finished = At({2027, 3, 3}, 17)},
                   {.work = 4 * kWorkday,
                    .calendar = kOffice,
                    .started = At({2027, 3, 4}, 8),
                    .remaining = 2 * kWorkday},
                   {.work = kWorkday, .calendar = kOffice}};
  network.edges = {{0, 1}, {0, 2}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.tasks[0].early.finish), "2027-03-03T17:00");
  EXPECT_FALSE(analysis.tasks[0].is_critical);
  EXPECT_EQ(ToString(analysis.tasks[1].early.start), "2027-03-04T08:00");
  EXPECT_EQ(ToString(analysis.tasks[1].early.finish), "2027-03-12T12:00");
  EXPECT_EQ(analysis.tasks[1].cause.reason, Reason::Actual);
  EXPECT_EQ(ToString(analysis.tasks[2].early.start), "2027-03-10T13:00");
  EXPECT_EQ(analysis.tasks[2].cause.reason, Reason::Now);
  EXPECT_EQ(analysis.tasks[2].total_slack, kWorkday);
}

TEST(CriticalPath, FixedDatesHoldWhateverComesBefore) {
  Network network = Empty(At({2027, 3, 1}, 8));
  network.tasks = {{.work = 5 * kWorkday, .calendar = kOffice},
                   {.work = kWorkday, .calendar = kOffice, .fixed_start = At({2027, 3, 3}, 8)},
                   {.work = kWorkday, .calendar = kOffice, .fixed_finish = At({2027, 3, 9}, 17)}};
  network.edges = {{0, 1}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.tasks[1].early.start), "2027-03-03T08:00");
  EXPECT_EQ(analysis.tasks[0].total_slack, -3 * kWorkday);
  EXPECT_EQ(ToString(analysis.tasks[2].early.start), "2027-03-09T08:00");
  EXPECT_EQ(analysis.tasks[2].cause.reason, Reason::FixedFinish);
}

TEST(CriticalPath, UnbrokenWorkWaitsForRoom) {
  Network network = Empty(At({2027, 3, 1}, 10));
  network.tasks = {{.work = 4 * kHour, .calendar = kOffice, .is_unbroken = true},
                   {.work = 2 * kDay, .calendar = kClock, .is_unbroken = true}};
  network.edges = {{0, 1}};
  const Analysis analysis = Analyzed(network);
  EXPECT_EQ(ToString(analysis.tasks[0].early.start), "2027-03-01T13:00");
  EXPECT_EQ(ToString(analysis.tasks[1].early.finish), "2027-03-03T17:00");
  EXPECT_EQ(analysis.tasks[0].total_slack, 0);
}

TEST(CriticalPath, BeyondTheHorizonThereIsNoFinish) {
  Network network = Empty(0);
  network.tasks = {{.work = 10000 * kWorkday, .calendar = kOffice}};
  EXPECT_EQ(Analyzed(network).finish, kNever);
}

}  // namespace
}  // namespace groma::timing
