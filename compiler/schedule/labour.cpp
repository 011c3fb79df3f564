// SPDX-License-Identifier: Apache-2.0
#include "labour.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {
namespace {

// Minutes of people, by month.
using Minutes = std::map<int64_t, Rational>;

auto MonthOf(int64_t index) -> base::Month {
  return base::Month::Of(Date::First()).Add(static_cast<int32_t>(index) -
                                            base::Month::Of(Date::First()).index());
}

class Writer {
 public:
  Writer(const Steps &steps, Layout &layout) : steps_(steps), layout_(layout) {}

  void Add(uint32_t step, EntityId team, Date day, Rational minutes) {
    Rational &sum = minutes_[{step, team}][base::Month::Of(day).index()];
    sum = base::Add(sum, minutes).value_or(sum);
  }

  // Evenly over these days.
  void Spread(uint32_t step, EntityId team, Date from, Date to, Rational minutes) {
    const int64_t days = std::max<int64_t>(1, base::DaysBetween(from, to) + 1);
    for (Date day = from; day <= to || day == from;) {
      const Date last = std::max(from, std::min(to, base::Month::Of(day).last()));
      const auto share = base::Div(base::DaysBetween(day, last) + 1, days);
      Add(step, team, day, base::Mul(minutes, share.value_or(1)).value_or(0));
      day = last.AddDays(1);
    }
  }

  // What was done before is not booked any more.
  void AddDone(uint32_t i) {
    const Step &step = steps_.list[i];
    if (step.sort != Step::Sort::Task || !IsSome(step.team)) return;
    if (!step.finished && !step.spent) return;
    const auto done = step.spent ? step.spent : step.effort;
    if (!done) return;
    const Date from = step.started.value_or(step.finished.value_or(layout_.first_day()));
    Spread(i, step.team, from, step.finished.value_or(from), PersonMinutes(*done, step.team));
  }

  auto PersonMinutes(const Length &length, EntityId team) -> Rational {
    if (length.in != Length::In::Workdays) return length.amount;
    return base::Mul(length.amount, layout_.hours().DayOf(team)).value_or(0);
  }

  auto Finish() -> std::vector<plan::Labour> {
    std::vector<plan::Labour> all;
    for (const auto &[of, months] : minutes_) {
      const auto &[i, team] = of;
      const Step &step = steps_.list[i];
      const int64_t day = layout_.hours().DayOf(team);
      Rational sum;
      for (const auto &[month, minutes] : months) sum = base::Add(sum, minutes).value_or(sum);
      plan::Labour labour{step.id, team, base::Div(sum, day).value_or(0), {}, {}};
      // What one second of the effort is: of a day of 24 hours, if it is written in days.
      const bool is_by_effort = step.effort && !step.duration && !step.finished && !step.started;
      if (is_by_effort) {
        const int64_t unit = step.effort->in == Length::In::Workdays ? 86'400 : 60 * day;
        labour.per_effort = base::Div(1, unit).value_or(0);
      }
      for (const auto &[month, minutes] : months) {
        const auto share = base::Div(minutes, sum);
        if (share) labour.shares.emplace_back(MonthOf(month), *share);
      }
      all.push_back(std::move(labour));
    }
    return all;
  }

 private:
  const Steps &steps_;
  Layout &layout_;
  std::map<std::pair<uint32_t, EntityId>, Minutes> minutes_;
};

}  // namespace

auto LabourOf(const Steps &steps, Layout &layout) -> std::vector<plan::Labour> {
  Writer writer(steps, layout);
  for (const timing::Booking &booking : layout.bookings()) {
    const int64_t minutes = (booking.span.end - booking.span.begin) * booking.span.rate;
    writer.Add(layout.step_of[booking.task], layout.hours().EntityOf(booking.team),
               layout.DayOf(booking.span.begin), base::Div(minutes, kWhole).value_or(0));
  }
  for (uint32_t i = 0; i < steps.list.size(); ++i) writer.AddDone(i);
  return writer.Finish();
}

auto LabourForeseen(const Steps &steps, Layout &layout, const timing::Analysis &analysis)
    -> std::vector<plan::Labour> {
  Writer writer(steps, layout);
  for (uint32_t i = 0; i < steps.list.size(); ++i) {
    const Step &step = steps.list[i];
    writer.AddDone(i);
    if (step.sort != Step::Sort::Task || !IsSome(step.team) || step.finished) continue;
    const bool is_worked = !step.duration || step.duration->in == Length::In::Workdays;
    const auto &work = step.duration ? step.duration : step.remaining ? step.remaining : step.effort;
    if (!is_worked || !work) continue;
    const timing::TaskDates &dates = analysis.tasks[layout.ends[i].finish];
    const Date from = layout.DayOf(dates.early.start);
    writer.Spread(i, step.team, from, std::max(from, layout.DayOf(dates.early.finish - 1)),
                  writer.PersonMinutes(*work, step.team));
  }
  return writer.Finish();
}

}  // namespace groma::schedule
