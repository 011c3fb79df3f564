// SPDX-License-Identifier: Apache-2.0
// Why a task is when it is, in a schedule in which people are shared.
#pragma once

#include "groma/timing/critical_path.h"
#include "groma/timing/workforce.h"

namespace groma::timing {

struct Wait {
  // What it waits for beside people; if it waits for people, what came before that.
  Cause cause;
  // It could have been earlier if this team had been free.
  std::optional<TeamId> team = std::nullopt;
  // On what the team worked meanwhile, those first that it worked on last.
  std::vector<TaskId> holders;
};

[[nodiscard]] auto WaitOf(const Network &network, const Graph &graph, const Workforce &workforce,
                          const Levelled &schedule, TaskId task) -> Wait;

// One after the other, what leads to the dates of `task`: each waits for the one before it, by an
// edge or because that had the team.
[[nodiscard]] auto WaitChainTo(const Network &network, const Graph &graph,
                               const Workforce &workforce, const Levelled &schedule, TaskId task)
    -> std::vector<TaskId>;

}  // namespace groma::timing
