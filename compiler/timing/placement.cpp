// SPDX-License-Identifier: Apache-2.0
#include "groma/timing/placement.h"

#include <algorithm>

namespace groma::timing {
namespace {

// A moment at which something can be reached that takes no time: within working hours, their end
// included.
auto IsOpen(const Calendar &calendar, Moment moment) -> bool {
  return calendar.IsWorking(moment) || calendar.EndAt(calendar.WorkAt(moment)) == moment;
}

// The last moment, `moment` or earlier, at which work can start.
auto LastStart(const Calendar &calendar, Moment moment) -> Moment {
  return calendar.IsWorking(moment) ? moment : calendar.EndAt(calendar.WorkAt(moment)) - 1;
}

}  // namespace

auto Earliest(const Network &network, const Task &task, Dates after) -> Dates {
  const Calendar &calendar = network.calendar(task.calendar);
  if (task.work == 0) {
    Moment moment = std::max(after.start, after.finish);
    if (!IsOpen(calendar, moment)) moment = calendar.NextWorking(moment);
    return {moment, moment};
  }
  if (task.is_unbroken) {
    const Moment latest = calendar.Subtract(after.finish, task.work);
    const Moment start = calendar.NextRoom(std::max(after.start, latest), task.work);
    return {start, std::max(calendar.Add(start, task.work), after.finish)};
  }
  const Work done =
      std::max(calendar.WorkAt(after.start), Later(calendar.WorkAt(after.finish), -task.work));
  const Moment start = calendar.StartAt(done);
  // A start within a minute of several people has done less than was asked for.
  return {start, std::max(calendar.Add(start, task.work), after.finish)};
}

auto Place(const Network &network, const Task &task, Dates after) -> Dates {
  if (task.finished) return {task.started.value_or(*task.finished), *task.finished};
  if (task.started) {
    const Calendar &calendar = network.calendar(task.calendar);
    const Moment done = calendar.Add(std::max(*task.started, network.now), task.remaining);
    return {*task.started, std::max(done, after.finish)};
  }
  if (task.fixed_start) return Earliest(network, task, {*task.fixed_start, kEver});
  if (task.fixed_finish) return Earliest(network, task, {kEver, *task.fixed_finish});
  return Earliest(network, task, after);
}

auto Latest(const Network &network, const Task &task, Dates before) -> Dates {
  const Calendar &calendar = network.calendar(task.calendar);
  if (task.work == 0) {
    Moment moment = std::min(before.start, before.finish);
    if (!IsOpen(calendar, moment)) moment = calendar.EndAt(calendar.WorkAt(moment));
    return {moment, moment};
  }
  Moment start = task.is_unbroken ? calendar.LastRoom(before.finish, task.work)
                                  : calendar.Subtract(before.finish, task.work);
  if (before.start < start) {
    start = LastStart(calendar, before.start);
    if (task.is_unbroken && calendar.NextRoom(start, task.work) != start) {
      start = calendar.LastRoom(calendar.LastsUntil(start, kNever), task.work);
    }
  }
  // It may end as late as the work that follows could start; of what is done in the minute in which
  // it starts, nothing need count.
  const Moment finish = calendar.StartAt(Later(calendar.WorkAt(Later(start, 1)), task.work - 1));
  return {start, std::min(before.finish, finish)};
}

}  // namespace groma::timing
