// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "groma/timing/level.h"

namespace groma::timing {
namespace {

// Work that only one team can do, from a moment on.
struct Load {
  Moment from = 0;
  Work work = 0;
};

}  // namespace

auto FinishBound(const Network &network, const Analysis &analysis, const Workforce &workforce)
    -> Moment {
  std::vector<std::vector<Load>> loads(workforce.teams.size());
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    const Task &task = network.tasks[id];
    const Job &job = workforce.jobs[id];
    // What is said to be so counts as it is said, whatever a team can do.
    if (task.finished || task.fixed_start || task.fixed_finish) continue;
    const Work left = task.started ? task.remaining : task.work;
    const Moment from = std::max(analysis.tasks[id].early.start, network.now);
    if (job.teams.size() == 1) loads[job.teams.front()].push_back({from, left});
    if (!job.teams.empty()) continue;
    for (const Need &need : job.needs) loads[need.team].push_back({from, left * need.people});
  }
  Moment bound = analysis.finish;
  for (size_t team = 0; team < loads.size(); ++team) {
    std::ranges::stable_sort(loads[team], std::ranges::greater(), &Load::from);
    const Calendar capacity(workforce.teams[team]);
    Work work = 0;
    for (const Load &load : loads[team]) {
      work += load.work;
      bound = std::max(bound, capacity.Add(load.from, work));
    }
  }
  return bound;
}

}  // namespace groma::timing
