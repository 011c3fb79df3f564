// SPDX-License-Identifier: Apache-2.0
// What the dates and slacks mean, on networks of all sorts: nothing can be earlier, and a task can
// be later by its slack and not by a minute more.
#include <gtest/gtest.h>

#include <ctime>
#include <iostream>

#include "groma/timing/critical_path.h"
#include "networks.h"

namespace groma::timing {
namespace {

using test::Analyzed;
using test::Dice;

auto RandomNetwork(uint64_t seed) -> Network {
  Dice dice(seed);
  Network network;
  network.start = At({2027, 3, 1}) + dice.Roll(7 * kDay);
  const Horizon horizon = {At({2025, 1, 1}), At({2030, 1, 1})};
  network.calendars.emplace_back(SpansOf(test::Office("America/New_York"), horizon));
  network.calendars.emplace_back(SpansOf(test::Office("Asia/Tokyo"), horizon));
  network.calendars.emplace_back(
      Times(SpansOf(test::Office(), horizon), {{horizon.from, 2}, {At({2027, 3, 9}), 5}}));
  const auto calendar = [&] { return static_cast<CalendarId>(dice.Roll(4) - 1); };
  const int64_t count = 2 + dice.Roll(9);
  for (int64_t i = 0; i < count; ++i) {
    Task task{.work = dice.Roll(5) == 0 ? 0 : dice.Roll(3000), .calendar = calendar()};
    if (dice.Roll(8) == 0) task.not_before = network.start + dice.Roll(20 * kDay);
    if (dice.Roll(8) == 0) task.deadline = network.start + dice.Roll(40 * kDay);
    if (dice.Roll(8) == 0 && task.calendar != 2) {
      task.work = dice.Roll(4 * kHour);
      task.is_unbroken = true;
    }
    network.tasks.push_back(task);
  }
  for (int64_t i = dice.Roll(2 * count); i > 0; --i) {
    const auto to = static_cast<TaskId>(1 + dice.Roll(count - 1));
    network.edges.push_back({static_cast<TaskId>(dice.Roll(to)),
                             to,
                             static_cast<Link>(dice.Roll(4)),
                             {dice.Roll(2) * (dice.Roll(4000) - 1500), calendar()}});
  }
  return network;
}

// How late the network or what has a deadline is.
auto Lateness(const Network &network, const Analysis &analysis) -> std::vector<Minutes> {
  std::vector<Minutes> late = {analysis.finish};
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    if (network.tasks[id].deadline < kNever) {
      late.push_back(std::max(network.tasks[id].deadline, analysis.tasks[id].early.finish));
    }
  }
  return late;
}

TEST(CriticalPathProperty, NothingCanBeEarlier) {
  for (uint64_t seed = 0; seed < 600; ++seed) {
    SCOPED_TRACE(seed);
    const Network network = RandomNetwork(seed);
    const Analysis analysis = Analyzed(network);
    for (const Edge &edge : network.edges) {
      const Dates &from = analysis.tasks[edge.from].early;
      const Dates &to = analysis.tasks[edge.to].early;
      EXPECT_GE(EntersFinish(edge.link) ? to.finish : to.start,
                network.AfterLag(edge.lag, LeavesFinish(edge.link) ? from.finish : from.start));
    }
    for (TaskId id = 0; id < network.tasks.size(); ++id) {
      const Task &task = network.tasks[id];
      const TaskDates &dates = analysis.tasks[id];
      const Calendar &calendar = network.calendar(task.calendar);
      EXPECT_GE(dates.early.start, std::max(network.start, task.not_before));
      EXPECT_GE(calendar.WorkAt(dates.early.finish) - calendar.WorkAt(dates.early.start),
                task.work);
      // A minute earlier its cause would not hold, or nobody works.
      const Dates earlier = Earliest(network, task,
                                     {dates.cause.is_finish ? kEver : dates.cause.bound,
                                      dates.cause.is_finish ? dates.cause.bound : kEver});
      EXPECT_EQ(earlier, dates.early);
    }
  }
}

TEST(CriticalPathProperty, ATaskCanBeLaterByItsSlackAndNoMore) {
  int exact = 0;
  for (uint64_t seed = 0; seed < 600; ++seed) {
    SCOPED_TRACE(seed);
    const Network network = RandomNetwork(seed);
    const Analysis analysis = Analyzed(network);
    const std::vector<Minutes> late = Lateness(network, analysis);
    const bool is_late = !MissedDeadlines(network, analysis).empty();
    for (TaskId id = 0; id < network.tasks.size(); ++id) {
      SCOPED_TRACE(id);
      const TaskDates &dates = analysis.tasks[id];
      // Where a deadline is missed anyway, something else may have room before it is missed by
      // more.
      if (is_late) continue;
      Network later = network;
      Moment &not_before = later.tasks[id].not_before;
      not_before = std::max(not_before, dates.late.start);
      EXPECT_EQ(Lateness(later, Analyzed(later)), late);
      not_before = dates.late.start + 1;
      EXPECT_NE(Lateness(later, Analyzed(later)), late);
      ++exact;
    }
  }
  EXPECT_GT(exact, 1500);
}

TEST(CriticalPathProperty, WithinItsFreeSlackATaskMovesNoOther) {
  for (uint64_t seed = 0; seed < 600; ++seed) {
    SCOPED_TRACE(seed);
    Network network = RandomNetwork(seed);
    // Unbroken work moves from room to room, and people make minutes of work.
    for (Task &task : network.tasks) {
      task.is_unbroken = false;
      if (task.calendar == 2) task.calendar = 1;
    }
    const Analysis analysis = Analyzed(network);
    for (TaskId id = 0; id < network.tasks.size(); ++id) {
      SCOPED_TRACE(id);
      const TaskDates &dates = analysis.tasks[id];
      if (dates.cause.is_finish) continue;
      Network later = network;
      const Calendar &calendar = network.calendar(network.tasks[id].calendar);
      Moment moment = calendar.Add(dates.early.start, dates.free_slack);
      // The end of a day counts like the start of the next, at which it does not start.
      if (network.tasks[id].work > 0 && !calendar.IsWorking(moment)) --moment;
      later.tasks[id].not_before = moment;
      const Analysis moved = Analyzed(later);
      for (TaskId other = 0; other < network.tasks.size(); ++other) {
        if (other == id) continue;
        EXPECT_EQ(moved.tasks[other].early, analysis.tasks[other].early) << other;
      }
    }
  }
}

TEST(CriticalPathProperty, TenThousandTasksTakeLittleTime) {
  Dice dice(1);
  Network network;
  network.start = At({2027, 1, 4});
  const Horizon horizon = {At({2026, 1, 1}), At({2037, 1, 1})};
  for (const char *zone : {"Europe/Berlin", "Asia/Taipei", "America/Chicago"}) {
    network.calendars.emplace_back(SpansOf(test::Office(zone), horizon));
  }
  constexpr TaskId kCount = 10000;
  for (TaskId id = 0; id < kCount; ++id) {
    network.tasks.push_back(
        {.work = dice.Roll(20 * kHour), .calendar = static_cast<CalendarId>(dice.Roll(4) - 1)});
    for (int i = 0; i < 3 && id > 0; ++i) {
      const auto from = static_cast<TaskId>(id - 1 - dice.Roll(std::min<TaskId>(id, 200)));
      network.edges.push_back({from,
                               id,
                               static_cast<Link>(dice.Roll(4)),
                               {dice.Roll(600), static_cast<CalendarId>(dice.Roll(4) - 1)}});
    }
  }
  const std::clock_t start = std::clock();
  const Analysis analysis = Analyzed(network);
  const auto milliseconds = 1000 * (std::clock() - start) / CLOCKS_PER_SEC;
  EXPECT_LT(analysis.finish, kNever);
  std::cout << "10,000 tasks: " << milliseconds << " ms of processor time\n";
}

}  // namespace
}  // namespace groma::timing
