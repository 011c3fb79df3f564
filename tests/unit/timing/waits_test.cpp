// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/waits.h"

#include <gtest/gtest.h>

#include "groma/timing/level.h"
#include "networks.h"

namespace groma::timing {
namespace {

using test::kWorkday;

TEST(Waits, AreForEdgesForTeamsAndForDays) {
  Network network;
  network.start = At({2027, 3, 1}, 8);
  const Spans office = SpansOf(test::Office(), {At({2027, 1, 1}), At({2029, 1, 1})});
  Workforce workforce;
  workforce.teams = {office};
  const auto add = [&](int64_t days, Job job, Moment not_before = kEver) {
    network.tasks.push_back({.work = days * kWorkday, .not_before = not_before});
    workforce.jobs.push_back(std::move(job));
  };
  add(2, {.teams = {0}, .priority = 900});
  add(1, {.teams = {0}, .priority = 100});
  add(0, {});
  add(1, {.teams = {0}}, At({2027, 3, 15}, 8));
  network.edges = {{1, 2}};
  GiveEffortCalendars(network, workforce);
  const Graph graph(network);
  const Level level = LevelTasks(network, graph, FindOrder(network, graph).tasks, workforce);
  const auto wait = [&](TaskId id) { return WaitOf(network, graph, workforce, level.best, id); };
  EXPECT_EQ(wait(0).cause.reason, Reason::Start);
  EXPECT_FALSE(wait(0).team);
  EXPECT_EQ(wait(1).team, 0);
  EXPECT_EQ(wait(1).holders, (std::vector<TaskId>{0}));
  EXPECT_EQ(wait(2).cause.reason, Reason::Edge);
  EXPECT_EQ(wait(3).cause.reason, Reason::NotBefore);
  EXPECT_EQ(WaitChainTo(network, graph, workforce, level.best, 2), (std::vector<TaskId>{0, 1, 2}));
}

}  // namespace
}  // namespace groma::timing
