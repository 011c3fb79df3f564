// SPDX-License-Identifier: Apache-2.0
#include "incomplete_calendars.h"

#include "diagnostics.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {
namespace {

// The steps that bring a calendar furthest out of its years.
struct Use {
  uint32_t first_step = kNoStep, last_step = kNoStep;
  Date first, last;
};

auto IsInWorkdays(const std::optional<Length> &length) -> bool {
  return length && length->in == Length::In::Workdays;
}

// Whether its dates depend on which days are worked.
auto CountsWork(const Step &step) -> bool {
  const auto waits = [](const Wait &wait) {
    return llvm::any_of(wait.lags, [](const Length &lag) { return IsInWorkdays(lag); });
  };
  return IsInWorkdays(step.duration) || (!step.duration && step.effort) ||
         llvm::any_of(step.to_start, waits) || llvm::any_of(step.to_finish, waits);
}

}  // namespace

void WarnOfIncompleteCalendars(Source &source, const Steps &steps, const Layout &layout,
                               const timing::Analysis &analysis, Sink &sink) {
  std::map<EntityId, Use> uses;
  for (uint32_t i = 0; i < steps.list.size(); ++i) {
    const Step &step = steps.list[i];
    // What comes after use is years away; a day more or less there is none that one plans by.
    if (step.finished || step.is_after_use || !CountsWork(step)) continue;
    const EntityId team = layout.TeamOf(i);
    const EntityId calendar = IsSome(team)
                                  ? source.EntityIn(team, KnownMember::TeamCalendar)
                                  : source.EntityIn(source.model.plan, KnownMember::PlanCalendar);
    if (!IsSome(calendar)) continue;
    const timing::Moment start = analysis.tasks[layout.ends[i].start].early.start;
    const timing::Moment finish = analysis.tasks[layout.ends[i].finish].early.finish;
    const Date first = layout.DayOf(start);
    const Date last = std::max(first, layout.DayOf(finish - 1));
    Use &use = uses[calendar];
    if (use.first_step == kNoStep || first < use.first) use.first = first, use.first_step = i;
    if (use.last_step == kNoStep || use.last < last) use.last = last, use.last_step = i;
  }
  for (const auto &[calendar, use] : uses) {
    const auto from = source.FirstDay(calendar, KnownMember::CalendarComplete);
    const auto to = source.LastDay(calendar, KnownMember::CalendarComplete);
    if (!from || !to) continue;
    const auto report = [&, calendar = calendar](uint32_t step, Date day) {
      const EntityId id = steps.list[step].id;
      const std::string name = source.model.FullName(calendar);
      auto told = sink.Report(diag::CalendarIncomplete, source.model.entity(id).span,
                              source.model.FullName(id), day.ToString(), name, from->ToString(),
                              to->ToString());
      told.Help(source.model.entity(calendar).is_library
                    ? "derive a calendar of the plan from `" + name +
                          "` that has its days off in other years and says so in `complete`"
                    : "add its days off in other years, and say so in `complete`");
    };
    if (use.first < *from) report(use.first_step, use.first);
    if (*to < use.last) report(use.last_step, use.last);
  }
}

}  // namespace groma::schedule
