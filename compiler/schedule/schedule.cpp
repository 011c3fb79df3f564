// SPDX-License-Identifier: Apache-2.0
#include "schedule.h"

#include "beginnings.h"
#include "diagnostics.h"
#include "incomplete_calendars.h"
#include "labour.h"
#include "lateness.h"
#include "releases.h"
#include "llvm/ADT/STLExtras.h"
#include "timeline.h"
#include "uncertainty.h"
#include "whole.h"

namespace groma::schedule {
namespace {

constexpr size_t kMostLabels = 12;

class Scheduler {
 public:
  Scheduler(plan::Model &model, plan::Environment &environment, plan::Decisions &decisions,
            llvm::ArrayRef<Shift> shifts, Sink &sink)
      : source_(model, environment), decisions_(decisions), shifts_(shifts), sink_(sink) {}

  auto Run(llvm::ArrayRef<Need> needs, llvm::function_ref<bool(Outcome &)> is_last) -> Outcome {
    Steps steps(source_, sink_);
    if (!steps.is_read()) return {};
    for (const Shift &shift : shifts_) steps.Move(shift);
    AddLeftOut(steps);
    if (steps.list.empty()) return {Verdict::Scheduled, {}, {}};
    Layout layout(source_, steps);
    const timing::Graph graph(layout.network);
    const timing::Order order = timing::FindOrder(layout.network, graph);
    if (!order.cycle.empty()) {
      ReportCycle(steps, layout, order.cycle);
      return {};
    }
    timing::GiveEffortCalendars(layout.network, layout.workforce);
    for (const Need &need : needs) layout.Demand(steps.Find(need.step), need.by);
    timing::Level level =
        timing::LevelTasks(layout.network, graph, order.tasks, layout.workforce);
    layout.Hold(std::move(level.best));
    const timing::Graph held(layout.network);
    const timing::Analysis analysis =
        timing::Analyze(layout.network, held, timing::FindOrder(layout.network, held).tasks);
    for (uint32_t i = 0; i < steps.list.size(); ++i) {
      if (analysis.tasks[layout.ends[i].finish].early.finish < timing::kNever) continue;
      ReportNever(steps.list[i]);
      return {};
    }
    Outcome outcome{Verdict::Scheduled, {}, LabourOf(steps, layout)};
    Leads leads(source_, steps, layout, decisions_);
    const std::vector<Miss> late = FindLate(source_, steps, layout, analysis, leads);
    outcome.missed = late;
    llvm::append_range(outcome.missed,
                       ReportClosedWindows(source_, steps, layout, analysis, leads, sink_));
    if (!outcome.missed.empty()) outcome.verdict = Verdict::Late;
    AddMissedNeeds(steps, layout, analysis, needs, leads, outcome.missed);
    if (!outcome.missed.empty()) {
      const timing::Analysis alone = timing::Analyze(layout.plain(), graph, order.tasks);
      for (Miss &miss : outcome.missed) Prove(steps, layout, layout.plain(), alone, leads, miss);
    }
    for (uint32_t i = 0; i < steps.list.size(); ++i) AddResults(steps, i, layout, analysis);
    AddLoads(outcome.labour);
    AddWhole(source_, steps, decisions_);
    decisions_.Sort();
    decisions_.timeline = TimelineOf(source_, steps, layout, analysis, decisions_);
    if (!is_last(outcome)) return outcome;
    ReportLate(source_, steps, layout, leads, late, sink_);
    WarnOfIncompleteCalendars(source_, steps, layout, analysis, sink_);
    AddBeginnings(steps, layout);
    AddUncertainty(source_, steps, layout, decisions_, sink_);
    decisions_.Sort();
    return outcome;
  }

  // Nobody waits for people.
  auto Foresee(llvm::ArrayRef<Need> needs) -> Outcome {
    Steps steps(source_, sink_);
    Outcome outcome;
    if (!steps.is_read()) return outcome;
    for (const Shift &shift : shifts_) steps.Move(shift);
    AddLeftOut(steps);
    if (steps.list.empty()) return {Verdict::Scheduled, {}, {}};
    Layout layout(source_, steps);
    const timing::Graph graph(layout.network);
    const timing::Order order = timing::FindOrder(layout.network, graph);
    if (!order.cycle.empty()) return outcome;
    timing::GiveEffortCalendars(layout.network, layout.workforce);
    const timing::Analysis analysis = timing::Analyze(layout.network, graph, order.tasks);
    for (uint32_t i = 0; i < steps.list.size(); ++i) {
      if (analysis.tasks[layout.ends[i].finish].early.finish >= timing::kNever) return outcome;
      AddResults(steps, i, layout, analysis);
    }
    Leads leads(source_, steps, layout, decisions_);
    for (const Need &need : needs) {
      Miss miss;
      miss.step = need.step;
      miss.by = need.by;
      Prove(steps, layout, layout.network, analysis, leads, miss);
      if (miss.is_proved) outcome.missed.push_back(std::move(miss));
    }
    AddWhole(source_, steps, decisions_);
    outcome.labour = LabourForeseen(steps, layout, analysis);
    outcome.verdict = Verdict::Scheduled;
    decisions_.Sort();
    return outcome;
  }

 private:
  void ReportCycle(const Steps &steps, const Layout &layout,
                   const std::vector<timing::EdgeId> &cycle) {
    std::vector<EntityId> around;
    for (const timing::EdgeId edge : cycle) {
      const EntityId id = steps.list[layout.step_of[layout.network.edges[edge].from]].id;
      if (around.empty() || around.back() != id) around.push_back(id);
    }
    auto report = sink_.Report(diag::StepsWait, source_.model.entity(around[0]).span, around.size());
    report.Here("`" + source_.model.FullName(around[0]) + "` waits for itself");
    for (size_t i = 1; i < std::min(around.size(), kMostLabels); ++i) {
      report.Label(source_.model.entity(around[i]).span,
                   "by way of `" + source_.model.FullName(around[i]) + "`");
    }
    report.Help("take one of them out of the `after` of the next");
  }

  void ReportNever(const Step &step) {
    auto report = sink_.Report(diag::NeverDone, source_.model.entity(step.id).span,
                               source_.model.FullName(step.id), size_t{Layout::kYears});
    if (IsSome(step.team)) {
      report.Label(source_.model.entity(step.team).span, "this team does it");
    }
    report.Help(step.is_after_use
                    ? "it comes after the use of something: leave away its `retire` as long as that is so "
                      "far ahead"
                    : "see how many people work on it, and when, or whether it takes less");
  }

  static void AddMissedNeeds(const Steps &steps, const Layout &layout,
                             const timing::Analysis &analysis, llvm::ArrayRef<Need> needs,
                             Leads &leads, std::vector<Miss> &missed) {
    for (const Need &need : needs) {
      const uint32_t step = steps.Find(need.step);
      if (step == kNoStep) continue;
      const timing::TaskId task = layout.ends[step].finish;
      if (analysis.tasks[task].early.finish <= layout.End(need.by)) continue;
      Miss miss;
      miss.step = need.step;
      miss.by = need.by;
      miss.finish = layout.DayOf(analysis.tasks[task].early.finish - 1);
      miss.lead = leads.Of(layout.ChainTo(task), analysis, true);
      missed.push_back(std::move(miss));
    }
  }

  // If it would be missed with all the people in the world, what leads to that is the reason.
  static void Prove(const Steps &steps, const Layout &layout, const timing::Network &network,
                    const timing::Analysis &alone, Leads &leads, Miss &miss) {
    const timing::TaskId task = layout.ends[steps.Find(miss.step)].finish;
    const timing::Moment finish = alone.tasks[task].early.finish;
    if (finish <= layout.End(miss.by)) return;
    Lead lead = leads.Of(timing::ChainTo(network, alone, task), alone, false);
    miss.is_proved = lead.is_complete;
    if (!lead.is_complete) return;
    miss.lead = std::move(lead);
    miss.finish = layout.DayOf(finish - 1);
  }

  void AddResults(const Steps &steps, uint32_t i, Layout &layout,
                  const timing::Analysis &analysis) {
    const Step &step = steps.list[i];
    const timing::TaskDates &dates = analysis.tasks[layout.ends[i].finish];
    const timing::TaskDates &begin = analysis.tasks[layout.ends[i].start];
    Date start = layout.DayOf(begin.early.start);
    Date finish = std::max(layout.first_day(), layout.DayOf(dates.early.finish - 1));
    if (step.sort == Step::Sort::Stream) start = StartOfParts(steps, i, layout, analysis, start);
    if (step.sort == Step::Sort::Milestone || step.sort == Step::Sort::Decision) {
      // It takes no time, so it starts when it is reached; the end of a day is that day.
      const bool is_day = step.sort == Step::Sort::Milestone &&
                          (begin.cause.reason == timing::Reason::NotBefore ||
                           begin.cause.reason == timing::Reason::Now);
      start = finish = is_day ? start : finish;
    }
    if (step.sort == Step::Sort::Task && finish < start) finish = start;
    if (step.finished) {
      // What happened keeps its days, those before the plan too.
      finish = *step.finished;
      start = std::min(step.started.value_or(finish), finish);
    }
    Add(step.id, KnownMember::StepStart, DateOf(start), BindingOfStart(steps, step, layout, begin));
    Add(step.id, KnownMember::StepFinish, DateOf(finish), BindingOfFinish(steps, step, layout, dates, begin.early.start));
    Add(step.id, KnownMember::StepCritical, Value::Bool(dates.is_critical), {});
    const bool has_slack = dates.total_slack < timing::kNever;
    Add(step.id, KnownMember::StepSlack, has_slack ? SlackOf(layout, dates) : Value::None(), {});
  }

  // A workstream starts with the first of what stands in it.
  static auto StartOfParts(const Steps &steps, uint32_t stream, const Layout &layout,
                           const timing::Analysis &analysis, Date start) -> Date {
    std::optional<Date> first;
    for (uint32_t k = 0; k < steps.list.size(); ++k) {
      if (steps.list[k].stream != stream) continue;
      const Date day = layout.DayOf(analysis.tasks[layout.ends[k].start].early.start);
      first = first ? std::min(*first, day) : day;
    }
    return first.value_or(start);
  }

  void AddBeginnings(const Steps &steps, const Layout &layout) {
    const std::vector<Beginning> beginnings = FindBeginnings(steps, layout);
    for (uint32_t i = 0; i < beginnings.size(); ++i) {
      std::vector<plan::Binding> binding;
      if (beginnings[i].latest >= timing::kNever) {
        Add(steps.list[i].id, KnownMember::StepOrderBy, Value::None(), {});
        continue;
      }
      AddField(steps.list[beginnings[i].step].id, KnownMember::StepStart, binding);
      if (steps.list[i].by) AddField(steps.list[i].id, KnownMember::StepBy, binding);
      Add(steps.list[i].id, KnownMember::StepOrderBy, DateOf(layout.DayOf(beginnings[i].latest)),
          std::move(binding));
    }
  }

  // What teams have to do, month by month.
  void AddLoads(llvm::ArrayRef<plan::Labour> labour) {
    std::map<EntityId, std::map<base::Month, Rational>> loads;
    std::map<EntityId, std::vector<plan::Binding>> binding;
    for (const plan::Labour &work : labour) {
      if (!source_.Has(work.team, KnownMember::TeamLoad)) continue;
      for (const auto &[month, share] : work.shares) {
        Rational &days = loads[work.team][month];
        days = base::Add(days, base::Mul(work.days, share).value_or(0)).value_or(days);
      }
      AddField(work.task, KnownMember::TaskEffort, binding[work.team]);
    }
    for (const auto &[team, months] : loads) {
      std::vector<plan::MapEntry> steps;
      const auto add = [&](base::Month month, Rational days) {
        Value key = Value::Of(ValueTag::Date);
        key.date = month.first();
        const Rational seconds = base::Mul(days, 86'400).value_or(0);
        steps.push_back({key, Value::Number(seconds, base::DimensionId::kTime, UnitOf("days"))});
      };
      for (const auto &[month, days] : months) {
        add(month, days);
        if (!months.contains(month.Add(1))) add(month.Add(1), 0);
      }
      const Value curve = Value::Entries(
          ValueTag::Curve, source_.model.Keep(llvm::ArrayRef<plan::MapEntry>(steps)), false);
      Add(team, KnownMember::TeamLoad, curve, std::move(binding[team]));
    }
  }

  static auto DateOf(Date date) -> Value {
    Value value = Value::Of(ValueTag::Date);
    value.date = date;
    return value;
  }

  // In days of the clock: by so many may it be finished later.
  auto SlackOf(const Layout &layout, const timing::TaskDates &dates) -> Value {
    const int64_t days = base::DaysBetween(layout.DayOf(dates.early.finish - 1),
                                           layout.DayOf(dates.late.finish - 1));
    return Value::Number(Rational(days * 86'400), base::DimensionId::kTime, UnitOf("days"));
  }
  auto UnitOf(llvm::StringRef name) const -> uint32_t {
    const auto unit = source_.model.units.Find(name);
    return unit ? static_cast<uint32_t>(*unit) : 0;
  }

  // What is not done has no dates.
  void AddLeftOut(const Steps &steps) {
    for (const EntityId id : steps.left_out) {
      for (const KnownMember member :
           {KnownMember::StepStart, KnownMember::StepFinish, KnownMember::StepSlack,
            KnownMember::StepCritical, KnownMember::StepOrderBy, KnownMember::StepP50,
            KnownMember::StepP80, KnownMember::StepP95, KnownMember::StepCriticality}) {
        std::vector<plan::Binding> binding;
        AddField(id, KnownMember::StepNeeded, binding);
        Add(id, member, Value::None(), std::move(binding));
      }
    }
    decisions_.Sort();
  }

  // What holds a step back: the end of the one that it waits for, and the line that says so.
  auto BindingOfStart(const Steps &steps, const Step &step, const Layout &layout,
                      const timing::TaskDates &dates) -> std::vector<plan::Binding> {
    std::vector<plan::Binding> binding;
    AddFreezes(layout.FreezesBefore(layout.ends[steps.Find(step.id)].start, dates), binding);
    if (const timing::TaskId task = layout.ends[steps.Find(step.id)].start; layout.IsHeld(task)) {
      // What it waited for first, and then for what its team did.
      const timing::Wait wait = layout.WaitOf(task);
      if (wait.cause.reason == timing::Reason::Edge) {
        const timing::Edge &edge = layout.network.edges[wait.cause.edge];
        AddEnd(steps, layout, edge.from, timing::LeavesFinish(edge.link), step, binding);
      }
      if (!wait.holders.empty()) AddEnd(steps, layout, wait.holders[0], true, step, binding);
      if (layout.IsKept(task)) {
        AddField(layout.baseline(), KnownMember::BaselineFinishes, binding);
      } else {
        AddTeam(steps, step, layout, binding);
      }
      return binding;
    }
    switch (dates.cause.reason) {
      case timing::Reason::Edge: {
        const timing::Edge &edge = layout.network.edges[dates.cause.edge];
        AddEnd(steps, layout, edge.from, timing::LeavesFinish(edge.link), step, binding);
        break;
      }
      case timing::Reason::NotBefore:
        AddField(step.id, KnownMember::TaskNotBefore, binding);
        // A decision is counted on for its day.
        if (step.sort == Step::Sort::Decision) AddField(step.id, KnownMember::StepBy, binding);
        break;
      case timing::Reason::Actual:
        for (const KnownMember member : {KnownMember::TaskStarted, KnownMember::MilestoneReached,
                                         KnownMember::DecisionTaken}) {
          AddField(step.id, member, binding);
        }
        break;
      default: AddField(source_.model.plan, KnownMember::PlanStarts, binding);
    }
    return binding;
  }

  auto BindingOfFinish(const Steps &steps, const Step &step, const Layout &layout,
                       const timing::TaskDates &dates, timing::Moment start)
      -> std::vector<plan::Binding> {
    if (step.sort != Step::Sort::Task) return BindingOfStart(steps, step, layout, dates);
    std::vector<plan::Binding> binding;
    const bool is_held = layout.IsHeld(layout.ends[steps.Find(step.id)].finish);
    if (!is_held && dates.cause.reason == timing::Reason::Edge && dates.cause.is_finish) {
      const timing::Edge &edge = layout.network.edges[dates.cause.edge];
      AddEnd(steps, layout, edge.from, timing::LeavesFinish(edge.link), step, binding);
      return binding;
    }
    AddField(step.id, KnownMember::StepStart, binding);
    // Months start with another task than the one that they end with.
    timing::TaskDates whole = dates;
    whole.early.start = start;
    AddFreezes(layout.FreezesWithin(layout.ends[steps.Find(step.id)].finish, whole), binding);
    if (step.duration) {
      AddField(step.id, KnownMember::TaskDuration, binding);
    } else {
      AddField(step.id, KnownMember::TaskEffort, binding);
      AddTeam(steps, step, layout, binding);
    }
    return binding;
  }

  // What stands between two steps, such as a day that one waits for, belongs to the later one: what it
  // waits for is all that is known.
  void AddEnd(const Steps &steps, const Layout &layout, timing::TaskId from, bool is_finish,
              const Step &step, std::vector<plan::Binding> &binding) {
    const Step &other = steps.list[layout.step_of[from]];
    if (other.id == step.id) return AddField(step.id, KnownMember::StepAfter, binding);
    AddField(other.id, is_finish ? KnownMember::StepFinish : KnownMember::StepStart, binding);
  }

  // The people who do it; and if another team could have, the line that says so.
  void AddTeam(const Steps &steps, const Step &step, const Layout &layout,
               std::vector<plan::Binding> &binding) const {
    const EntityId team = layout.TeamOf(steps.Find(step.id));
    if (!IsSome(team)) return;
    if (team != step.team) AddField(step.id, KnownMember::TaskOrTeam, binding);
    AddField(team, KnownMember::TeamPeople, binding);
  }

  void AddFreezes(llvm::ArrayRef<const Freeze *> freezes, std::vector<plan::Binding> &binding) const {
    for (const Freeze *freeze : freezes) {
      AddField(freeze->id, KnownMember::FreezeFrom, binding);
      AddField(freeze->id, KnownMember::FreezeTo, binding);
    }
  }

  void AddField(EntityId id, KnownMember member, std::vector<plan::Binding> &binding) const {
    if (source_.Has(id, member)) binding.push_back({id, source_.known.slot(member), {}});
  }

  void Add(EntityId id, KnownMember member, const Value &value,
           std::vector<plan::Binding> binding) {
    const plan::Slot slot = source_.known.slot(member);
    decisions_.results.push_back({id, slot, {}, value, std::move(binding)});
  }

  Source source_;
  plan::Decisions &decisions_;
  llvm::ArrayRef<Shift> shifts_;
  Sink &sink_;
};

}  // namespace

auto Schedule(plan::Model &model, const plan::Environment &environment,
              plan::Decisions &decisions, llvm::ArrayRef<Need> needs, llvm::ArrayRef<Shift> shifts,
              llvm::function_ref<bool(Outcome &)> is_last, Sink &sink) -> Outcome {
  // Read with what was decided so far; what is read then is not what the plan is sealed with.
  plan::Environment open = environment.Unread();
  open.decisions = &decisions;
  return Scheduler(model, open, decisions, shifts, sink).Run(needs, is_last);
}

auto Foresee(plan::Model &model, const plan::Environment &environment, plan::Decisions &decisions,
             llvm::ArrayRef<Need> needs, llvm::ArrayRef<Shift> shifts) -> Outcome {
  plan::Environment open = environment.Unread();
  open.decisions = &decisions;
  Sink ignored;
  return Scheduler(model, open, decisions, shifts, ignored).Foresee(needs);
}

}  // namespace groma::schedule
