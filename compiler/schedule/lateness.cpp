// SPDX-License-Identifier: Apache-2.0
#include "lateness.h"

#include <set>

#include "diagnostics.h"
#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {
namespace {

using plan::OriginId;
using plan::OriginKind;

constexpr size_t kMostTold = 3;
constexpr size_t kMostLabels = 8;

auto DaysText(int64_t days) -> std::string {
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

class Teller {
 public:
  Teller(Source &source, const Steps &steps, const Layout &layout,
         const timing::Analysis &analysis, Sink &sink)
      : source_(source), steps_(steps), layout_(layout), analysis_(analysis), sink_(sink) {}

  void Tell(uint32_t step) {
    const timing::TaskId task = layout_.ends[step].finish;
    const Date by = *steps_.list[step].by;
    const Date finish = layout_.DayOf(analysis_.tasks[task].early.finish - 1);
    const std::string name = Name(step);
    const auto span = SpanOfField(steps_.list[step].id, KnownMember::StepBy);
    auto report = sink_.Report(diag::TooLate, span, name, finish.ToString(),
                               DaysText(base::DaysBetween(by, finish)));
    report.Here("this is the day");
    std::vector<std::pair<source::Span, std::string>> labels;
    std::string chain;
    uint32_t before = kNoStep;
    for (const timing::TaskId one : layout_.ChainTo(task)) {
      const uint32_t at = layout_.step_of[one];
      if (at == before) continue;
      before = at;
      const Date day = layout_.DayOf(analysis_.tasks[one].early.finish - 1);
      chain += (chain.empty() ? "" : ", ") + Name(at) + " " + day.ToString();
      AddLabel(at, one, labels);
    }
    for (const auto &[place, text] : labels) report.Label(place, text);
    report.Note("what leads to it, with the day on which it is finished: " + chain);
    report.Help("shorten one of these, start it earlier, or promise a later day");
  }

 private:
  auto Name(uint32_t step) const -> std::string {
    return source_.model.FullName(steps_.list[step].id);
  }

  auto SpanOfField(EntityId id, KnownMember member) -> source::Span {
    const plan::Fact fact = source_.evaluator.Read(id, source_.known.slot(member));
    return source_.environment.origins.origin(fact.origin).span;
  }

  // The line of the plan that says how long it takes, if there is one.
  void AddLabel(uint32_t at, timing::TaskId task,
                std::vector<std::pair<source::Span, std::string>> &labels) {
    const Step &step = steps_.list[at];
    if (layout_.IsHeld(task) && IsSome(step.team)) {
      labels.emplace_back(SpanOfField(step.team, KnownMember::TeamPeople),
                          "`" + Name(at) + "` waits until somebody of this team has time, on " +
                              layout_.DayOf(analysis_.tasks[task].early.start).ToString());
    }
    if (step.sort != Step::Sort::Task || labels.size() >= kMostLabels) return;
    const KnownMember member = step.duration ? KnownMember::TaskDuration : KnownMember::TaskEffort;
    const plan::Fact fact = source_.evaluator.Read(step.id, source_.known.slot(member));
    const auto span = StatedIn(fact.origin);
    if (!span) return;
    const Value &shown = fact.value.tag == ValueTag::Spread ? fact.value.elements()[1] : fact.value;
    const std::string text = "`" + Name(at) + "` takes " + plan::Print(source_.model, shown) +
                             ", from " +
                             layout_.DayOf(analysis_.tasks[task].early.start).ToString();
    const bool is_told = llvm::any_of(labels, [&](const auto &label) { return label.first == *span; });
    if (!is_told) labels.emplace_back(*span, text);
  }

  // The nearest reason that stands in the plan itself.
  auto StatedIn(OriginId origin) -> std::optional<source::Span> {
    std::vector<OriginId> next = {origin};
    std::set<OriginId> seen;
    for (size_t i = 0; i < next.size(); ++i) {
      if (!IsSome(next[i]) || !seen.insert(next[i]).second) continue;
      const plan::Origin one = source_.environment.origins.origin(next[i]);
      if (one.kind == OriginKind::Stated || one.kind == OriginKind::Overridden) return one.span;
      llvm::append_range(next, one.premises);
    }
    return std::nullopt;
  }

  Source &source_;
  const Steps &steps_;
  const Layout &layout_;
  const timing::Analysis &analysis_;
  Sink &sink_;
};

}  // namespace

auto ReportLateness(Source &source, const Steps &steps, const Layout &layout,
                    const timing::Analysis &analysis, Sink &sink) -> bool {
  Teller teller(source, steps, layout, analysis, sink);
  size_t late = 0;
  for (uint32_t i = 0; i < steps.list.size(); ++i) {
    const timing::TaskId task = layout.ends[i].finish;
    if (!steps.list[i].by || steps.list[i].finished) continue;
    if (llvm::is_contained(source.environment.suspended, steps.list[i].id)) continue;
    if (analysis.tasks[task].early.finish <= layout.End(*steps.list[i].by)) continue;
    if (late++ < kMostTold) teller.Tell(i);
  }
  return late == 0;
}

}  // namespace groma::schedule
