// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/simulate.h"

#include <gtest/gtest.h>

#include "groma/timing/level.h"
#include "groma/timing/simulate_order.h"
#include "networks.h"
#include "simulate_draw.h"
#include "simulate_table.h"

namespace groma::timing {
namespace {

using test::Dice;
using test::kWorkday;
using test::Office;

constexpr Moment kStart = At({2027, 3, 1});

auto OnDays(Network network) -> Simulation {
  Simulation simulation;
  simulation.network = std::move(network);
  simulation.network.start = kStart;
  for (int64_t day = 0; day < 3000; ++day) simulation.days.push_back(kStart + day * kDay);
  return simulation;
}

// Days of the clock.
auto Add(Simulation &simulation, Triangle days, VariableId variable) -> TaskId {
  const auto id = static_cast<TaskId>(simulation.network.tasks.size());
  simulation.network.tasks.push_back({.work = days.likely * kDay});
  if (!days.is_certain()) {
    simulation.uncertain.push_back(
        {id, {days.low * kDay, days.likely * kDay, days.high * kDay}, variable});
  }
  return id;
}

auto Played(const Simulation &simulation) -> Outcomes {
  const auto outcomes = Simulate(simulation);
  EXPECT_TRUE(outcomes);
  return *outcomes;
}

// In how many runs the task is finished when so many days are over.
auto RunsBy(const Outcomes &outcomes, TaskId task, size_t days) -> int64_t {
  const Outcomes::Finish &finish = outcomes.finishes[task];
  int64_t sum = 0;
  for (size_t day = 0; day < finish.runs_of_day.size() && finish.first_day + day < days; ++day) {
    sum += finish.runs_of_day[day];
  }
  return sum;
}

TEST(Draw, IsEvenAndDependsOnEverything) {
  constexpr int kDraws = 100'000;
  int below = 0;
  for (int run = 0; run < kDraws; ++run) below += Draw(1, run, 7) < (kCertain / 10 * 3) ? 1 : 0;
  EXPECT_NEAR(below, 30'000, 600);
  EXPECT_NE(Draw(1, 2, 3), Draw(2, 2, 3));
  EXPECT_NE(Draw(1, 2, 3), Draw(1, 3, 3));
  EXPECT_NE(Draw(1, 2, 3), Draw(1, 2, 4));
  EXPECT_NE(Draw(1, 2, 3, 0), Draw(1, 2, 3, 1));
  // These never change, or plans would.
  EXPECT_EQ(Draw(1, 0, 0), 4262099137U);
}

TEST(SamplingTable, IsTriangular) {
  const SamplingTable table({1000, 4000, 10'000});
  EXPECT_EQ(table.At(0), 1000);
  EXPECT_NEAR(static_cast<double>(table.At(~0U)), 10'000, 300);
  // A third of the area lies below the most likely value.
  EXPECT_NEAR(static_cast<double>(table.At(static_cast<uint32_t>(kCertain / 3))), 4000, 2);
  // high - sqrt(0.2 * width * fall)
  EXPECT_NEAR(static_cast<double>(table.At(static_cast<uint32_t>(kCertain / 5 * 4))), 6713.8, 2);
  int64_t sum = 0;
  int64_t before = 0;
  for (uint64_t part = 0; part < 1000; ++part) {
    const int64_t value = table.At(static_cast<uint32_t>((2 * part + 1) * kCertain / 2000));
    EXPECT_GE(value, before);
    before = value;
    sum += value;
  }
  EXPECT_NEAR(static_cast<double>(sum) / 1000, 5000, 5);
  const SamplingTable certain({5, 5, 5});
  EXPECT_EQ(certain.At(0), 5);
  EXPECT_EQ(certain.At(~0U), 5);
  EXPECT_EQ(SamplingTable({0, 0, 100}).At(0), 0);
  EXPECT_NEAR(static_cast<double>(SamplingTable({0, 100, 100}).At(1U << 30U)), 50, 1);
}

TEST(Simulate, OneTaskIsAsItsTriangle) {
  Simulation simulation = OnDays({});
  const TaskId task = Add(simulation, {100, 400, 1000}, 1);
  const Outcomes outcomes = Played(simulation);
  EXPECT_EQ(outcomes.runs, 10'000);
  // high - sqrt((1 - part) * width * fall)
  EXPECT_NEAR(static_cast<double>(outcomes.DayOf(task, 50)), 480.4, 12);
  EXPECT_NEAR(static_cast<double>(outcomes.DayOf(task, 80)), 671.3, 12);
  EXPECT_NEAR(static_cast<double>(outcomes.DayOf(task, 95)), 835.7, 12);
  EXPECT_EQ(outcomes.critical[task], 10'000);
}

TEST(Simulate, TheLaterOfTwoIsAsTheyAreTogether) {
  for (const bool is_together : {false, true}) {
    Simulation simulation = OnDays({});
    const TaskId left = Add(simulation, {0, 500, 1000}, 1);
    const TaskId right = Add(simulation, {0, 500, 1000}, is_together ? 1 : 2);
    const TaskId both = Add(simulation, {}, 0);
    simulation.network.edges = {{left, both}, {right, both}};
    const Outcomes outcomes = Played(simulation);
    // Half of all lie below 500, so a quarter has both there.
    EXPECT_NEAR(static_cast<double>(RunsBy(outcomes, left, 500)), 5000, 200);
    EXPECT_NEAR(static_cast<double>(RunsBy(outcomes, both, 500)), is_together ? 5000 : 2500, 200);
    EXPECT_NEAR(static_cast<double>(outcomes.critical[left]), is_together ? 10'000 : 5000, 200);
    EXPECT_EQ(outcomes.critical[both], 10'000);
  }
}

TEST(Simulate, AMishapCostsItsChanceTimesItsDelay) {
  Simulation simulation = OnDays({});
  const TaskId first = Add(simulation, {10, 10, 10}, 0);
  const TaskId second = Add(simulation, {5, 5, 5}, 0);
  const TaskId beside = Add(simulation, {20, 20, 20}, 0);
  simulation.network.edges = {{first, second}};
  simulation.network.tasks[second].deadline = kStart + 20 * kDay;
  simulation.targets = {second};
  simulation.mishaps = {{.variable = 9,
                         .chance = kCertain / 10 * 3,
                         .delay = {10 * kDay, 10 * kDay, 10 * kDay},
                         .tasks = {first},
                         .loss = {100, 200, 300}}};
  simulation.penalties = {{{{first, first, 12 * kDay}}, 10, 1000}};
  const Outcomes outcomes = Played(simulation);
  const int64_t late = outcomes.targets[0].late_runs;
  EXPECT_NEAR(static_cast<double>(late), 3000, 140);
  EXPECT_EQ(outcomes.lost[0], late * 10 * kDay);
  EXPECT_EQ(outcomes.targets[0].lost[0], late * 10 * kDay);
  EXPECT_EQ(outcomes.DayOf(second, 50), 14U);
  EXPECT_EQ(outcomes.DayOf(second, 80), 24U);
  EXPECT_EQ(outcomes.DayOf(beside, 95), 19U);
  EXPECT_EQ(outcomes.critical[beside], 0);
  // Eight days at 10 in three of ten runs.
  EXPECT_EQ(outcomes.mean_penalty[0], late * 80 / 10'000);
  EXPECT_EQ(outcomes.losses.front(), 0);
  EXPECT_GT(outcomes.losses.back(), 180);
}

TEST(Simulate, WhatStartsLaterIsNotHit) {
  Simulation simulation = OnDays({});
  const TaskId task = Add(simulation, {10, 10, 10}, 0);
  simulation.network.tasks[task].not_before = kStart + 5 * kDay;
  simulation.mishaps = {{.variable = 9,
                         .chance = kCertain,
                         .delay = {kDay, kDay, kDay},
                         .tasks = {task},
                         .loss = {}}};
  EXPECT_EQ(Played(simulation).DayOf(task, 50), 15U);
  simulation.mishaps[0].until = kStart + 4 * kDay;
  EXPECT_EQ(Played(simulation).DayOf(task, 50), 14U);
}

// A mishap leaves what was done about it leaves: to what starts after that, and to nothing before.
TEST(Simulate, WhatIsMitigatedComesByWhatIsLeft) {
  Simulation simulation = OnDays({});
  const TaskId task = Add(simulation, {10, 10, 10}, 0);
  const TaskId done = Add(simulation, {3, 3, 3}, 0);
  simulation.network.tasks[task].not_before = kStart + 3 * kDay;
  simulation.targets = {task};
  simulation.mishaps = {{.variable = 9,
                         .chance = kCertain,
                         .delay = {8 * kDay, 8 * kDay, 8 * kDay},
                         .tasks = {task},
                         .loss = {100, 100, 100},
                         .mitigated_by = {done},
                         .chance_left = kCertain / 4,
                         .delay_left = {2 * kDay, 2 * kDay, 2 * kDay}}};
  const Outcomes outcomes = Played(simulation);
  EXPECT_NEAR(static_cast<double>(outcomes.came[0]), 2500, 140);
  EXPECT_EQ(outcomes.lost[0], outcomes.came[0] * 2 * kDay);
  EXPECT_EQ(outcomes.DayOf(task, 50), 12U);
  EXPECT_EQ(outcomes.DayOf(task, 95), 14U);
  // A day earlier it is not there yet.
  simulation.network.tasks[task].not_before = kStart + 2 * kDay;
  const Outcomes open = Played(simulation);
  EXPECT_EQ(open.came[0], 10'000);
  EXPECT_EQ(open.lost[0], 10'000 * 8 * kDay);
  // What waits for the task that is hit comes too late for it.
  simulation.network.edges = {{task, done}};
  EXPECT_EQ(Played(simulation).came[0], 10'000);
}

// Without the mishap that delays what is done about another one, that one is milder.
TEST(Simulate, WhatIsLostCountsWhatCameTooLate) {
  Simulation simulation = OnDays({});
  const TaskId task = Add(simulation, {10, 10, 10}, 0);
  const TaskId done = Add(simulation, {3, 3, 3}, 0);
  simulation.network.tasks[task].not_before = kStart + 3 * kDay;
  simulation.targets = {task};
  const Triangle days = {5 * kDay, 5 * kDay, 5 * kDay};
  simulation.mishaps = {
      {.variable = 9, .chance = kCertain, .delay = days, .tasks = {task}, .loss = {}, .mitigated_by = {done}},
      {.variable = 8, .chance = kCertain, .delay = days, .tasks = {done}, .loss = {}}};
  const Outcomes outcomes = Played(simulation);
  EXPECT_EQ(outcomes.lost[0], 10'000 * 5 * kDay);
  EXPECT_EQ(outcomes.lost[1], 10'000 * 5 * kDay);
}

// Where a task rests over days, so does its delay.
TEST(Simulate, ADelayGoesByInTheHoursOfItsTask) {
  Simulation simulation = OnDays({});
  const TaskId task = Add(simulation, {10, 10, 10}, 0);
  simulation.network.calendars.emplace_back(Spans{
      {kStart, kStart + 12 * kDay}, {kStart + 20 * kDay, kStart + 2000 * kDay}});
  simulation.mishaps = {{.variable = 9,
                         .chance = kCertain,
                         .delay = {5 * kDay, 5 * kDay, 5 * kDay},
                         .tasks = {task},
                         .loss = {},
                         .calendars = {0}}};
  EXPECT_EQ(Played(simulation).DayOf(task, 50), 22U);
}

TEST(Simulate, WhatIsDoneStaysDone) {
  Simulation simulation = OnDays({});
  const TaskId task = Add(simulation, {10, 20, 60}, 1);
  simulation.network.now = kStart + 15 * kDay;
  simulation.network.tasks[task].started = kStart;
  simulation.network.tasks[task].remaining = 5 * kDay;
  const Outcomes outcomes = Played(simulation);
  // It takes 10 to 60 days in all, and it is not done after 15.
  EXPECT_EQ(outcomes.finishes[task].first_day, 14U);
  EXPECT_EQ(outcomes.finishes[task].likely_day, 19U);
  EXPECT_GT(outcomes.DayOf(task, 95), 45U);
  simulation.network.tasks[task].finished = kStart + 12 * kDay;
  EXPECT_EQ(Played(simulation).DayOf(task, 95), 11U);
}

TEST(Simulate, TasksThatWaitForEachOtherHaveNoOutcome) {
  Simulation simulation = OnDays({});
  Add(simulation, {1, 1, 1}, 0);
  Add(simulation, {1, 1, 1}, 0);
  simulation.network.edges = {{0, 1}, {1, 0}};
  EXPECT_FALSE(Simulate(simulation));
}

// Some tasks with calendars, teams, lags of all sorts, and what is uncertain about them.
struct Random {
  Network network;
  Workforce workforce;
  Simulation simulation;

  Random(uint64_t seed, int64_t count) {
    Dice dice(seed);
    const Spans office = SpansOf(Office(), {At({2027, 1, 1}), At({2040, 1, 1})});
    network.start = kStart;
    network.calendars.emplace_back(office);
    for (int64_t team = 0; team < 3; ++team) {
      workforce.teams.push_back(Times(office, {{kStart - kDay, 1 + dice.Roll(3)}}));
    }
    for (TaskId id = 0; id < count; ++id) {
      Task task = {.work = (1 + dice.Roll(10)) * kWorkday / 2, .calendar = 0};
      Job job;
      switch (dice.Roll(4)) {
        case 0:
          job.needs = {{static_cast<TeamId>(dice.Roll(3)), 1}};
          break;
        case 1:
          job.teams = {static_cast<TeamId>(dice.Roll(3))};
          break;
        case 2:
          job.teams = {static_cast<TeamId>(dice.Roll(3))};
          job.most = 1;
          job.priority = static_cast<int32_t>(dice.Roll(1000));
          break;
        default:
          task.calendar = kClock;
      }
      network.tasks.push_back(task);
      workforce.jobs.push_back(job);
      for (int64_t edges = dice.Roll(3); id > 0 && edges > 0; --edges) {
        network.edges.push_back(
            {static_cast<TaskId>(dice.Roll(id)),
             id,
             static_cast<Link>(dice.Roll(4)),
             {(dice.Roll(5) - 1) * kHour, static_cast<CalendarId>(dice.Roll(2) - 1)}});
      }
    }
    GiveEffortCalendars(network, workforce);
  }

  auto Levelled() -> timing::Levelled {
    const Graph graph(network);
    return LevelTasks(network, graph, FindOrder(network, graph).tasks, workforce, {2000}).best;
  }
  void MakeSimulation(uint64_t seed) {
    Dice dice(seed);
    simulation = OnDays(KeepOrder(network, workforce, Levelled()));
    simulation.runs = 500;
    for (TaskId id = 0; id < network.tasks.size(); ++id) {
      const Work work = simulation.network.tasks[id].work;
      if (dice.Roll(2) == 0) {
        simulation.uncertain.push_back(
            {id, {work / 2, work, work * 3}, static_cast<uint64_t>(dice.Roll(8))});
      }
      if (dice.Roll(4) == 0) simulation.targets.push_back(id);
    }
    for (VariableId one = 100; one < 104; ++one) AddMishap(one, dice);
  }
  void AddMishap(VariableId variable, Dice &dice) {
    const Minutes delay = dice.Roll(20) * kDay;
    simulation.mishaps.push_back(
        {.variable = variable,
         .chance = kCertain / 100 * static_cast<uint64_t>(dice.Roll(100)),
         .delay = {0, delay / 2, delay},
         .tasks = {static_cast<TaskId>(dice.Roll(static_cast<int64_t>(network.tasks.size())))},
         .loss = {0, 5, 50}});
  }
};

TEST(KeepOrder, PlaysALevelledScheduleAsItIs) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    Random random(seed, 30);
    const Levelled levelled = random.Levelled();
    const Network kept = KeepOrder(random.network, random.workforce, levelled);
    const Analysis analysis = test::Analyzed(kept);
    for (TaskId id = 0; id < kept.tasks.size(); ++id) {
      ASSERT_EQ(ToString(analysis.tasks[id].early.start), ToString(levelled.dates[id].start))
          << seed << " " << id;
      ASSERT_EQ(ToString(analysis.tasks[id].early.finish), ToString(levelled.dates[id].finish))
          << seed << " " << id;
    }
  }
}

TEST(KeepOrder, WhoeverIsFreeFirstGoesOn) {
  // One person does a and then b; when a slips, so does b.
  Network network;
  network.start = kStart;
  network.tasks = {{.work = 2 * kDay}, {.work = kDay}};
  Workforce workforce;
  workforce.teams = {{{kStart, kStart + 100 * kDay, 1}}};
  workforce.jobs = {{.needs = {{0, 1}}, .priority = 900}, {.needs = {{0, 1}}}};
  const Graph graph(network);
  const Levelled levelled = LevelTasks(network, graph, {0, 1}, workforce).best;
  const Network kept = KeepOrder(network, workforce, levelled);
  ASSERT_EQ(kept.edges.size(), 1U);
  const TaskId first = levelled.dates[0].start < levelled.dates[1].start ? 0 : 1;
  EXPECT_EQ(kept.edges[0].from, first);
}

TEST(SimulateProperty, ThreadsChangeNothing) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    Random random(seed, 40);
    random.MakeSimulation(seed);
    const Outcomes one = Played(random.simulation);
    for (const unsigned threads : {2U, 8U}) {
      random.simulation.threads = threads;
      EXPECT_EQ(Played(random.simulation), one);
    }
    random.simulation.seed = 2;
    EXPECT_NE(Played(random.simulation), one);
  }
}

TEST(SimulateProperty, AMishapMoreMakesNothingEarlier) {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    Random random(seed, 30);
    random.MakeSimulation(seed);
    const Outcomes before = Played(random.simulation);
    Dice dice(seed + 1000);
    random.AddMishap(200, dice);
    const Outcomes after = Played(random.simulation);
    for (TaskId id = 0; id < random.network.tasks.size(); ++id) {
      for (const int64_t percent : {5, 50, 80, 95}) {
        EXPECT_GE(after.DayOf(id, percent), before.DayOf(id, percent)) << seed << " " << id;
      }
    }
    for (const Minutes lost : after.lost) EXPECT_GE(lost, 0);
  }
}

}  // namespace
}  // namespace groma::timing
