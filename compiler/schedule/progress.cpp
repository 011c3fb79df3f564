// SPDX-License-Identifier: Apache-2.0
// How far the work should be on a day, and how far it is.
#include "groma/schedule/schedule.h"

#include "baseline.h"
#include "layout.h"
#include "undated.h"

namespace groma::schedule {
namespace {

auto Share(const Rational &part, const Rational &whole) -> Rational {
  if (whole.sign() <= 0) return 0;
  const auto share = base::Div(part, whole);
  if (!share || share->sign() < 0) return 0;
  return std::min(*share, Rational(1));
}

class Reckoner {
 public:
  Reckoner(plan::Model &model, plan::Environment &environment, Date day)
      : source_(model, environment), day_(day), steps_(source_, ignored_), before_(steps_) {
    for (Step &step : before_.list) {
      if (step.sort == Step::Sort::Decision && step.finished) step.not_before = step.by;
      step.started = step.finished = std::nullopt;
      step.remaining = step.spent = std::nullopt;
    }
  }

  auto Run() -> ProgressReport {
    ProgressReport report;
    if (!steps_.is_read() || steps_.list.empty()) return report;
    Baseline baseline = FindBaseline(source_, day_);
    report.baseline = baseline.id;
    promised_ = std::move(baseline.finishes);
    Layout layout(source_, before_, /*looks_at_today=*/false);
    const timing::Graph graph(layout.network);
    const timing::Order order = timing::FindOrder(layout.network, graph);
    if (!order.cycle.empty()) return report;
    timing::GiveEffortCalendars(layout.network, layout.workforce);
    const timing::Level level =
        timing::LevelTasks(layout.network, graph, order.tasks, layout.workforce);
    for (uint32_t i = 0; i < steps_.list.size(); ++i) {
      report.steps.push_back(Of(i, layout, level.best));
    }
    return report;
  }

 private:
  auto Of(uint32_t i, Layout &layout, const timing::Levelled &before) -> Progress {
    const Step &step = steps_.list[i];
    Progress progress;
    progress.step = step.id;
    progress.is_task = step.sort == Step::Sort::Task;
    progress.is_after_use = step.is_after_use;
    timing::Dates dates = {before.dates[layout.ends[i].start].start,
                           before.dates[layout.ends[i].finish].finish};
    if (const auto found = promised_.find(step.id); found != promised_.end()) {
      const timing::Moment finish = layout.End(found->second);
      dates = {timing::Later(dates.start, finish - dates.finish), finish};
    }
    const timing::Task &task = layout.network.tasks[layout.ends[i].finish];
    // The end of a day is that day; what is counted on for a day is reached as it begins.
    const bool is_day = step.sort == Step::Sort::Milestone && task.not_before == dates.finish;
    progress.finish = layout.DayOf(is_day ? dates.finish : dates.finish - 1);
    progress.start = std::min(layout.DayOf(dates.start), progress.finish);
    const timing::Calendar &calendar = layout.network.calendar(task.calendar);
    // What lies before the day has happened.
    const timing::Moment end = layout.Begin(day_);
    const timing::Work whole = calendar.WorkAt(dates.finish) - calendar.WorkAt(dates.start);
    progress.planned = whole > 0 ? Share(calendar.WorkAt(end) - calendar.WorkAt(dates.start), whole)
                                 : Rational(dates.finish <= end ? 1 : 0);
    AddFacts(step, layout, progress);
    for (const Wait &wait : step.to_start) {
      if (wait.step == kNoStep) continue;
      const Step &other = steps_.list[wait.step];
      if (!other.finished || *other.finished > day_) progress.waits_for.push_back(other.id);
    }
    return progress;
  }

  // Days of a person; work in hours counts by the team's day.
  auto DaysOf(const std::optional<Length> &length, EntityId team, Layout &layout) -> Rational {
    if (!length) return 0;
    if (length->in == Length::In::Workdays) return length->amount;
    if (length->in == Length::In::Months) return 0;
    return base::Div(length->amount, layout.hours().DayOf(team)).value_or(0);
  }

  void AddFacts(const Step &step, Layout &layout, Progress &progress) {
    const bool is_timed = step.duration && step.duration->in == Length::In::Workdays;
    // Somebody of its team is at a task that has a duration of workdays, with their share of the time.
    if (step.effort) {
      progress.effort = DaysOf(step.effort, step.team, layout);
    } else if (is_timed && IsSome(step.team)) {
      const auto share = Rational::Make(layout.hours().ShareOf(step.team), kWhole);
      progress.effort = base::Mul(step.duration->amount, share.value_or(1)).value_or(0);
    }
    const bool is_finished = step.finished && *step.finished <= day_;
    const bool is_started = step.started && *step.started <= day_;
    const Rational spent = DaysOf(step.spent, step.team, layout);
    if (is_finished) {
      progress.done = 1;
    } else if (is_started && step.effort && step.remaining) {
      const Rational left = DaysOf(step.remaining, step.team, layout);
      const Rational whole =
          step.spent ? base::Add(spent, left).value_or(progress.effort) : progress.effort;
      progress.done = Share(base::Sub(whole, left).value_or(0), whole);
    } else if (is_started && step.effort) {
      progress.done = Share(spent, progress.effort);
    } else if (is_started && step.duration) {
      progress.done = Elapsed(step, layout);
    }
    progress.spent = spent;
    if (!step.spent && progress.effort.sign() > 0 && progress.done.sign() > 0) {
      progress.spent = base::Mul(progress.effort, progress.done).value_or(0);
      progress.is_spent_assumed = true;
    }
  }

  // A duration that nobody says more about is done as far as its time is over.
  auto Elapsed(const Step &step, Layout &layout) -> Rational {
    const timing::Task &task = layout.network.tasks[layout.ends[steps_.Find(step.id)].finish];
    const timing::Calendar &calendar = layout.network.calendar(task.calendar);
    const timing::Work passed =
        calendar.WorkAt(layout.Begin(day_)) - calendar.WorkAt(layout.Begin(*step.started));
    timing::Work whole = task.work;
    const uint32_t at = steps_.Find(step.id);
    if (layout.MonthsOf(at)) whole = layout.MinutesOfMonths(at, layout.Begin(*step.started));
    return Share(passed, whole);
  }

  Source source_;
  Sink ignored_;
  Date day_;
  Steps steps_;
  Steps before_;  // as though nothing had happened
  std::map<EntityId, Date> promised_;
};

}  // namespace

auto ProgressAt(plan::Model &model, const plan::Environment &environment, Date day)
    -> ProgressReport {
  plan::Decisions decisions = Undated(model, environment);
  plan::Environment open = environment.Unread();
  open.decisions = &decisions;
  return Reckoner(model, open, day).Run();
}

}  // namespace groma::schedule
