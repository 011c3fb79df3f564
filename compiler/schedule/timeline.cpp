// SPDX-License-Identifier: Apache-2.0
#include "timeline.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {
namespace {

using plan::Timeline;

static_assert(kNoStep == Timeline::kNoStep);

class Teller {
 public:
  Teller(Source &source, const Steps &steps, Layout &layout, const timing::Analysis &analysis,
         const plan::Decisions &decided)
      : source_(source), steps_(steps), layout_(layout), analysis_(analysis), decided_(decided) {}

  auto Tell() -> Timeline {
    line_.first_day = layout_.first_day();
    line_.start = layout_.Begin(layout_.first_day());
    if (layout_.network.now > timing::kEver) line_.now = layout_.network.now;
    AddClock();
    AddTeam({});
    for (uint32_t i = 0; i < steps_.list.size(); ++i) AddStep(i);
    return std::move(line_);
  }

 private:
  void AddClock() {
    const timing::Zone &zone = layout_.hours().zone();
    const timing::Moment first = layout_.Begin(layout_.first_day().AddMonths(-24));
    line_.clock.push_back({first, zone.OffsetAt(first)});
    for (const timing::OffsetChange &change : zone.changes()) {
      if (change.at > first) line_.clock.push_back({change.at, change.offset});
    }
  }

  void AddTeam(EntityId id) {
    if (line_.TeamOf(id) != nullptr) return;
    Timeline::Team team;
    team.id = id;
    Hours &hours = layout_.hours();
    for (const timing::Span &span : layout_.network.calendar(hours.CalendarOf(id)).spans()) {
      team.hours.push_back({span.begin, span.end});
    }
    if (IsSome(id)) {
      for (const timing::Step &step : hours.PeopleOf(id)) {
        team.counts.push_back({step.at, step.value});
      }
      team.share = hours.ShareOf(id);
    }
    line_.teams.push_back(std::move(team));
  }

  void AddStep(uint32_t i) {
    const Step &from = steps_.list[i];
    Timeline::Step step;
    step.id = from.id;
    step.sort = static_cast<Timeline::Sort>(from.sort);
    step.stream = from.stream;
    for (const Wait &wait : from.to_start) step.waits.push_back(WaitOf(wait, from.team, false));
    for (const Wait &wait : from.to_finish) step.waits.push_back(WaitOf(wait, from.team, true));
    step.team = from.team;
    step.done_by = layout_.TeamOf(i);
    step.other_teams = from.other_teams;
    step.people = from.people;
    step.priority = from.priority;
    step.is_unbroken = from.is_unbroken;
    if (from.not_before) step.not_before = layout_.Begin(*from.not_before);
    if (from.by) step.deadline = layout_.End(*from.by);
    step.is_after_use = from.is_after_use;
    for (const timing::Span &span : layout_.ClosedTo(i)) {
      step.closed.push_back({span.begin, span.end});
    }
    if (from.started) step.started = layout_.Begin(*from.started);
    if (from.finished) step.finished = layout_.End(*from.finished);
    AddLength(from, step);
    AddDates(i, step);
    if (layout_.MonthsOf(i)) {
      // As long as they are from its start on.
      step.minutes = step.remaining = layout_.MinutesOfMonths(i, step.start);
    }
    step.span = source_.model.entity(from.id).span;
    step.after_at = PlaceOf(from.id, KnownMember::StepAfter);
    step.by_at = PlaceOf(from.id, KnownMember::StepBy);
    AddTeam(from.team);
    for (const EntityId other : from.other_teams) AddTeam(other);
    line_.steps.push_back(std::move(step));
  }

  void AddLength(const Step &from, Timeline::Step &step) {
    if (from.sort != Step::Sort::Task || (!from.duration && !from.effort)) return;
    const KnownMember member = from.duration ? KnownMember::TaskDuration : KnownMember::TaskEffort;
    step.takes_at = PlaceOf(from.id, member);
    const Value said = source_.Get(from.id, member);
    step.is_uncertain =
        said.tag == ValueTag::Spread && plan::Compare(said.elements()[0], said.elements()[2]) != 0;
    const Length &length = from.duration ? *from.duration : *from.effort;
    if (!from.duration) {
      step.takes = Timeline::Takes::Effort;
    } else {
      step.takes =
          length.in == Length::In::Workdays ? Timeline::Takes::Hours : Timeline::Takes::Clock;
    }
    step.minutes = MinutesIn(length, from.team);
    step.remaining =
        from.remaining && !from.duration ? MinutesIn(*from.remaining, from.team) : step.minutes;
  }

  // Days of work are as long as those of the team.
  auto MinutesIn(const Length &length, EntityId team) -> int64_t {
    if (length.in != Length::In::Workdays) return MinutesOf(length);
    const auto minutes = base::Mul(length.amount, layout_.hours().DayOf(team));
    return minutes ? minutes->Ceil() : 0;
  }

  auto WaitOf(const Wait &from, EntityId team, bool holds_finish) -> Timeline::Wait {
    Timeline::Wait wait;
    wait.step = from.step;
    wait.is_start = from.is_start;
    wait.holds_finish = holds_finish;
    if (from.step == kNoStep) wait.at = layout_.End(from.day);
    // Months are as long as they are when they are waited for.
    timing::Moment at = wait.at;
    if (from.step != kNoStep) {
      const Layout::Ends &ends = layout_.ends[from.step];
      at = from.is_start ? analysis_.tasks[ends.start].early.start
                         : analysis_.tasks[ends.finish].early.finish;
    }
    for (const Length &length : from.lags) {
      const bool is_work = length.in == Length::In::Workdays;
      const timing::Moment then =
          layout_.network.AfterLag(layout_.ExactLagOf(length, team, from), at);
      const bool is_months = length.in == Length::In::Months;
      wait.lags.push_back({is_months ? then - at : MinutesIn(length, team), is_work,
                           is_work ? team : EntityId{}, is_months ? length.amount : 0});
      at = then;
    }
    return wait;
  }

  void AddDates(uint32_t i, Timeline::Step &step) {
    const timing::TaskDates &finish = analysis_.tasks[layout_.ends[i].finish];
    step.start = analysis_.tasks[layout_.ends[i].start].early.start;
    step.finish = finish.early.finish;
    step.is_critical = finish.is_critical;
    step.is_held = layout_.IsHeld(layout_.ends[i].start) || layout_.IsHeld(layout_.ends[i].finish);
    step.first_day = DayIn(step.id, KnownMember::StepStart);
    step.last_day = DayIn(step.id, KnownMember::StepFinish);
    if (finish.total_slack >= timing::kNever) return;
    step.slack = base::DaysBetween(layout_.DayOf(finish.early.finish - 1),
                                   layout_.DayOf(finish.late.finish - 1));
  }

  auto DayIn(EntityId id, KnownMember member) const -> Date {
    const auto *result = decided_.FindResult(id, source_.known.slot(member), {});
    return result == nullptr ? layout_.first_day() : result->value.date;
  }

  // Nothing if it is not written: then it is a default, and no line of the plan.
  auto PlaceOf(EntityId id, KnownMember member) const -> source::Span {
    if (!source_.Has(id, member)) return {};
    const plan::Slot slot = source_.known.slot(member);
    for (EntityId at = id; IsSome(at); at = source_.model.entity(at).base) {
      for (const plan::Written &written : source_.model.entity(at).written) {
        if (written.slot == slot) return written.span;
      }
    }
    return {};
  }

  Source &source_;
  const Steps &steps_;
  Layout &layout_;
  const timing::Analysis &analysis_;
  const plan::Decisions &decided_;
  Timeline line_;
};

}  // namespace

auto TimelineOf(Source &source, const Steps &steps, Layout &layout,
                const timing::Analysis &analysis, const plan::Decisions &decided)
    -> plan::Timeline {
  return Teller(source, steps, layout, analysis, decided).Tell();
}

}  // namespace groma::schedule
