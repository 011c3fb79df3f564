// SPDX-License-Identifier: Apache-2.0
// What is proved of a schedule: it is what trying all orders finds, and it moves as it must when
// the problem is changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "groma/timing/level.h"
#include "groma/timing/plain.h"
#include "networks.h"
#include "schedule_check.h"
#include "z3_decider.h"

namespace groma::timing {
namespace {

using test::Dice;

constexpr uint64_t kPlenty = 100'000'000;
constexpr Moment kLong = 100'000;

struct Project {
  Network network;
  Workforce workforce;
};

auto RandomProject(uint64_t seed, int64_t count) -> Project {
  Dice dice(seed);
  Project project;
  for (int team = 0; team < 2; ++team) {
    const Moment change = 3 + dice.Roll(10);
    Spans people = {{0, change, 2 + dice.Roll(3)}, {change, kLong, 2 + dice.Roll(3)}};
    // Now and then nobody is there for a while.
    if (dice.Roll(3) == 0) people[1].begin += 1 + dice.Roll(4);
    project.workforce.teams.push_back(Sum(people));
  }
  for (int64_t i = 0; i < count; ++i) {
    project.network.tasks.push_back({.work = dice.Roll(8)});
    if (dice.Roll(6) == 0) project.network.tasks.back().not_before = dice.Roll(12);
    Job job{.is_splittable = false};
    for (TeamId team = 0; team < 2; ++team) {
      const int64_t people = dice.Roll(3);
      if (people > 0) job.needs.push_back({team, people});
    }
    project.workforce.jobs.push_back(job);
    for (int64_t edges = dice.Roll(3); edges > 0 && i > 0; --edges) {
      const auto link = dice.Roll(3) == 0 ? static_cast<Link>(dice.Roll(4)) : Link::FinishStart;
      project.network.edges.push_back({static_cast<TaskId>(dice.Roll(i)),
                                       static_cast<TaskId>(i),
                                       link,
                                       {dice.Roll(4) == 0 ? dice.Roll(6) - 2 : 0}});
    }
  }
  return project;
}

auto Solve(const Project &project, int64_t placements = 300) -> Level {
  const Graph graph(project.network);
  Level level =
      LevelTasks(project.network, graph, FindOrder(project.network, graph).tasks, project.workforce,
                 {.placements = placements},
                 [] { return std::make_unique<test::ProverDecider>(reason::MakeZ3(), kPlenty); });
  EXPECT_TRUE(level.is_proved);
  EXPECT_EQ(level.best.cost.finish, level.bound);
  EXPECT_EQ(test::FaultsOf(project.network, project.workforce, level.best), "");
  return level;
}

// By trying all starts up to `end`, which is known to be possible.
class Trial {
 public:
  Trial(const Project &project, int64_t end) : best_(end), project_(project) {
    starts_.resize(project.network.tasks.size());
    for (const Spans &team : project.workforce.teams) {
      std::vector<int64_t> &free = free_.emplace_back(end + 1);
      for (const Span &span : team) {
        for (Moment at = span.begin; at < std::min(end + 1, span.end); ++at) free[at] = span.rate;
      }
    }
    Try(0, 0);
  }
  [[nodiscard]] auto best() const -> int64_t { return best_; }

 private:
  auto Put(TaskId id, int64_t start, int64_t sign) -> bool {
    bool fits = true;
    for (const Need &need : project_.workforce.jobs[id].needs) {
      for (int64_t at = start; at < start + project_.network.tasks[id].work; ++at) {
        free_[need.team][at] -= sign * need.people;
        fits = fits && free_[need.team][at] >= 0;
      }
    }
    return fits;
  }
  void Try(TaskId id, int64_t end) {
    if (id == starts_.size()) {
      best_ = std::min(best_, end);
      return;
    }
    const Task &task = project_.network.tasks[id];
    int64_t from = std::max<int64_t>(0, task.not_before);
    for (const Edge &edge : project_.network.edges) {
      if (edge.to != id) continue;
      from = std::max(from,
                      starts_[edge.from] + edge.lag.work +
                          (LeavesFinish(edge.link) ? project_.network.tasks[edge.from].work : 0) -
                          (EntersFinish(edge.link) ? task.work : 0));
    }
    for (starts_[id] = from; starts_[id] + task.work < best_; ++starts_[id]) {
      if (Put(id, starts_[id], 1)) {
        const int64_t start = starts_[id];
        Try(id + 1, std::max(end, start + task.work));
        starts_[id] = start;
      }
      Put(id, starts_[id], -1);
    }
  }

  int64_t best_;
  const Project &project_;
  std::vector<int64_t> starts_;
  std::vector<std::vector<int64_t>> free_;
};

TEST(Proof, IsWhatTryingAllStartsFinds) {
  int harder = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    const Project project = RandomProject(seed, 2 + static_cast<int64_t>(seed % 5));
    const Level level = Solve(project, 1);
    EXPECT_EQ(level.bound, Trial(project, level.best.cost.finish).best());
    const Graph graph(project.network);
    const Analysis analysis = test::Analyzed(project.network);
    if (analysis.finish < level.bound) ++harder;
  }
  EXPECT_GT(harder, 50);
}

TEST(Proof, MorePeopleAreNeverLater) {
  int earlier = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    Project project = RandomProject(seed, 12);
    const Moment before = Solve(project).bound;
    for (Span &span : project.workforce.teams[seed % 2]) ++span.rate;
    const Moment after = Solve(project).bound;
    EXPECT_LE(after, before);
    if (after < before) ++earlier;
  }
  EXPECT_GT(earlier, 5);
}

TEST(Proof, OneMoreEdgeIsNeverEarlier) {
  int later = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    Project project = RandomProject(seed, 12);
    const Moment before = Solve(project).bound;
    const auto to = static_cast<TaskId>(1 + seed % 11);
    project.network.edges.push_back({static_cast<TaskId>(seed % to), to});
    const Moment after = Solve(project).bound;
    EXPECT_GE(after, before);
    if (after > before) ++later;
  }
  EXPECT_GT(later, 5);
}

TEST(Proof, LongerTasksScale) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Project project = RandomProject(seed, 10);
    const Moment before = Solve(project).bound;
    for (Task &task : project.network.tasks) {
      task.work *= 3;
      if (task.not_before > kEver) task.not_before *= 3;
    }
    for (Edge &edge : project.network.edges) edge.lag.work *= 3;
    for (Spans &team : project.workforce.teams) {
      for (Span &span : team) span = {3 * span.begin, 3 * span.end, span.rate};
    }
    EXPECT_EQ(Solve(project).bound, 3 * before);
    // Something that takes one tick keeps ticks as they are.
    project.network.tasks.push_back({.work = 1});
    project.workforce.jobs.push_back({});
    EXPECT_EQ(Solve(project).bound, std::max<Moment>(1, 3 * before));
  }
}

TEST(Proof, DoesNotDependOnNumbersOfTasks) {
  for (uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    const Project project = RandomProject(seed, 12);
    Project renamed = project;
    const auto count = static_cast<TaskId>(project.network.tasks.size());
    for (TaskId id = 0; id < count; ++id) {
      renamed.network.tasks[count - 1 - id] = project.network.tasks[id];
      renamed.workforce.jobs[count - 1 - id] = project.workforce.jobs[id];
    }
    for (Edge &edge : renamed.network.edges) {
      edge.from = count - 1 - edge.from;
      edge.to = count - 1 - edge.to;
    }
    EXPECT_EQ(Solve(renamed).bound, Solve(project).bound);
  }
}

TEST(Proof, OnACalendarTakesAsManyWorkingHours) {
  const Moment start = At({2027, 3, 1}, 8);
  const Spans office = SpansOf(test::Office(), {At({2027, 1, 1}), At({2029, 1, 1})});
  const Calendar calendar(office);
  for (uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    Project project = RandomProject(seed, 10);
    const Moment before = Solve(project).bound;
    project.network.start = start;
    project.network.calendars.push_back(calendar);
    for (Task &task : project.network.tasks) {
      task.calendar = 0;
      if (task.not_before > kEver) {
        task.not_before = calendar.NextWorking(calendar.Add(start, task.not_before * kHour));
      }
      task.work *= kHour;
    }
    for (Edge &edge : project.network.edges) edge.lag = {edge.lag.work * kHour, 0};
    for (Spans &team : project.workforce.teams) {
      std::vector<Span> people;
      for (const Span &span : team) {
        const Moment end = calendar.Add(start, std::min<Work>(span.end, 300) * kHour);
        const Span when = {calendar.NextWorking(calendar.Add(start, span.begin * kHour)), end};
        const Spans part = Intersection(office, {when});
        for (const Span &each : part) people.push_back({each.begin, each.end, span.rate});
      }
      team = Sum(people);
    }
    const Graph graph(project.network);
    const auto plain =
        PlainOf(project.network, FindOrder(project.network, graph).tasks, project.workforce);
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->tick % kHour, 0);
    EXPECT_EQ(Solve(project).bound, calendar.Add(start, before * kHour));
  }
}

TEST(Proof, BoundsWithoutAProverAreBelow) {
  int met = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    const Project project = RandomProject(seed, 12);
    const Graph graph(project.network);
    const Level level = LevelTasks(project.network, graph, FindOrder(project.network, graph).tasks,
                                   project.workforce, {.placements = 5000});
    const Moment truth = Solve(project).bound;
    EXPECT_LE(level.bound, truth);
    EXPECT_GE(level.best.cost.finish, truth);
    if (level.is_proved) ++met;
  }
  EXPECT_GT(met, 30);
}

TEST(Plain, IsRefusedWhereThereIsMoreToIt) {
  Project project = RandomProject(1, 5);
  const Graph graph(project.network);
  const std::vector<TaskId> order = FindOrder(project.network, graph).tasks;
  ASSERT_TRUE(PlainOf(project.network, order, project.workforce));
  Project other = project;
  other.network.tasks[0].deadline = 5;
  EXPECT_FALSE(PlainOf(other.network, order, other.workforce));
  other = project;
  other.network.calendars.emplace_back(Spans{{0, kLong, 1}});
  other.network.tasks[1] = {.work = 3, .calendar = 0};
  other.network.tasks[2] = {.work = 3};
  EXPECT_FALSE(PlainOf(other.network, order, other.workforce));
  other = project;
  other.workforce.jobs[0].teams = {0};
  EXPECT_FALSE(PlainOf(other.network, order, other.workforce));
}

}  // namespace
}  // namespace groma::timing
