// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/waits.h"

#include <algorithm>
#include <map>

#include "bounds_of.h"

namespace groma::timing {
namespace {

// Until when a team worked on other tasks in a stretch of time, by task.
using Until = std::map<TaskId, Moment>;

auto WorkedOn(const Levelled &schedule, TeamId team, TaskId self, Moment from, Moment until)
    -> Until {
  Until worked;
  for (const Booking &booking : schedule.bookings) {
    if (booking.team != team || booking.task == self) continue;
    if (booking.span.begin >= until || booking.span.end <= from) continue;
    Moment &last = worked.try_emplace(booking.task, kEver).first->second;
    last = std::max(last, booking.span.end);
  }
  return worked;
}

auto ReasonFor(const Task &task, const BoundCauses &bounds, const Dates &alone, const Dates &dates)
    -> Cause {
  if (task.started || task.finished) {
    return {.reason = Reason::Actual, .bound = task.started ? *task.started : *task.finished};
  }
  if (task.fixed_start) return {.reason = Reason::FixedStart, .bound = *task.fixed_start};
  if (task.fixed_finish) {
    return {.reason = Reason::FixedFinish, .is_finish = true, .bound = *task.fixed_finish};
  }
  return alone == dates ? bounds.start : bounds.finish;
}

}  // namespace

auto WaitOf(const Network &network, const Graph &graph, const Workforce &workforce,
            const Levelled &schedule, TaskId task) -> Wait {
  const auto dates_of = [&](TaskId id) -> const Dates & { return schedule.dates[id]; };
  const BoundCauses bounds = BoundsOf(network, graph, task, dates_of);
  const Dates &ready = schedule.ready[task];
  const Dates &dates = schedule.dates[task];
  const Dates alone = Earliest(network, network.tasks[task], {bounds.start.bound, kEver});
  Wait wait;
  wait.cause = ReasonFor(network.tasks[task], bounds, alone, ready);
  const Job &job = workforce.jobs[task];
  if (dates == ready || (job.teams.empty() && job.needs.empty())) return wait;
  std::vector<TeamId> teams = {schedule.team[task]};
  if (job.teams.empty()) {
    teams.clear();
    for (const Need &need : job.needs) teams.push_back(need.team);
  }
  // Held back from its start if that is later, and else from its finish.
  const Moment until = dates.start > ready.start ? dates.start : dates.finish;
  Until latest;
  for (const TeamId team : teams) {
    Until worked = WorkedOn(schedule, team, task, ready.start, until);
    const auto last = [](const Until &map) {
      Moment end = kEver;
      for (const auto &[id, moment] : map) end = std::max(end, moment);
      return end;
    };
    if (!wait.team || last(worked) > last(latest)) {
      wait.team = team;
      latest = std::move(worked);
    }
  }
  for (const auto &[id, moment] : latest) wait.holders.push_back(id);
  std::ranges::stable_sort(wait.holders, std::ranges::greater(),
                           [&](TaskId id) { return latest.at(id); });
  return wait;
}

auto WaitChainTo(const Network &network, const Graph &graph, const Workforce &workforce,
                 const Levelled &schedule, TaskId task) -> std::vector<TaskId> {
  std::vector<TaskId> chain;
  std::vector<bool> seen(network.tasks.size());
  // Work that is split may wait for work that waits for it.
  while (!seen[task]) {
    seen[task] = true;
    chain.push_back(task);
    const Wait wait = WaitOf(network, graph, workforce, schedule, task);
    if (!wait.holders.empty()) {
      task = wait.holders.front();
    } else if (wait.cause.reason == Reason::Edge) {
      task = network.edges[wait.cause.edge].from;
    }
  }
  return {chain.rbegin(), chain.rend()};
}

}  // namespace groma::timing
