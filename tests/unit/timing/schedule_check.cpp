// SPDX-License-Identifier: Apache-2.0
#include "schedule_check.h"

#include <algorithm>
#include <map>

namespace groma::timing::test {
namespace {

// How many are booked of each team, by the moments at which that changes.
auto Overload(const Workforce &workforce, const Levelled &schedule) -> std::string {
  for (TeamId team = 0; team < workforce.teams.size(); ++team) {
    std::map<Moment, int64_t> changes;
    for (const Span &span : workforce.teams[team]) {
      changes[span.begin] += span.rate;
      changes[span.end] -= span.rate;
    }
    for (const Booking &booking : schedule.bookings) {
      if (booking.team != team) continue;
      changes[booking.span.begin] -= booking.span.rate;
      changes[booking.span.end] += booking.span.rate;
    }
    int64_t left = 0;
    for (const auto &[moment, change] : changes) {
      left += change;
      if (left < 0) return "team " + std::to_string(team) + " overbooked at " + ToString(moment);
    }
  }
  return {};
}

auto MostOf(const Job &job, TeamId team) -> int64_t {
  size_t place = 0;
  while (job.teams[place] != team) ++place;
  return job.MostOf(place);
}

auto Pieces(const Network &network, const Workforce &workforce, const Levelled &schedule, TaskId id)
    -> std::string {
  const Task &task = network.tasks[id];
  const Job &job = workforce.jobs[id];
  const std::string name = "task " + std::to_string(id) + " ";
  Work done = 0;
  Moment first = kNever;
  Moment last = kEver;
  std::vector<Span> pieces;
  for (const Booking &booking : schedule.bookings) {
    if (booking.task != id) continue;
    first = std::min(first, booking.span.begin);
    last = std::max(last, booking.span.end);
    if (!job.teams.empty()) {
      if (booking.team != schedule.team[id]) return name + "has two teams";
      if (booking.span.rate > MostOf(job, booking.team)) return name + "has too many people";
      done += booking.span.rate * (booking.span.end - booking.span.begin);
      pieces.push_back(booking.span);
    } else if (booking.team == job.needs.front().team) {
      const Calendar &calendar = network.calendar(task.calendar);
      if (calendar.Between(booking.span.begin, booking.span.end) !=
          booking.span.end - booking.span.begin) {
        return name + "is worked on while nobody works";
      }
      done += booking.span.end - booking.span.begin;
      pieces.push_back(booking.span);
    }
  }
  if (job.teams.empty() && job.needs.empty()) return {};
  if (task.work == 0) return {};
  if (done < task.work) return name + "is not done";
  if (first != schedule.dates[id].start || last > schedule.dates[id].finish) {
    return name + "is worked on outside of its dates";
  }
  const Calendar working = job.teams.empty() ? network.calendar(task.calendar)
                                             : Calendar(workforce.teams[schedule.team[id]]);
  for (size_t i = 0; i + 1 < pieces.size(); ++i) {
    const Moment from = pieces[i].end;
    const Moment to = pieces[i + 1].begin;
    if (task.is_unbroken && from != to) return name + "is broken";
    if (!job.is_splittable && working.Between(from, to) > 0) return name + "is split";
  }
  return {};
}

}  // namespace

auto FaultsOf(const Network &network, const Workforce &workforce, const Levelled &schedule)
    -> std::string {
  for (const Edge &edge : network.edges) {
    const Dates &from = schedule.dates[edge.from];
    const Dates &to = schedule.dates[edge.to];
    if ((EntersFinish(edge.link) ? to.finish : to.start) <
        network.AfterLag(edge.lag, LeavesFinish(edge.link) ? from.finish : from.start)) {
      return "task " + std::to_string(edge.to) + " does not wait for " + std::to_string(edge.from);
    }
  }
  for (TaskId id = 0; id < network.tasks.size(); ++id) {
    if (schedule.dates[id].start < std::max(network.start, network.tasks[id].not_before)) {
      return "task " + std::to_string(id) + " is too early";
    }
    if (std::string fault = Pieces(network, workforce, schedule, id); !fault.empty()) return fault;
  }
  return Overload(workforce, schedule);
}

}  // namespace groma::timing::test
