// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/level.h"

#include <gtest/gtest.h>

#include <ctime>
#include <iostream>

#include "groma/timing/overload.h"
#include "networks.h"
#include "schedule_check.h"

namespace groma::timing {
namespace {

using test::Dice;
using test::FaultsOf;
using test::kWorkday;
using test::Office;

struct Case {
  Network network;
  Workforce workforce;

  auto Add(Task task, Job job = {}) -> TaskId {
    network.tasks.push_back(std::move(task));
    workforce.jobs.push_back(std::move(job));
    return static_cast<TaskId>(network.tasks.size() - 1);
  }
  auto Solve(LevelLimits limits = {}) -> Level {
    GiveEffortCalendars(network, workforce);
    const Graph graph(network);
    Level level = LevelTasks(network, graph, FindOrder(network, graph).tasks, workforce, limits);
    EXPECT_EQ(FaultsOf(network, workforce, level.best), "");
    return level;
  }
};

// Works from Monday 2027-03-01 on.
auto WithTeams(llvm::ArrayRef<int64_t> people) -> Case {
  Case made;
  made.network.start = At({2027, 3, 1}, 8);
  const Spans office = SpansOf(Office(), {At({2027, 1, 1}), At({2030, 1, 1})});
  made.network.calendars.emplace_back(office);
  for (const int64_t count : people) {
    made.workforce.teams.push_back(Times(office, {{At({2027, 1, 1}), count}}));
  }
  return made;
}

// Two of a team, two days of work for both, and a day on which it is closed: the other task is done then.
TEST(Level, NobodyWorksOnWhatIsClosed) {
  Case made = WithTeams({2});
  made.workforce.closures.push_back({{At({2027, 3, 2}), At({2027, 3, 3})}});
  const TaskId closed = made.Add({.work = 4 * kWorkday}, {.teams = {0}, .closed = 0, .priority = 900});
  const TaskId open = made.Add({.work = 2 * kWorkday}, {.teams = {0}});
  const Level level = made.Solve();
  EXPECT_EQ(level.best.dates[closed].finish, At({2027, 3, 3}, 17));
  EXPECT_EQ(level.best.dates[open].start, At({2027, 3, 2}, 8));
  EXPECT_EQ(level.best.dates[open].finish, At({2027, 3, 2}, 17));
  EXPECT_EQ(level.bound, At({2027, 3, 3}, 17));
  // In one piece it fits only after that day.
  made.network.tasks[closed].is_unbroken = true;
  made.network.tasks[closed].work = kWorkday / 2;
  made.network.start = At({2027, 3, 1}, 13);
  made.workforce.jobs[closed].most = 1;
  EXPECT_EQ(made.Solve().best.dates[closed].finish, At({2027, 3, 1}, 17));
  made.network.start = At({2027, 3, 1}, 14);
  EXPECT_EQ(made.Solve().best.dates[closed].finish, At({2027, 3, 3}, 12));
}

// Work aside takes a team from nothing that counts, and the end of what counts is proved without it.
TEST(Level, WhatIsAsideGivesWay) {
  Case made = WithTeams({1});
  const TaskId aside = made.Add({.work = 2 * kWorkday, .is_aside = true}, {.teams = {0}});
  const TaskId task = made.Add({.work = 2 * kWorkday}, {.teams = {0}});
  const Level level = made.Solve();
  EXPECT_EQ(level.best.dates[task].finish, At({2027, 3, 2}, 17));
  EXPECT_EQ(level.best.dates[aside].finish, At({2027, 3, 4}, 17));
  EXPECT_EQ(level.bound, At({2027, 3, 2}, 17));
  EXPECT_TRUE(level.is_proved);
}

// People of two teams are at it for different shares of their time.
TEST(Level, APersonOfEachTeamGivesItsShare) {
  Case made = WithTeams({140, 200});
  const TaskId task = made.Add({.work = 70 * kWorkday}, {.teams = {0, 1}, .most = 70, .most_of = {70, 100}});
  Level level = made.Solve();
  EXPECT_EQ(level.best.team[task], 1U);
  made.network.tasks[task].work = 140 * kWorkday;
  made.workforce.jobs[task].teams = {0};
  made.workforce.jobs[task].most_of = {70};
  level = made.Solve();
  EXPECT_EQ(level.best.dates[task].finish, At({2027, 3, 2}, 17));
}

// Fisher and Thompson's problem of six jobs on six machines; 55 is its proved optimum.
TEST(Level, Ft06Takes55) {
  constexpr int kMachines = 6;
  const int64_t jobs[6][12] = {
      {2, 1, 0, 3, 1, 6, 3, 7, 5, 3, 4, 6}, {1, 8, 2, 5, 4, 10, 5, 10, 0, 10, 3, 4},
      {2, 5, 3, 4, 5, 8, 0, 9, 1, 1, 4, 7}, {1, 5, 0, 5, 2, 5, 3, 3, 4, 8, 5, 9},
      {2, 9, 1, 3, 4, 5, 5, 4, 0, 3, 3, 1}, {1, 3, 3, 3, 5, 9, 0, 10, 4, 4, 2, 1}};
  Case made;
  made.workforce.teams.assign(kMachines, {{0, 1000, 1}});
  for (const auto &job : jobs) {
    for (int step = 0; step < kMachines; ++step) {
      const TaskId id =
          made.Add({.work = job[2 * step + 1]},
                   {.needs = {{static_cast<TeamId>(job[2 * step]), 1}}, .is_splittable = false});
      if (step > 0) made.network.edges.push_back({id - 1, id});
    }
  }
  const Level level = made.Solve();
  EXPECT_EQ(level.best.cost.finish, 55);
  EXPECT_GE(level.bound, 47);
  EXPECT_LE(level.bound, 55);
}

TEST(Level, EffortIsSharedByWhoeverIsFree) {
  Case made = WithTeams({3});
  made.Add({.work = 6 * kWorkday}, {.teams = {0}});
  made.Add({.work = 2 * kWorkday}, {.teams = {0}, .most = 1});
  const Level level = made.Solve();
  // Eight days of work for three people.
  EXPECT_EQ(ToString(level.best.cost.finish), "2027-03-03T14:20");
  EXPECT_TRUE(level.is_proved);
}

TEST(Level, PriorityGoesFirst) {
  Case made = WithTeams({1});
  made.Add({.work = kWorkday}, {.teams = {0}, .priority = 400});
  made.Add({.work = kWorkday}, {.teams = {0}, .priority = 600});
  const Level level = made.Solve();
  EXPECT_EQ(ToString(level.best.dates[1].finish), "2027-03-01T17:00");
  EXPECT_EQ(ToString(level.best.dates[0].finish), "2027-03-02T17:00");
  EXPECT_EQ(ToString(level.best.ready[0].start), "2027-03-01T08:00");
}

TEST(Level, AnotherTeamHelpsOut) {
  Case made = WithTeams({1, 1});
  made.Add({.work = 2 * kWorkday}, {.teams = {0}});
  made.Add({.work = 2 * kWorkday}, {.teams = {0, 1}});
  const Level level = made.Solve();
  EXPECT_EQ(level.best.team[1], 1);
  EXPECT_EQ(ToString(level.best.cost.finish), "2027-03-02T17:00");
  EXPECT_TRUE(level.is_proved);
}

TEST(Level, WhatCannotBeSplitWaits) {
  for (const bool is_splittable : {true, false}) {
    Case made = WithTeams({1});
    made.Add({.work = kWorkday, .fixed_start = At({2027, 3, 2}, 8)}, {.teams = {0}});
    made.Add({.work = 2 * kWorkday}, {.teams = {0}, .is_splittable = is_splittable});
    const Level level = made.Solve();
    EXPECT_EQ(ToString(level.best.dates[1].start),
              is_splittable ? "2027-03-01T08:00" : "2027-03-03T08:00");
  }
}

TEST(Level, UnbrokenEffortStaysWithinADay) {
  Case made = WithTeams({2});
  made.network.start = At({2027, 3, 1}, 14);
  made.Add({.work = 8 * kHour, .is_unbroken = true}, {.teams = {0}});
  const Level level = made.Solve();
  EXPECT_EQ(ToString(level.best.dates[0].start), "2027-03-02T08:00");
  EXPECT_EQ(ToString(level.best.dates[0].finish), "2027-03-02T12:00");
}

TEST(Level, SaidDatesHoldAndAreToldWhereTheTeamIsBusy) {
  Case made = WithTeams({1});
  made.Add({.work = kWorkday, .fixed_start = At({2027, 3, 1}, 8)}, {.teams = {0}});
  made.Add({.work = kWorkday, .fixed_start = At({2027, 3, 1}, 8)}, {.teams = {0}});
  GiveEffortCalendars(made.network, made.workforce);
  const Graph graph(made.network);
  const Level level =
      LevelTasks(made.network, graph, FindOrder(made.network, graph).tasks, made.workforce);
  EXPECT_EQ(level.best.overbooked, (std::vector<TaskId>{1}));
  EXPECT_EQ(ToString(level.best.cost.finish), "2027-03-01T17:00");
}

TEST(Level, SaidDatesHaveTheirPeopleBeforeOthersDo) {
  Case made = WithTeams({1});
  const TaskId before = made.Add({.work = kWorkday, .calendar = 0});
  const TaskId fixed =
      made.Add({.work = kWorkday, .fixed_start = At({2027, 3, 2}, 8)}, {.teams = {0}});
  const TaskId other = made.Add({.work = 2 * kWorkday}, {.teams = {0}, .priority = 900});
  made.network.edges = {{before, fixed}};
  const Level level = made.Solve();
  EXPECT_TRUE(level.best.overbooked.empty());
  EXPECT_EQ(ToString(level.best.dates[fixed].start), "2027-03-02T08:00");
  EXPECT_EQ(ToString(level.best.dates[other].finish), "2027-03-03T17:00");
}

TEST(Level, AmongEqualsTheOneThatMovesLeastIsTaken) {
  Case made = WithTeams({1});
  for (int i = 0; i < 6; ++i) made.Add({.work = kWorkday}, {.teams = {0}});
  // The last was first in what people know, and there is a weekend before the first.
  for (int i = 0; i < 6; ++i) {
    const Moment day = i == 0 ? At({2027, 3, 8}) : At({2027, 3, 1}) + (5 - i) * kDay;
    made.workforce.baseline.push_back({day, day + kDay});
  }
  const Level level = made.Solve();
  EXPECT_EQ(level.best.cost.moved, 0);
  EXPECT_TRUE(level.is_proved);
}

// The search alone keeps one task fewer on its day; all orders of a few neighbours find it.
TEST(Level, NeighboursChangePlacesToKeepMore) {
  test::Dice dice(82);
  constexpr int kTasks = 14;
  Case made = WithTeams({1, 1});
  for (int i = 0; i < kTasks; ++i) {
    const Work work = (1 + dice.Roll(6)) * kWorkday / 2;
    made.Add({.work = work}, {.teams = {static_cast<TeamId>(dice.Roll(2))}});
  }
  for (TaskId i = 1; i < kTasks; ++i) {
    if (dice.Roll(2) != 0) made.network.edges.push_back({static_cast<TaskId>(dice.Roll(i)), i});
  }
  for (const Dates &dates : made.Solve().best.dates) {
    const Moment day = (dates.finish - 1) / kDay * kDay;
    made.workforce.baseline.push_back({day, day + kDay});
  }
  for (int k = 0; k < 3; ++k) made.network.tasks[dice.Roll(kTasks)].work += kWorkday;
  EXPECT_LE(made.Solve().best.cost.moved, 6);
}

TEST(Level, WhatCouldBeSoonerStaysWherePeopleKnowIt) {
  Case made = WithTeams({1});
  const TaskId first = made.Add({.work = kWorkday}, {.teams = {0}});
  const TaskId second = made.Add({.work = kWorkday}, {.teams = {0}});
  const TaskId last = made.Add({.work = 20 * kWorkday});
  // Without the second there is room on Tuesday, and nothing is later if it stays on Thursday.
  made.workforce.baseline = {{At({2027, 3, 1}), At({2027, 3, 2})},
                             {At({2027, 3, 4}), At({2027, 3, 5})},
                             {}};
  const Level level = made.Solve();
  EXPECT_EQ(level.best.cost.moved, 0);
  EXPECT_EQ(ToString(level.best.dates[first].finish), "2027-03-01T17:00");
  EXPECT_EQ(ToString(level.best.dates[second].start).substr(0, 10), "2027-03-04");
  EXPECT_EQ(level.best.cost.finish, level.best.dates[last].finish);
}

TEST(Level, WhatPeopleKnowMakesNothingLater) {
  Case made = WithTeams({1});
  const TaskId only = made.Add({.work = kWorkday}, {.teams = {0}});
  made.workforce.baseline = {{At({2027, 3, 4}), At({2027, 3, 5})}};
  const Level level = made.Solve();
  EXPECT_EQ(level.best.cost.moved, 1);
  EXPECT_EQ(ToString(level.best.dates[only].finish), "2027-03-01T17:00");
}

TEST(Level, OfNothingThereIsASchedule) {
  Case made = WithTeams({1});
  EXPECT_TRUE(made.Solve().best.dates.empty());
}

TEST(Level, BeyondTheHorizonNothingIsProved) {
  Case made = WithTeams({1});
  made.Add({.work = 1000 * kWorkday}, {.teams = {0}});
  const Graph graph(made.network);
  GiveEffortCalendars(made.network, made.workforce);
  const Level level =
      LevelTasks(made.network, graph, FindOrder(made.network, graph).tasks, made.workforce);
  EXPECT_EQ(level.best.cost.finish, kNever);
  EXPECT_FALSE(level.is_proved);
}

TEST(Level, TooMuchWorkBeforeADeadlineIsToldWithItsTasks) {
  Case made = WithTeams({2});
  const Moment deadline = At({2027, 3, 5}, 17);
  made.Add({.work = 6 * kWorkday, .deadline = deadline}, {.teams = {0}});
  made.Add({.work = 5 * kWorkday}, {.teams = {0}});
  made.Add({.work = 0, .deadline = deadline});
  made.Add({.work = 3 * kWorkday}, {.teams = {0}});
  made.network.edges = {{1, 2}};
  GiveEffortCalendars(made.network, made.workforce);
  const Graph graph(made.network);
  const auto overload =
      DeadlineOverload(made.network, graph, FindOrder(made.network, graph).tasks, made.workforce);
  ASSERT_TRUE(overload);
  EXPECT_EQ(overload->tasks, (std::vector<TaskId>{0, 1}));
  EXPECT_EQ(overload->needed, 11 * kWorkday);
  EXPECT_EQ(overload->available, 10 * kWorkday);
  EXPECT_EQ(ToString(overload->from), "2027-03-01T08:00");
  EXPECT_EQ(ToString(overload->until), "2027-03-05T17:00");
  made.network.tasks[0].deadline = kNever;
  EXPECT_FALSE(
      DeadlineOverload(made.network, graph, FindOrder(made.network, graph).tasks, made.workforce));
}

TEST(Level, WhatComesBeforeAndAfterATeamRaisesTheBound) {
  Case made = WithTeams({1});
  // Two days of nobody, two tasks of a team, and a day of nobody after each.
  const TaskId first = made.Add({.work = 2 * kWorkday, .calendar = 0});
  for (int i = 0; i < 2; ++i) {
    const TaskId task = made.Add({.work = 3 * kWorkday}, {.teams = {0}});
    const TaskId last = made.Add({.work = kWorkday, .calendar = 0});
    made.network.edges.push_back({first, task});
    made.network.edges.push_back({task, last});
  }
  const Level level = made.Solve();
  EXPECT_EQ(ToString(level.best.cost.finish), "2027-03-11T17:00");
  EXPECT_TRUE(level.is_proved);
}

auto RandomCase(uint64_t seed, int64_t count) -> Case {
  Dice dice(seed);
  Case made = WithTeams({1 + dice.Roll(3), 1 + dice.Roll(3)});
  // One of them grows.
  made.workforce.teams.push_back(
      Times(SpansOf(Office("America/Chicago"), {At({2027, 1, 1}), At({2030, 1, 1})}),
            {{At({2027, 1, 1}), 1}, {At({2027, 3, 10}), 4}}));
  for (int64_t i = 0; i < count; ++i) {
    Task task{.work = dice.Roll(8) == 0 ? 0 : dice.Roll(30 * kHour), .calendar = 0};
    Job job{.is_splittable = dice.Roll(2) == 0};
    const auto team = static_cast<TeamId>(dice.Roll(3));
    switch (dice.Roll(4)) {
      case 0:
        job.teams = {team};
        if (dice.Roll(2) == 0) job.most = 1 + dice.Roll(3);
        break;
      case 1:
        job.teams = {team, (team + 1) % 3};
        break;
      case 2:
        // Within hours of teams 0 and 1.
        job.needs = {{static_cast<TeamId>(dice.Roll(2)), 1}};
        if (dice.Roll(4) == 0) {
          task.work = dice.Roll(3 * kHour);
          task.is_unbroken = true;
        }
        break;
      default:
        break;
    }
    if (dice.Roll(10) == 0) task.not_before = made.network.start + dice.Roll(10 * kDay);
    if (dice.Roll(10) == 0) task.deadline = made.network.start + dice.Roll(30 * kDay);
    const TaskId id = made.Add(task, job);
    for (int64_t edges = dice.Roll(3); edges > 0 && id > 0; --edges) {
      made.network.edges.push_back({static_cast<TaskId>(dice.Roll(id)),
                                    id,
                                    static_cast<Link>(dice.Roll(4)),
                                    {dice.Roll(2) * (dice.Roll(1000) - 300), 0}});
    }
  }
  return made;
}

TEST(LevelProperty, SchedulesHoldAndBoundsAreBelow) {
  int proved = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Case made = RandomCase(seed, 2 + static_cast<int64_t>(seed % 20));
    const Level level = made.Solve({.placements = 2000});
    EXPECT_LE(level.bound, level.best.cost.finish);
    if (level.is_proved) ++proved;
    // Nor does a bound come from knowing little.
    const Graph graph(made.network);
    const std::vector<TaskId> order = FindOrder(made.network, graph).tasks;
    const Moment finish = level.best.cost.finish;
    EXPECT_LE(FinishBound(made.network, graph, order, Analyze(made.network, graph, order),
                          made.workforce, finish + 30 * kDay),
              finish);
    const Level again = made.Solve({.placements = 2000});
    EXPECT_EQ(again.best.dates, level.best.dates);
    EXPECT_EQ(again.best.bookings, level.best.bookings);
  }
  EXPECT_GT(proved, 100);
}

TEST(LevelProperty, TenThousandTasksTakeLittleTime) {
  Dice dice(7);
  Case made = WithTeams({30, 12, 7, 40, 9, 25, 14, 50});
  const Spans office = SpansOf(Office(), {At({2027, 1, 1}), At({2045, 1, 1})});
  for (Spans &team : made.workforce.teams) {
    team = Times(office, {{At({2027, 1, 1}), team.front().rate}});
  }
  constexpr TaskId kCount = 10000;
  for (TaskId id = 0; id < kCount; ++id) {
    made.Add({.work = dice.Roll(80 * kHour), .calendar = 0},
             {.teams = {static_cast<TeamId>(dice.Roll(8))}, .most = 1 + dice.Roll(4)});
    for (int i = 0; i < 3 && id > 0; ++i) {
      const auto from = static_cast<TaskId>(id - 1 - dice.Roll(std::min<TaskId>(id, 500)));
      made.network.edges.push_back({from, id});
    }
  }
  GiveEffortCalendars(made.network, made.workforce);
  const Graph graph(made.network);
  const std::clock_t start = std::clock();
  const Level level =
      LevelTasks(made.network, graph, FindOrder(made.network, graph).tasks, made.workforce);
  const auto milliseconds = 1000 * (std::clock() - start) / CLOCKS_PER_SEC;
  std::cout << "10,000 tasks: " << milliseconds << " ms of processor time, " << level.placements
            << " placements, finish " << ToString(level.best.cost.finish) << ", bound "
            << ToString(level.bound) << '\n';
  EXPECT_LT(level.best.cost.finish, kNever);
}

}  // namespace
}  // namespace groma::timing
