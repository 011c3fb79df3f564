// SPDX-License-Identifier: Apache-2.0
// The steps of a plan as a network of tasks.
#pragma once

#include <set>

#include "baseline.h"
#include "freezes.h"
#include "hours.h"
#include "groma/timing/level.h"
#include "groma/timing/waits.h"

namespace groma::schedule {

class Layout {
 public:
  // Without a look at today it is as though the plan had just started.
  Layout(Source &source, const Steps &steps, bool looks_at_today = true);

  // Of each step, the task at which it starts and the one at which it is finished: one, but for
  // a workstream, which is as long as what stands in it.
  struct Ends {
    timing::TaskId start = 0;
    timing::TaskId finish = 0;
  };

  timing::Network network;
  timing::Workforce workforce;
  std::vector<Ends> ends;
  // By task: the step that it belongs to.
  std::vector<uint32_t> step_of;

  // It is needed by this day, whatever its own `by` is.
  void Demand(uint32_t step, Date by);
  // Keeps tasks from being earlier than their teams let them be.
  void Hold(timing::Levelled levelled);
  // True if its team had no time when it could have been done.
  auto IsHeld(timing::TaskId task) const -> bool { return held_.contains(task); }

  // True if it could have been earlier but for the baseline.
  auto IsKept(timing::TaskId task) const -> bool;

  // What was held: tasks as they were before, and when they were placed.
  auto plain() const -> const timing::Network & { return plain_; }
  auto levelled() const -> const timing::Levelled & { return levelled_; }

  // Why a task is when it is, and what leads to it.
  auto WaitOf(timing::TaskId task) const -> timing::Wait {
    return timing::WaitOf(plain_, *graph_, workforce, levelled_, task);
  }
  auto ChainTo(timing::TaskId task) const -> std::vector<timing::TaskId> {
    return timing::WaitChainTo(plain_, *graph_, workforce, levelled_, task);
  }

  auto bookings() const -> llvm::ArrayRef<timing::Booking> { return levelled_.bookings; }
  // Freezes without which a task would have started earlier, or would be finished earlier.
  auto FreezesBefore(timing::TaskId task, const timing::TaskDates &dates) const
      -> std::vector<const Freeze *>;
  auto FreezesWithin(timing::TaskId task, const timing::TaskDates &dates) const
      -> std::vector<const Freeze *>;

  // The time of all freezes that a step stays out of.
  auto ClosedTo(uint32_t step) const -> timing::Spans {
    return freezes_->SpansOf(freezes_->Of(steps_.list[step]));
  }

  // Hours in which something of a step goes by: outside of its freezes.
  auto OpenFor(uint32_t step, timing::CalendarId hours) -> timing::CalendarId {
    const std::vector<uint32_t> freezes = freezes_->Of(steps_.list[step]);
    return freezes.empty() ? hours : OpenCalendar(hours, freezes);
  }

  // So much later, by the calendar of a team if it is in days of work, and months by their mean.
  auto LagOf(const Length &length, EntityId team) -> timing::Lag;
  // The same with months of the calendar, from what is waited for.
  auto ExactLagOf(const Length &length, EntityId team, const Wait &wait) -> timing::Lag;
  // If a step takes months of the calendar: what leads from its start to its finish.
  auto MonthsOf(uint32_t step) const -> std::optional<timing::EdgeId>;
  // How long those months are if they begin then, without the freezes that they rest over.
  auto MinutesOfMonths(uint32_t step, timing::Moment from) const -> timing::Minutes;
  // Who does it: of several teams, the one that the schedule found.
  auto TeamOf(uint32_t step) const -> EntityId;

  // Minutes of people that an effort of a team comes to.
  auto WorkOf(const Length &effort, EntityId team) -> timing::Work;

  // The first moment of a day, by the clocks of the plan.
  auto Begin(Date day) const -> timing::Moment;
  auto End(Date day) const -> timing::Moment { return Begin(day.AddDays(1)); }
  auto DayOf(timing::Moment moment) const -> Date;
  auto hours() -> Hours & { return *hours_; }
  // The baseline that tasks keep to, if there is one.
  auto baseline() const -> EntityId { return baseline_; }
  auto first_day() const -> Date { return first_day_; }

  // So many years are looked ahead.
  static constexpr int kYears = 12;

 private:
  void AddTask(uint32_t step);
  void AddMonths(uint32_t step);
  void AddStream(uint32_t step);
  void AddWaits(uint32_t step);
  void AddWait(const Wait &wait, timing::TaskId to, bool is_finish, EntityId team);
  void KeepTo(Baseline baseline);
  auto NewTask(uint32_t step) -> timing::TaskId;
  void Do(timing::TaskId id, const Step &step);
  void Close(timing::TaskId id, const Step &step);
  auto LeftOf(const timing::Task &task) const -> timing::Work;
  // What is left of some hours outside of freezes.
  auto OpenCalendar(timing::CalendarId hours, const std::vector<uint32_t> &freezes)
      -> timing::CalendarId;

  const Steps &steps_;
  Date first_day_;
  EntityId baseline_{};
  std::optional<Hours> hours_;
  std::optional<Freezes> freezes_;
  // What a task is kept out of, and the hours that it would have without.
  struct Closed {
    std::vector<uint32_t> freezes;
    timing::CalendarId hours = timing::kClock;
  };
  std::map<timing::TaskId, Closed> closed_;
  std::map<uint32_t, timing::EdgeId> months_;
  // By hours and freezes: the calendar of what is left.
  std::map<std::pair<timing::CalendarId, std::vector<uint32_t>>, timing::CalendarId> open_;
  std::map<std::vector<uint32_t>, uint32_t> closures_;
  timing::Horizon horizon_;
  timing::Network plain_;
  std::optional<timing::Graph> graph_;
  timing::Levelled levelled_;
  std::set<timing::TaskId> held_;
};

// Minutes of a length of the clock. A month is taken as the mean of a year's.
auto MinutesOf(const Length &length) -> timing::Minutes;

}  // namespace groma::schedule
