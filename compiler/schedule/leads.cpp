// SPDX-License-Identifier: Apache-2.0
#include "leads.h"

#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {
namespace {

using plan::OriginId;
using plan::OriginKind;

constexpr size_t kMostLines = 8;

}  // namespace

Leads::Leads(Source &source, const Steps &steps, const Layout &layout,
             const plan::Decisions &decisions)
    : source_(source), steps_(steps), layout_(layout), decisions_(decisions) {
  for (size_t i = 0; i < decisions.choices.size(); ++i) {
    const plan::Decisions::Choice &choice = decisions.choices[i];
    choices_.emplace(source.evaluator.Read(choice.entity, choice.slot).origin, i);
  }
}

auto Leads::Of(llvm::ArrayRef<timing::TaskId> chain, const timing::Analysis &analysis, bool is_held)
    -> Lead {
  Lead lead;
  seen_.clear();
  while (!chain.empty()) {
    const uint32_t at = layout_.step_of[chain.front()];
    // A step may have several tasks, one after the other: it starts with the first and is finished
    // with the last.
    const auto own = chain.take_while([&](timing::TaskId task) { return layout_.step_of[task] == at; });
    const Date day = layout_.DayOf(analysis.tasks[own.back()].early.finish - 1);
    lead.chain += (lead.chain.empty() ? "" : ", ") + Name(at) + " " + day.ToString();
    AddLine(at, own.front(), analysis, is_held, lead);
    AddChoices(steps_.list[at], lead);
    chain = chain.drop_front(own.size());
  }
  return lead;
}

auto Leads::Name(uint32_t step) const -> std::string {
  return source_.model.FullName(steps_.list[step].id);
}

auto Leads::SpanOfField(EntityId id, KnownMember member) -> source::Span {
  const plan::Fact fact = source_.evaluator.Read(id, source_.known.slot(member));
  return source_.environment.origins.origin(fact.origin).span;
}

// The line of the plan that says how long it takes, if there is one.
void Leads::AddLine(uint32_t at, timing::TaskId task, const timing::Analysis &analysis,
                    bool is_held, Lead &lead) {
  const Step &step = steps_.list[at];
  const std::string start = layout_.DayOf(analysis.tasks[task].early.start).ToString();
  if (is_held && layout_.IsHeld(task) && !layout_.IsKept(task) && IsSome(step.team)) {
    lead.lines.push_back(
        {SpanOfField(layout_.TeamOf(at), KnownMember::TeamPeople),
         "`" + Name(at) + "` waits until somebody of this team has time, on " + start});
  }
  if (step.sort != Step::Sort::Task || lead.lines.size() >= kMostLines) return;
  const timing::TaskDates &dates = analysis.tasks[task];
  for (const Freeze *freeze : layout_.FreezesBefore(task, dates)) {
    AddFreeze(*freeze, "`" + Name(at) + "` starts after this freeze, on " + start, lead);
  }
  for (const Freeze *freeze : layout_.FreezesWithin(task, dates)) {
    AddFreeze(*freeze, "`" + Name(at) + "` rests in this freeze", lead);
  }
  const KnownMember member = step.duration ? KnownMember::TaskDuration : KnownMember::TaskEffort;
  const plan::Fact fact = source_.evaluator.Read(step.id, source_.known.slot(member));
  const auto span = StatedIn(fact.origin);
  if (!span) return;
  if (fact.value.tag == ValueTag::Number && fact.value.number.is_zero()) return;
  const Value &shown = fact.value.tag == ValueTag::Spread ? fact.value.elements()[1] : fact.value;
  const std::string text =
      "`" + Name(at) + "` takes " + plan::Print(source_.model, shown) + ", from " + start;
  const bool is_told =
      llvm::any_of(lead.lines, [&](const Lead::Line &line) { return line.span == *span; });
  if (!is_told) lead.lines.push_back({*span, text});
}

void Leads::AddFreeze(const Freeze &freeze, const std::string &text, Lead &lead) {
  const source::Span span = SpanOfField(freeze.id, KnownMember::FreezeTo);
  const bool is_told =
      llvm::any_of(lead.lines, [&](const Lead::Line &line) { return line.span == span; });
  if (!is_told) lead.lines.push_back({span, text});
}

void Leads::AddChoices(const Step &step, Lead &lead) {
  for (const KnownMember member :
       {KnownMember::TaskDuration, KnownMember::TaskEffort, KnownMember::TaskTeam,
        KnownMember::StepAfter, KnownMember::TaskFinishAfter, KnownMember::TaskNotBefore}) {
    if (!source_.Has(step.id, member)) continue;
    Visit(source_.evaluator.Read(step.id, source_.known.slot(member)).origin, lead);
  }
}

void Leads::Visit(OriginId origin, Lead &lead) {
  std::vector<OriginId> next = {origin};
  while (!next.empty()) {
    const OriginId at = next.back();
    next.pop_back();
    if (!IsSome(at) || !seen_.insert(at).second) continue;
    if (const auto choice = choices_.find(at); choice != choices_.end()) {
      const auto &[entity, slot, value, binding, pinned] = decisions_.choices[choice->second];
      lead.choices.push_back({entity, slot, value});
      continue;
    }
    const plan::Origin one = source_.environment.origins.origin(at);
    // What is worked out from several choices: which of them it needs is not known.
    if (one.kind == OriginKind::Chosen) lead.is_complete = false;
    llvm::append_range(next, one.premises);
  }
}

auto Leads::StatedIn(OriginId origin) -> std::optional<source::Span> {
  std::vector<OriginId> next = {origin};
  std::set<OriginId> seen;
  for (size_t i = 0; i < next.size(); ++i) {
    if (!IsSome(next[i]) || !seen.insert(next[i]).second) continue;
    const plan::Origin one = source_.environment.origins.origin(next[i]);
    // Why something was chosen is another story.
    const bool is_choice = one.kind == OriginKind::Chosen;
    if (is_choice || one.kind == OriginKind::Stated || one.kind == OriginKind::Overridden) {
      return one.span;
    }
    llvm::append_range(next, one.premises);
  }
  return std::nullopt;
}

}  // namespace groma::schedule
