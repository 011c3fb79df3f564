// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/plain.h"

#include <algorithm>
#include <numeric>

namespace groma::timing {
namespace {

// The calendar that all tasks and lags have, if it is one.
auto CommonCalendar(const Network &network) -> std::optional<CalendarId> {
  std::optional<CalendarId> common;
  const auto agrees = [&](CalendarId calendar) {
    if (!common) common = calendar;
    return *common == calendar;
  };
  for (const Task &task : network.tasks) {
    if (task.work > 0 && !agrees(task.calendar)) return std::nullopt;
  }
  for (const Edge &edge : network.edges) {
    if (edge.lag.work != 0 && !agrees(edge.lag.calendar)) return std::nullopt;
  }
  return common.value_or(kClock);
}

// The people of a team that has the same number throughout the time of a calendar.
auto SteadyTeam(const Calendar &calendar, const Spans &team, Moment start)
    -> std::optional<int64_t> {
  if (calendar.is_clock()) {
    if (team.size() != 1 || team.front().begin > start) return std::nullopt;
    return team.front().rate;
  }
  const llvm::ArrayRef<Span> spans = calendar.spans();
  if (team.size() != spans.size() || team.empty()) return std::nullopt;
  for (size_t i = 0; i < spans.size(); ++i) {
    if (team[i].begin != spans[i].begin || team[i].end != spans[i].end || spans[i].rate != 1 ||
        team[i].rate != team.front().rate) {
      return std::nullopt;
    }
  }
  return team.front().rate;
}

auto IsPlain(const Task &task, const Job &job, CalendarId calendar) -> bool {
  return !task.is_unbroken && !task.fixed_start && !task.fixed_finish && !task.started &&
         !task.finished && task.deadline >= kNever && job.teams.empty() &&
         (!job.is_splittable || job.needs.empty()) && (task.calendar == calendar || task.work == 0);
}

// By how much the start of the one must be after that of the other.
auto Distance(const Network &network, const Edge &edge) -> Work {
  const Work before = LeavesFinish(edge.link) ? network.tasks[edge.from].work : 0;
  const Work after = EntersFinish(edge.link) ? network.tasks[edge.to].work : 0;
  return before + edge.lag.work - after;
}

void Shrink(Plain &plain) {
  Work tick = 0;
  for (const PlainTask &task : plain.tasks) tick = std::gcd(tick, std::gcd(task.length, task.from));
  for (const PlainArc &arc : plain.arcs) tick = std::gcd(tick, arc.distance);
  plain.tick = std::max<Work>(1, tick);
  for (PlainTask &task : plain.tasks) {
    task.length /= plain.tick;
    task.from /= plain.tick;
  }
  for (PlainArc &arc : plain.arcs) arc.distance /= plain.tick;
}

}  // namespace

auto PlainOf(const Network &network, llvm::ArrayRef<TaskId> order, const Workforce &workforce)
    -> std::optional<Plain> {
  const auto common = CommonCalendar(network);
  if (!common) return std::nullopt;
  const Calendar &calendar = network.calendar(*common);
  Plain plain;
  plain.calendar = *common;
  const Moment start = std::max(network.start, network.now);
  plain.origin = calendar.WorkAt(start);
  for (const Spans &team : workforce.teams) {
    const auto people = SteadyTeam(calendar, team, start);
    if (!people) return std::nullopt;
    plain.teams.push_back(*people);
  }
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    const Task &task = network.tasks[id];
    const Job &job = workforce.jobs[id];
    if (!IsPlain(task, job, *common)) return std::nullopt;
    const Work from = std::max(plain.origin, calendar.WorkAt(task.not_before)) - plain.origin;
    plain.tasks.push_back({task.work, from, task.work > 0 ? job.needs : std::vector<Need>()});
  }
  const auto goal = static_cast<TaskId>(plain.tasks.size());
  std::vector<std::vector<PlainArc>> arcs(goal);
  for (const Edge &edge : network.edges) {
    arcs[edge.from].push_back({edge.from, edge.to, Distance(network, edge)});
  }
  for (const TaskId id : order) {
    plain.arcs.insert(plain.arcs.end(), arcs[id].begin(), arcs[id].end());
    plain.arcs.push_back({id, goal, plain.tasks[id].length});
  }
  plain.tasks.push_back({});
  Shrink(plain);
  return plain;
}

}  // namespace groma::timing
