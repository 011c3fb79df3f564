// SPDX-License-Identifier: Apache-2.0
#include "layout.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {
namespace {

using timing::kDay;
using timing::kEver;
using timing::Moment;

auto Whole(const std::optional<Rational> &number) -> int64_t { return number ? number->Ceil() : 0; }

}  // namespace

auto MinutesOf(const Length &length) -> timing::Minutes {
  if (length.in == Length::In::Minutes) return Whole(length.amount);
  // 400 years have 146097 days and 4800 months.
  return Whole(base::Mul(length.amount, *base::Div(Rational(146'097 * kDay), 4800)));
}

Layout::Layout(Source &source, const Steps &steps, bool looks_at_today) : steps_(steps) {
  const EntityId plan = source.model.plan;
  const auto starts = source.FirstDay(plan, KnownMember::PlanStarts);
  first_day_ = starts.value_or(Date::FromDays(base::DaysFromCivil({2027, 1, 1})));
  // What happened before counts too.
  horizon_ = {timing::At(first_day_.AddMonths(-24).civil()),
              timing::At(first_day_.AddMonths(int64_t{12} * kYears).civil())};
  hours_.emplace(source, network, workforce, horizon_);
  freezes_.emplace(source, hours_->zone());
  network.zone = hours_->zone();
  network.start = Begin(first_day_);
  // What lies before the day on which the plan is looked at has happened.
  const auto today = source.FirstDay(plan, KnownMember::PlanAsOf);
  if (looks_at_today && today && *today > first_day_) network.now = Begin(*today);
  ends.resize(steps.list.size());
  for (uint32_t i = 0; i < steps.list.size(); ++i) {
    steps.list[i].sort == Step::Sort::Stream ? AddStream(i) : AddTask(i);
  }
  for (uint32_t i = 0; i < steps.list.size(); ++i) AddWaits(i);
  if (looks_at_today) KeepTo(FindBaseline(source, today));
}

// Tasks of teams stay where they were promised as long as nothing is later by that.
void Layout::KeepTo(Baseline baseline) {
  baseline_ = baseline.id;
  if (baseline.finishes.empty()) return;
  workforce.baseline.resize(network.tasks.size());
  for (uint32_t i = 0; i < steps_.list.size(); ++i) {
    const timing::Job &job = workforce.jobs[ends[i].finish];
    const auto promised = baseline.finishes.find(steps_.list[i].id);
    if (promised == baseline.finishes.end() || (job.teams.empty() && job.needs.empty())) continue;
    workforce.baseline[ends[i].finish] = {Begin(promised->second), End(promised->second)};
  }
}

auto Layout::Begin(Date day) const -> Moment {
  return hours_->zone().FirstAt(timing::At(day.civil()));
}

auto Layout::DayOf(Moment moment) const -> Date {
  return Date::FromDays(timing::DayOf(hours_->zone().LocalAt(moment)));
}

auto Layout::NewTask(uint32_t step) -> timing::TaskId {
  network.tasks.emplace_back().is_aside = steps_.list[step].is_after_use;
  workforce.jobs.emplace_back();
  step_of.push_back(step);
  return static_cast<timing::TaskId>(network.tasks.size()) - 1;
}

void Layout::AddTask(uint32_t i) {
  const Step &step = steps_.list[i];
  const bool is_months = step.duration && step.duration->in == Length::In::Months;
  if (is_months) return AddMonths(i);
  const timing::TaskId id = NewTask(i);
  ends[i] = {id, id};
  if (step.sort == Step::Sort::Task) Do(id, step);
  timing::Task &task = network.tasks[id];
  if (step.not_before) {
    // A decision is counted on for the end of its day, or of today.
    const bool is_decision = step.sort == Step::Sort::Decision;
    task.not_before = is_decision ? End(*step.not_before) : Begin(*step.not_before);
    if (is_decision && network.now > timing::kEver) {
      task.not_before = std::max(task.not_before, network.now + kDay);
    }
  }
  if (step.by) task.deadline = End(*step.by);
  if (step.closes) task.deadline = std::min(task.deadline, End(*step.closes));
  if (step.started) {
    task.started = Begin(*step.started);
    if (step.duration) task.remaining = LeftOf(task);
  }
  if (step.finished) {
    task.finished = End(*step.finished);
    if (!task.started) task.started = task.finished;
  }
}

// How long months are depends on when they begin, so its start and its finish are two.
void Layout::AddMonths(uint32_t i) {
  const Step &step = steps_.list[i];
  ends[i] = {NewTask(i), NewTask(i)};
  timing::Task &start = network.tasks[ends[i].start];
  timing::Task &finish = network.tasks[ends[i].finish];
  if (step.not_before) start.not_before = Begin(*step.not_before);
  if (step.by) finish.deadline = End(*step.by);
  if (step.finished) finish.started = finish.finished = End(*step.finished);
  if (step.started) {
    start.started = start.finished = Begin(*step.started);
  } else if (step.finished) {
    start.started = start.finished = finish.finished;
  }
  months_[i] = static_cast<timing::EdgeId>(network.edges.size());
  network.edges.push_back({ends[i].start, ends[i].finish, timing::Link::FinishStart,
                           ExactLagOf(*step.duration, step.team, {i, true, Date::First(), {}, {}})});
  std::vector<uint32_t> freezes = freezes_->Of(step);
  if (freezes.empty()) return;
  // They begin outside of freezes, where there is a minute for them, and go on after each of them.
  timing::Edge &months = network.edges.back();
  const timing::CalendarId open = OpenCalendar(timing::kClock, freezes);
  months.link = timing::Link::StartStart;
  months.lag.calendar = start.calendar = finish.calendar = open;
  months.lag.rests = true;
  start.work = start.remaining = 1;
  for (const timing::TaskId id : {ends[i].start, ends[i].finish}) {
    closed_[id] = {freezes, timing::kClock};
  }
}

auto Layout::MinutesOfMonths(uint32_t step, Moment from) const -> timing::Minutes {
  const timing::Lag &lag = network.edges[months_.at(step)].lag;
  return network.calendar(lag.calendar).Between(from, network.AfterLag(lag, from));
}

auto Layout::MonthsOf(uint32_t step) const -> std::optional<timing::EdgeId> {
  const auto found = months_.find(step);
  return found == months_.end() ? std::nullopt : std::optional(found->second);
}

auto Layout::TeamOf(uint32_t step) const -> EntityId {
  const timing::TaskId task = ends[step].finish;
  const bool is_chosen = !levelled_.team.empty() && workforce.jobs[task].teams.size() > 1 &&
                         !network.tasks[task].finished;
  return is_chosen ? hours_->EntityOf(levelled_.team[task]) : steps_.list[step].team;
}

// What is left of a duration that runs since it was started.
auto Layout::LeftOf(const timing::Task &task) const -> timing::Work {
  if (network.now <= *task.started) return task.work;
  const timing::Calendar &calendar = network.calendar(task.calendar);
  const timing::Work passed = calendar.WorkAt(network.now) - calendar.WorkAt(*task.started);
  return std::max<timing::Work>(0, task.work - passed);
}

// What it takes: its duration, whoever works on it, or else its effort by those who do it.
void Layout::Do(timing::TaskId id, const Step &step) {
  timing::Task &task = network.tasks[id];
  timing::Job &job = workforce.jobs[id];
  task.is_unbroken = step.is_unbroken;
  job.is_splittable = !step.is_unbroken;
  job.priority = step.priority;
  if (step.duration) {
    if (step.duration->in == Length::In::Workdays) {
      task.calendar = hours_->CalendarOf(step.team);
      task.work = Whole(base::Mul(step.duration->amount, hours_->DayOf(step.team)));
      // Nights and weekends are not theirs, so somebody is at it only in hours of work, with as much of
      // their time as the team has of them.
      if (IsSome(step.team)) job.needs.push_back({hours_->TeamOf(step.team), std::max<int64_t>(1, hours_->ShareOf(step.team))});
    } else {
      task.work = MinutesOf(*step.duration);
    }
    task.remaining = task.work;
    Close(id, step);
    return;
  }
  if (!step.effort) return;
  const auto work = [&](const Length &effort) { return WorkOf(effort, step.team); };
  task.work = work(*step.effort);
  if (step.remaining) {
    task.remaining = work(*step.remaining);
  } else {
    task.remaining =
        step.spent ? std::max<timing::Work>(0, task.work - work(*step.spent)) : task.work;
  }
  if (!IsSome(step.team)) {
    task.calendar = hours_->Somebody();
    Close(id, step);
    return;
  }
  job.teams.push_back(hours_->TeamOf(step.team));
  for (const EntityId other : step.other_teams) job.teams.push_back(hours_->TeamOf(other));
  if (step.people) {
    job.most = *step.people * hours_->ShareOf(step.team);
    job.most_of.push_back(job.most);
    for (const EntityId other : step.other_teams) {
      job.most_of.push_back(*step.people * hours_->ShareOf(other));
    }
  }
  Close(id, step);
}

// Nothing is done on it in a freeze.
void Layout::Close(timing::TaskId id, const Step &step) {
  std::vector<uint32_t> freezes = freezes_->Of(step);
  if (freezes.empty()) return;
  timing::Task &task = network.tasks[id];
  timing::Job &job = workforce.jobs[id];
  const timing::Spans spans = freezes_->SpansOf(freezes);
  if (!job.teams.empty()) {
    // A calendar of its own comes later; until then the hours of its team are known.
    const auto [at, is_new] =
        closures_.try_emplace(freezes, static_cast<uint32_t>(workforce.closures.size()));
    if (is_new) workforce.closures.push_back(spans);
    job.closed = at->second;
    closed_[id] = {std::move(freezes), hours_->CalendarOf(step.team)};
    return;
  }
  const timing::CalendarId hours = task.calendar;
  task.calendar = OpenCalendar(hours, freezes);
  closed_[id] = {std::move(freezes), hours};
}

auto Layout::OpenCalendar(timing::CalendarId hours, const std::vector<uint32_t> &freezes)
    -> timing::CalendarId {
  const auto [at, is_new] = open_.try_emplace(
      {hours, freezes}, static_cast<timing::CalendarId>(network.calendars.size()));
  if (!is_new) return at->second;
  const timing::Calendar &all = network.calendar(hours);
  const timing::Spans working = all.is_clock()
                                    ? timing::Spans{{horizon_.from, horizon_.until}}
                                    : timing::Spans(all.spans().begin(), all.spans().end());
  network.calendars.emplace_back(timing::Without(working, freezes_->SpansOf(freezes)));
  return at->second;
}

auto Layout::FreezesBefore(timing::TaskId task, const timing::TaskDates &dates) const
    -> std::vector<const Freeze *> {
  std::vector<const Freeze *> found;
  const auto closed = closed_.find(task);
  if (closed == closed_.end() || network.tasks[task].started) return found;
  // What else held it back, and its team's other work, ended in the freeze or before it: after it
  // the task starts with the first minute of work that it has room for.
  const bool is_held = IsHeld(task) && dates.early.start == levelled_.dates[task].start;
  const Moment bound = is_held ? WaitOf(task).cause.bound : dates.cause.bound;
  const timing::Calendar &hours = network.calendar(closed->second.hours);
  const Moment start = dates.early.start;
  for (const uint32_t number : closed->second.freezes) {
    const Freeze &freeze = freezes_->freeze(number);
    const Moment from = std::max(bound, freeze.span.begin);
    if (freeze.span.end > start || hours.Between(from, freeze.span.end) <= 0) continue;
    const bool is_next = hours.Between(freeze.span.end, start) == 0;
    if (is_next || (network.tasks[task].is_unbroken && !is_held)) found.push_back(&freeze);
  }
  return found;
}

auto Layout::FreezesWithin(timing::TaskId task, const timing::TaskDates &dates) const
    -> std::vector<const Freeze *> {
  std::vector<const Freeze *> found;
  const auto closed = closed_.find(task);
  if (closed == closed_.end() || network.tasks[task].finished) return found;
  const timing::Calendar &hours = network.calendar(closed->second.hours);
  for (const uint32_t number : closed->second.freezes) {
    const Freeze &freeze = freezes_->freeze(number);
    const bool is_within =
        freeze.span.begin < dates.early.finish && dates.early.start < freeze.span.end;
    if (is_within && hours.Between(freeze.span.begin, freeze.span.end) > 0) {
      found.push_back(&freeze);
    }
  }
  return found;
}

void Layout::Demand(uint32_t step, Date by) {
  if (step == kNoStep) return;
  timing::Task &task = network.tasks[ends[step].finish];
  task.deadline = std::min(task.deadline, End(by));
}

void Layout::Hold(timing::Levelled found) {
  plain_ = network;
  graph_.emplace(plain_);
  levelled_ = std::move(found);
  const timing::Levelled &levelled = levelled_;
  const size_t count = levelled.dates.size();
  for (timing::TaskId id = 0; id < count; ++id) {
    const timing::Job &job = workforce.jobs[id];
    if (job.teams.empty() && job.needs.empty()) continue;
    const timing::Dates &dates = levelled.dates[id];
    timing::Task &task = network.tasks[id];
    if (task.started || task.finished) continue;
    if (dates.start > levelled.ready[id].start) {
      task.not_before = std::max(task.not_before, dates.start);
      held_.insert(id);
    }
    if (timing::Earliest(network, task, {dates.start, kEver}).finish >= dates.finish) continue;
    // It is shared with other tasks, and so takes longer than alone.
    const timing::TaskId until = NewTask(step_of[id]);
    network.tasks[until].not_before = dates.finish;
    network.edges.push_back({until, id, timing::Link::FinishFinish, {}});
    held_.insert(id);
  }
}

auto Layout::IsKept(timing::TaskId task) const -> bool {
  if (!IsHeld(task) || task >= levelled_.floors.size()) return false;
  const Moment floor = levelled_.floors[task];
  const timing::Calendar &calendar = plain_.calendar(plain_.tasks[task].calendar);
  return floor > levelled_.ready[task].start &&
         levelled_.dates[task].start <= calendar.NextWorking(floor);
}

void Layout::AddStream(uint32_t i) {
  const Step &step = steps_.list[i];
  ends[i] = {NewTask(i), NewTask(i)};
  if (step.not_before) network.tasks[ends[i].start].not_before = Begin(*step.not_before);
  if (step.by) network.tasks[ends[i].finish].deadline = End(*step.by);
  network.edges.push_back({ends[i].start, ends[i].finish, timing::Link::FinishStart, {}});
}

auto Layout::LagOf(const Length &length, EntityId team) -> timing::Lag {
  if (length.in != Length::In::Workdays) return {MinutesOf(length), timing::kClock};
  return {Whole(base::Mul(length.amount, hours_->DayOf(team))), hours_->CalendarOf(team)};
}

auto Layout::ExactLagOf(const Length &length, EntityId team, const Wait &wait) -> timing::Lag {
  if (length.in != Length::In::Months) return LagOf(length, team);
  const bool is_back = length.amount.sign() < 0;
  const int64_t months = is_back ? length.amount.Ceil() : length.amount.Floor();
  const auto rest = base::Sub(length.amount, months);
  timing::Lag lag = {MinutesOf({Length::In::Months, rest.value_or(0)}), timing::kClock,
                     static_cast<int32_t>(months), !wait.is_start};
  if (wait.step == kNoStep || steps_.list[wait.step].sort != Step::Sort::Milestone) return lag;
  // A milestone that waits for a day, or for nothing, is reached as a day begins.
  const Step &from = steps_.list[wait.step];
  if (from.finished) return lag;
  if (from.not_before) {
    lag.begin = Begin(*from.not_before);
  } else {
    lag.begin = from.to_start.empty() ? std::max(network.start, network.now) : network.start;
  }
  return lag;
}

auto Layout::WorkOf(const Length &effort, EntityId team) -> timing::Work {
  const timing::Minutes one = effort.in == Length::In::Workdays ? hours_->DayOf(team) : 1;
  return Whole(base::Mul(effort.amount, one * kWhole));
}

void Layout::AddWaits(uint32_t i) {
  const Step &step = steps_.list[i];
  for (const Wait &wait : step.to_start) AddWait(wait, ends[i].start, false, step.team);
  for (const Wait &wait : step.to_finish) AddWait(wait, ends[i].finish, true, step.team);
  if (step.stream == kNoStep) return;
  const Ends &stream = ends[step.stream];
  network.edges.push_back({stream.start, ends[i].start, timing::Link::StartStart, {}});
  network.edges.push_back({ends[i].finish, stream.finish, timing::Link::FinishStart, {}});
}

// Each length of time but the last leads to a task of no length, from which the next one is
// counted.
void Layout::AddWait(const Wait &wait, timing::TaskId to, bool is_finish, EntityId team) {
  timing::TaskId from = 0;
  bool is_start = wait.is_start;
  llvm::ArrayRef<Length> lags = wait.lags;
  if (wait.step == kNoStep) {
    from = NewTask(step_of[to]);
    network.tasks[from].not_before = End(wait.day);
    is_start = false;
  } else {
    from = is_start ? ends[wait.step].start : ends[wait.step].finish;
  }
  while (lags.size() > 1) {
    const timing::TaskId between = NewTask(step_of[to]);
    network.edges.push_back({from, between,
                             is_start ? timing::Link::StartStart : timing::Link::FinishStart,
                             ExactLagOf(lags.front(), team, wait)});
    from = between;
    is_start = false;
    lags = lags.drop_front();
  }
  const timing::Lag lag = lags.empty() ? timing::Lag{} : ExactLagOf(lags.front(), team, wait);
  const timing::Link link =
      is_finish ? (is_start ? timing::Link::StartFinish : timing::Link::FinishFinish)
                : (is_start ? timing::Link::StartStart : timing::Link::FinishStart);
  network.edges.push_back({from, to, link, lag});
}

}  // namespace groma::schedule
