// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/overload.h"

#include <algorithm>

namespace groma::timing {
namespace {

// What a task must have of a team.
struct Load {
  TaskId task = 0;
  Moment from = 0;
  Moment until = 0;
  Work work = 0;
};

// Beyond so many of them only the time until the last is looked at: the others take their square.
constexpr size_t kManyLoads = 600;

auto LoadsOf(const Network &network, const Analysis &analysis, const Workforce &workforce)
    -> std::vector<std::vector<Load>> {
  std::vector<std::vector<Load>> loads(workforce.teams.size());
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    const Task &task = network.tasks[id];
    const Job &job = workforce.jobs[id];
    // What is said to be so is so, whatever a team can do.
    if (task.finished || task.fixed_start || task.fixed_finish) continue;
    const Dates window = {std::max(analysis.tasks[id].early.start, network.now),
                          analysis.tasks[id].late.finish};
    const Work left = task.started ? task.remaining : task.work;
    if (left == 0) continue;
    if (job.teams.size() == 1) {
      loads[job.teams.front()].push_back({id, window.start, window.finish, left});
    } else if (job.teams.empty()) {
      for (const Need &need : job.needs) {
        loads[need.team].push_back({id, window.start, window.finish, left * need.people});
      }
    }
  }
  return loads;
}

// Of loads in the order of their `from`, the last first.
auto OverloadUntil(llvm::ArrayRef<Load> loads, const Calendar &capacity, Moment until)
    -> std::optional<Overload> {
  const Work end = capacity.WorkAt(until);
  Work needed = 0;
  for (const Load &load : loads) {
    if (load.until > until) continue;
    needed += load.work;
    const Work available = end - capacity.WorkAt(load.from);
    if (needed <= available) continue;
    Overload overload;
    overload.from = load.from;
    overload.until = until;
    overload.needed = needed;
    overload.available = std::max<Work>(0, available);
    for (const Load &other : loads) {
      if (other.from >= load.from && other.until <= until) overload.tasks.push_back(other.task);
      if (&other == &load) break;
    }
    std::ranges::sort(overload.tasks);
    return overload;
  }
  return std::nullopt;
}

}  // namespace

auto FindOverload(const Network &network, const Analysis &analysis, const Workforce &workforce)
    -> std::optional<Overload> {
  auto all = LoadsOf(network, analysis, workforce);
  for (TeamId team = 0; team < all.size(); ++team) {
    std::vector<Load> &loads = all[team];
    std::ranges::stable_sort(loads, std::ranges::greater(), &Load::from);
    std::vector<Moment> ends;
    for (const Load &load : loads) {
      if (load.until < kNever) ends.push_back(load.until);
    }
    std::ranges::sort(ends);
    ends.erase(std::ranges::unique(ends).begin(), ends.end());
    if (loads.size() > kManyLoads && !ends.empty()) ends = {ends.back()};
    const Calendar capacity(workforce.teams[team]);
    for (const Moment until : ends) {
      if (auto overload = OverloadUntil(loads, capacity, until)) {
        overload->team = team;
        return overload;
      }
    }
  }
  return std::nullopt;
}

auto DeadlineOverload(const Network &network, const Graph &graph, llvm::ArrayRef<TaskId> order,
                      const Workforce &workforce) -> std::optional<Overload> {
  return FindOverload(network, AnalyzeUntil(network, graph, order, kNever), workforce);
}

}  // namespace groma::timing
