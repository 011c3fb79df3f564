// SPDX-License-Identifier: Apache-2.0
#include "builder.h"

#include <algorithm>

#include "bounds_of.h"

namespace groma::timing {

Builder::Builder(const Network &network, const Graph &graph, const Workforce &workforce)
    : network_(network), graph_(graph), workforce_(workforce) {
  capacities_.reserve(workforce.teams.size());
  for (const Spans &team : workforce.teams) capacities_.emplace_back(team);
}

auto Builder::After(TaskId id) const -> Dates {
  const auto [start, finish] = BoundsOf(
      network_, graph_, id, [&](TaskId from) -> const Dates & { return result_.dates[from]; });
  return {start.bound, finish.bound};
}

auto Builder::FitNeeds(TaskId id, Moment start, Work left) const -> Fit {
  const Task &task = network_.tasks[id];
  const Job &job = workforce_.jobs[id];
  const Calendar &calendar = network_.calendar(task.calendar);
  Fit fit;
  const Work all = left;
  for (Moment moment = start; left > 0;) {
    const Moment working = calendar.NextWorking(moment);
    Moment free = working;
    for (const Need &need : job.needs) {
      free = std::max(free, profiles_[need.team].NextWith(working, need.people));
    }
    if (free >= kNever) return {};
    const bool is_interrupted =
        fit.dates.start < kNever &&
        ((free > working && !job.is_splittable) || (free > moment && task.is_unbroken));
    if (is_interrupted) {
      left = all;
      fit.dates.start = kNever;
      fit.bookings.clear();
    }
    if (free > working) {
      moment = free;
      continue;
    }
    Moment end = calendar.LastsUntil(working, Later(working, left));
    for (const Need &need : job.needs) {
      end = std::min(end, profiles_[need.team].LastsUntil(working, need.people));
    }
    for (const Need &need : job.needs) {
      fit.bookings.push_back({id, need.team, {working, end, need.people}});
    }
    fit.dates.start = std::min(fit.dates.start, working);
    fit.dates.finish = end;
    left -= end - working;
    moment = end;
  }
  return fit;
}

auto Builder::FitEffort(TaskId id, size_t place, Moment start, Work left) const -> Fit {
  const Task &task = network_.tasks[id];
  const Job &job = workforce_.jobs[id];
  const TeamId team = job.teams[place];
  const int64_t most = job.MostOf(place);
  Fit fit;
  fit.team = team;
  const Work all = left;
  Moment moment = start;
  // True once all is done.
  const auto work_in = [&](Span span) {
    span.begin = std::max(span.begin, start);
    if (span.begin >= span.end) return false;
    const bool is_interrupted =
        fit.dates.start < kNever && span.begin > moment &&
        (task.is_unbroken ||
         (!job.is_splittable && capacities_[team].Between(moment, span.begin) > 0));
    if (is_interrupted) {
      left = all;
      fit.dates.start = kNever;
      fit.bookings.clear();
    }
    span.rate = std::min(span.rate, most);
    span.end = std::min(span.end, span.begin + (left + span.rate - 1) / span.rate);
    fit.dates.start = std::min(fit.dates.start, span.begin);
    fit.dates.finish = span.end;
    fit.bookings.push_back({id, team, span});
    left -= span.rate * (span.end - span.begin);
    moment = span.end;
    return left <= 0;
  };
  llvm::ArrayRef<Span> closed;
  if (job.closed) closed = workforce_.closures[*job.closed];
  for (Span span : profiles_[team].FreeFrom(start)) {
    while (!closed.empty() && closed.front().end <= span.begin) closed = closed.drop_front();
    for (const Span &hole : closed) {
      if (hole.begin >= span.end) break;
      if (work_in({span.begin, hole.begin, span.rate})) return fit;
      span.begin = hole.end;
    }
    if (work_in(span)) return fit;
  }
  return {};
}

auto Builder::FindFit(TaskId id, Moment start, Work left) const -> Fit {
  const Job &job = workforce_.jobs[id];
  if (job.teams.empty()) return FitNeeds(id, start, left);
  Fit best;
  for (size_t place = 0; place < job.teams.size(); ++place) {
    Fit fit = FitEffort(id, place, start, left);
    if (place == 0 || fit.dates.finish < best.dates.finish) best = std::move(fit);
  }
  return best;
}

void Builder::Take(llvm::ArrayRef<Booking> bookings) {
  if (bookings.empty()) return;
  // A team has all of its bookings at once, in order.
  const size_t teams = std::max<size_t>(1, workforce_.jobs[bookings.front().task].needs.size());
  for (size_t team = 0; team < teams; ++team) {
    taken_.clear();
    for (size_t i = team; i < bookings.size(); i += teams) taken_.push_back(bookings[i].span);
    profiles_[bookings[team].team].Take(taken_);
  }
  if (!keeps_bookings_) return;
  result_.bookings.insert(result_.bookings.end(), bookings.begin(), bookings.end());
}

auto Builder::IsSettled(TaskId id) const -> bool {
  const Task &task = network_.tasks[id];
  if (task.finished || task.fixed_start || task.fixed_finish) return true;
  return task.started && llvm::none_of(graph_.into(id), [&](EdgeId edge) {
           return EntersFinish(network_.edges[edge].link);
         });
}

void Builder::Place(TaskId id) {
  const Task &task = network_.tasks[id];
  const Job &job = workforce_.jobs[id];
  Dates &dates = result_.dates[id];
  const Dates after = After(id);
  Dates &ready = result_.ready[id];
  if (task.finished) {
    dates = ready = {task.started.value_or(*task.finished), *task.finished};
    return;
  }
  const bool is_fixed = task.fixed_start || task.fixed_finish;
  Work left = task.work;
  if (task.started) {
    left = task.remaining;
    const Moment from = std::max(*task.started, network_.now);
    ready = {*task.started, network_.calendar(task.calendar).Add(from, left)};
  } else if (task.fixed_start) {
    ready = Earliest(network_, task, {*task.fixed_start, kEver});
  } else if (task.fixed_finish) {
    ready = Earliest(network_, task, {kEver, *task.fixed_finish});
  } else {
    ready = Earliest(network_, task, after);
  }
  dates = ready;
  // Its floor is nothing that it has to wait for.
  const bool is_open = !task.started && !is_fixed && !result_.floors.empty();
  if (is_open && result_.floors[id] > ready.start) {
    dates = Earliest(network_, task, {std::max(after.start, result_.floors[id]), after.finish});
  }
  const bool has_team = !job.teams.empty() || !job.needs.empty();
  if (left == 0 || !has_team) {
    if (task.started) dates.finish = std::max(dates.finish, after.finish);
    return;
  }
  const Moment from = task.started ? std::max(*task.started, network_.now) : dates.start;
  Fit fit = FindFit(id, from, left);
  if (is_fixed && fit.dates.finish > ready.finish) {
    // Its dates hold whoever else is at work.
    result_.overbooked.push_back(id);
    for (const Need &need : job.needs) {
      profiles_[need.team].Take({{ready.start, ready.finish, need.people}});
    }
    if (!job.teams.empty()) {
      result_.team[id] = job.teams.front();
      profiles_[job.teams.front()].Take({{ready.start, ready.finish, job.MostOf(0)}});
    }
    return;
  }
  result_.team[id] = fit.team;
  Take(fit.bookings);
  dates = {task.started ? *task.started : fit.dates.start,
           std::max(fit.dates.finish, after.finish)};
}

void Builder::Score() {
  Cost &cost = result_.cost;
  cost = {.finish = kEver};
  for (TaskId id = 0; id < network_.tasks.size(); ++id) {
    const Dates &dates = result_.dates[id];
    // What is never done is never done, whether it counts for the finish or not.
    const bool counts = !network_.tasks[id].is_aside || dates.finish >= kNever;
    if (counts) cost.finish = std::max(cost.finish, dates.finish);
    cost.sum = Later(cost.sum, dates.finish);
    if (dates.finish > network_.tasks[id].deadline) {
      cost.lateness = Later(cost.lateness, dates.finish - network_.tasks[id].deadline);
    }
    if (!workforce_.baseline.empty() && !workforce_.baseline[id].Has(dates.finish)) ++cost.moved;
  }
}

auto Builder::Build(llvm::ArrayRef<TaskId> order, llvm::ArrayRef<Moment> floors) -> Levelled {
  result_ = {};
  result_.order = order.vec();
  result_.floors = floors.vec();
  result_.dates.resize(network_.tasks.size());
  result_.ready.resize(network_.tasks.size());
  result_.team.resize(network_.tasks.size());
  profiles_.clear();
  for (const Spans &team : workforce_.teams) profiles_.emplace_back(team);
  // What others cannot move has its people before they have any.
  for (const TaskId id : result_.order) {
    if (IsSettled(id)) Place(id);
  }
  for (const TaskId id : result_.order) {
    if (!IsSettled(id)) Place(id);
  }
  Score();
  return std::move(result_);
}

auto Builder::WithBookings(const Levelled &built) -> Levelled {
  keeps_bookings_ = true;
  Levelled again = Build(built.order, built.floors);
  keeps_bookings_ = false;
  return again;
}

}  // namespace groma::timing
