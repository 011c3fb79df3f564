// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/network.h"

#include <algorithm>
#include <functional>
#include <queue>

namespace groma::timing {
namespace {

// Follows edges backwards among tasks that could not be placed, each of which waits for another
// such, until one comes up again.
auto FindCycle(const Network &network, const Graph &graph, const std::vector<uint32_t> &waiting)
    -> std::vector<EdgeId> {
  const auto back = [&](TaskId task) {
    for (const EdgeId edge : graph.into(task)) {
      if (waiting[network.edges[edge].from] > 0) return edge;
    }
    return EdgeId{0};
  };
  TaskId task = 0;
  while (waiting[task] == 0) ++task;
  std::vector<bool> seen(network.tasks.size());
  while (!seen[task]) {
    seen[task] = true;
    task = network.edges[back(task)].from;
  }
  std::vector<EdgeId> cycle;
  const TaskId last = task;
  do {
    cycle.push_back(back(task));
    task = network.edges[cycle.back()].from;
  } while (task != last);
  return {cycle.rbegin(), cycle.rend()};
}

}  // namespace

auto Network::calendar(CalendarId id) const -> const Calendar & {
  static const Calendar clock;
  return id == kClock ? clock : calendars[id];
}

auto Network::AfterMonths(const Lag &lag, Moment moment) const -> Moment {
  if (moment >= kNever || moment <= kEver) return moment;
  const Moment local = zone.LocalAt(moment);
  const int64_t day = timing::DayOf(lag.is_of_end && moment != lag.begin ? local - 1 : local);
  const base::Date to = base::Date::FromDays(day).AddMonths(lag.months);
  return zone.FirstAt(At(to.civil()) + local - day * kDay);
}

auto Network::BeforeMonths(const Lag &lag, Moment moment) const -> Moment {
  if (moment >= kNever || moment <= kEver) return moment;
  // Days at the end of a month may all lead to the same one.
  constexpr int64_t kFew = 4;
  const Moment local = zone.LocalAt(moment);
  const int64_t day = timing::DayOf(lag.is_of_end ? local - 1 : local);
  const Moment guess = At(base::Date::FromDays(day).AddMonths(-lag.months).civil());
  for (int64_t more = kFew; more >= -kFew; --more) {
    const Moment before = zone.FirstAt(guess + more * kDay + local - day * kDay);
    if (AfterMonths(lag, before) <= moment) return before;
  }
  return zone.FirstAt(guess - kFew * kDay);
}

auto Network::AfterOpenMonths(const Lag &lag, Moment moment) const -> Moment {
  const Moment after = lag.months == 0 ? moment : AfterMonths(lag, moment);
  if (after >= kNever || after <= kEver) return after;
  const Calendar &open = calendar(lag.calendar);
  const Work length = after - moment + lag.work;
  if (length <= 0) return moment;
  const Moment end = open.Add(moment, length);
  if (end >= kNever) return end;
  // Clocks that are changed on the way move the end by an hour, but it has the time of day of the start:
  // of all such moments it is the nearest.
  const Moment local = zone.LocalAt(end);
  const Moment wanted = zone.LocalAt(moment) + lag.work;
  const int64_t days = (local - wanted + kDay / 2) / kDay;
  const Moment near = zone.FirstAt(wanted + days * kDay);
  return near <= moment ? near : open.EndAt(open.WorkAt(near));
}

auto Network::BeforeOpenMonths(const Lag &lag, Moment moment) const -> Moment {
  if (moment >= kNever || moment <= kEver) return moment;
  // In time that is open, what is later is never done sooner; no month is shorter than 27 days, nor
  // longer than 32, whatever clocks do.
  const Calendar &open = calendar(lag.calendar);
  const Work until = open.WorkAt(moment);
  Work low = until - lag.months * 32 * kDay - lag.work;
  Work high = until - lag.months * 27 * kDay - lag.work + 1;
  while (low + 1 < high) {
    const Work middle = low + (high - low) / 2;
    (AfterOpenMonths(lag, open.StartAt(middle)) <= moment ? low : high) = middle;
  }
  return open.StartAt(low);
}

Graph::Graph(const Network &network) {
  const size_t count = network.tasks.size();
  const auto fill = [&](Lists &lists, TaskId Edge::*end) {
    lists.first.assign(count + 1, 0);
    for (const Edge &edge : network.edges) ++lists.first[edge.*end + 1];
    for (size_t task = 0; task < count; ++task) lists.first[task + 1] += lists.first[task];
    lists.edges.resize(network.edges.size());
    std::vector<uint32_t> next(lists.first.begin(), lists.first.end() - 1);
    for (EdgeId edge = 0; edge < network.edges.size(); ++edge) {
      lists.edges[next[network.edges[edge].*end]++] = edge;
    }
  };
  fill(into_, &Edge::to);
  fill(out_of_, &Edge::from);
}

auto FindOrder(const Network &network, const Graph &graph) -> Order {
  Order order;
  order.tasks.reserve(network.tasks.size());
  std::vector<uint32_t> waiting(network.tasks.size());
  std::priority_queue<TaskId, std::vector<TaskId>, std::greater<>> ready;
  for (TaskId task = 0; task < network.tasks.size(); ++task) {
    waiting[task] = graph.into(task).size();
    if (waiting[task] == 0) ready.push(task);
  }
  while (!ready.empty()) {
    const TaskId task = ready.top();
    ready.pop();
    order.tasks.push_back(task);
    for (const EdgeId edge : graph.out_of(task)) {
      if (--waiting[network.edges[edge].to] == 0) ready.push(network.edges[edge].to);
    }
  }
  if (order.tasks.size() < network.tasks.size()) {
    order.tasks.clear();
    order.cycle = FindCycle(network, graph, waiting);
  }
  return order;
}

}  // namespace groma::timing
