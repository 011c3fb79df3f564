// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "groma/timing/level.h"
#include "groma/timing/overload.h"

namespace groma::timing {
namespace {

// The end of the time in which a team could do all that only it can do, from each moment on.
auto WorkBound(const Network &network, const Analysis &analysis, const Workforce &workforce)
    -> Moment {
  struct Load {
    Moment from = 0;
    Work work = 0;
  };
  std::vector<std::vector<Load>> loads(workforce.teams.size());
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    const Task &task = network.tasks[id];
    const Job &job = workforce.jobs[id];
    // What is said to be so counts as it is said, whatever a team can do.
    if (task.finished || task.fixed_start || task.fixed_finish || task.is_aside) continue;
    const Work left = task.started ? task.remaining : task.work;
    const Moment from = std::max(analysis.tasks[id].early.start, network.now);
    if (job.teams.size() == 1) loads[job.teams.front()].push_back({from, left});
    if (!job.teams.empty()) continue;
    for (const Need &need : job.needs) loads[need.team].push_back({from, left * need.people});
  }
  Moment bound = analysis.finish;
  for (TeamId team = 0; team < loads.size(); ++team) {
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

}  // namespace

auto FinishBound(const Network &network, const Graph &graph, llvm::ArrayRef<TaskId> order,
                 const Analysis &analysis, const Workforce &workforce, Moment known) -> Moment {
  Moment bound = WorkBound(network, analysis, workforce);
  // Each try goes over all tasks.
  constexpr size_t kManyTasks = 2000;
  if (bound >= known || known >= kNever || network.tasks.size() > kManyTasks) return bound;
  // A schedule may miss deadlines and finish early all the same.
  Network free = network;
  for (Task &task : free.tasks) task.deadline = kNever;
  // What cannot be finished by a moment cannot be by an earlier one.
  for (Moment until = known; bound < until;) {
    const Moment middle = bound + (until - bound) / 2;
    if (FindOverload(free, AnalyzeUntil(free, graph, order, middle), workforce)) {
      bound = middle + 1;
    } else {
      until = middle;
    }
  }
  return bound;
}

}  // namespace groma::timing
