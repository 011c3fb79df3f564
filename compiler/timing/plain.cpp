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
    if (edge.lag.months != 0) return std::nullopt;
    if (edge.lag.work != 0 && !agrees(edge.lag.calendar)) return std::nullopt;
  }
  return common.value_or(kClock);
}

// How many of a team there are in the time of a calendar, by its work since `origin`.
auto TeamOn(const Calendar &calendar, const Spans &team, Work origin) -> Spans {
  std::vector<Span> people;
  const Spans working(calendar.spans().begin(), calendar.spans().end());
  for (const Span &span : calendar.is_clock() ? team : Intersection(team, working)) {
    const Work begin = std::max<Work>(0, calendar.WorkAt(span.begin) - origin);
    people.push_back({begin, calendar.WorkAt(span.end) - origin, span.rate});
  }
  return Sum(people);
}

// In ticks; what is after the last tick that is known is left out.
auto PlainTeamOf(const Spans &people, Work tick, int64_t last) -> PlainTeam {
  PlainTeam team;
  team.changes.push_back({});
  const auto change = [&](int64_t at, int64_t to) {
    const PlainTeam::Change &before = team.changes.back();
    const int64_t work = before.before + (at - before.tick) * before.people;
    if (before.tick == at) team.changes.pop_back();
    team.changes.push_back({at, to, work});
  };
  for (const Span &span : people) {
    if (span.begin / tick >= last) break;
    change(span.begin / tick, span.rate);
    change(std::min(last, span.end / tick), 0);
  }
  return team;
}

auto IsPlain(const Task &task, const Job &job, CalendarId calendar) -> bool {
  return !task.is_unbroken && !task.is_aside && !task.fixed_start && !task.fixed_finish && !task.started &&
         !task.finished && task.deadline >= kNever && job.teams.empty() &&
         (!job.is_splittable || job.needs.empty()) && (task.calendar == calendar || task.work == 0);
}

// By how much the start of the one must be after that of the other.
auto Distance(const Network &network, const Edge &edge) -> Work {
  const Work before = LeavesFinish(edge.link) ? network.tasks[edge.from].work : 0;
  const Work after = EntersFinish(edge.link) ? network.tasks[edge.to].work : 0;
  return before + edge.lag.work - after;
}

// The coarsest tick at whose multiples all can start that has to be looked at.
void ChooseTick(Plain &plain, llvm::ArrayRef<Spans> teams) {
  Work tick = 0;
  for (const PlainTask &task : plain.tasks) tick = std::gcd(tick, std::gcd(task.length, task.from));
  for (const PlainArc &arc : plain.arcs) tick = std::gcd(tick, arc.distance);
  Work end = kNever;
  for (const Spans &people : teams) {
    for (const Span &span : people) {
      tick = std::gcd(tick, span.begin);
      // Where the horizon ends is nothing that happens.
      if (&span != &people.back()) tick = std::gcd(tick, span.end);
    }
    if (!people.empty()) end = std::min(end, people.back().end);
  }
  plain.tick = std::max<Work>(1, tick);
  plain.last = end / plain.tick;
  for (PlainTask &task : plain.tasks) {
    task.length /= plain.tick;
    task.from /= plain.tick;
  }
  for (PlainArc &arc : plain.arcs) arc.distance /= plain.tick;
  for (const Spans &people : teams) {
    plain.teams.push_back(PlainTeamOf(people, plain.tick, plain.last));
  }
}

}  // namespace

auto PlainTeam::PeopleAt(int64_t tick) const -> int64_t {
  const auto after = std::ranges::upper_bound(changes, tick, {}, &Change::tick);
  return std::prev(after)->people;
}

auto PlainTeam::WorkUntil(int64_t tick) const -> int64_t {
  const auto after = std::ranges::upper_bound(changes, tick, {}, &Change::tick);
  return std::prev(after)->before + (tick - std::prev(after)->tick) * std::prev(after)->people;
}

auto PlainTeam::Most() const -> int64_t {
  return std::ranges::max_element(changes, {}, &Change::people)->people;
}

auto PlainOf(const Network &network, llvm::ArrayRef<TaskId> order, const Workforce &workforce)
    -> std::optional<Plain> {
  const auto common = CommonCalendar(network);
  if (!common) return std::nullopt;
  const Calendar &calendar = network.calendar(*common);
  Plain plain;
  plain.calendar = *common;
  const Moment start = std::max(network.start, network.now);
  plain.origin = calendar.WorkAt(start);
  std::vector<Spans> teams;
  for (const Spans &team : workforce.teams) {
    teams.push_back(TeamOn(calendar, team, plain.origin));
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
  ChooseTick(plain, teams);
  return plain;
}

}  // namespace groma::timing
