// SPDX-License-Identifier: Apache-2.0
#include "steps.h"

#include "diagnostics.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::schedule {

Steps::Steps(Source &source, Sink &sink) : source_(source), sink_(sink) {
  for (const EntityId id : source.All(KnownKind::Step)) {
    if (IsLeftOut(id)) {
      left_out.push_back(id);
      continue;
    }
    by_id_.emplace(id, static_cast<uint32_t>(list.size()));
    list.emplace_back().id = id;
  }
  for (Step &step : list) Read(step);
}

// A workstream that is left out takes all that stands in it along.
auto Steps::IsLeftOut(EntityId id) -> bool {
  for (EntityId at = id; IsSome(at); at = source_.model.entity(at).parent) {
    if (source_.IsA(at, KnownKind::Step)) {
      const Value needed = source_.Get(at, KnownMember::StepNeeded);
      if (needed.tag == ValueTag::Bool && !needed.boolean) return true;
    } else if (source_.IsA(at, KnownKind::Environment) && at != source_.environment.entity) {
      return true;
    }
  }
  return false;
}

auto Steps::Find(EntityId id) const -> uint32_t {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? kNoStep : found->second;
}

void Steps::Move(const Shift &shift) {
  const uint32_t at = Find(shift.step);
  if (at == kNoStep) return;
  Step &step = list[at];
  if (shift.by) step.by = step.by ? std::min(*step.by, *shift.by) : *shift.by;
  if (!shift.not_before) return;
  // It waits for the end of that day.
  auto &waits = step.sort == Step::Sort::Task ? step.to_finish : step.to_start;
  waits.push_back({kNoStep, false, *shift.not_before, {}, KnownMember::StepAfter});
}

void Steps::Read(Step &step) {
  const EntityId parent = source_.model.entity(step.id).parent;
  if (source_.IsA(parent, KnownKind::Workstream)) step.stream = Find(parent);
  step.by = source_.LastDay(step.id, KnownMember::StepBy);
  step.is_after_use = source_.IsTrue(step.id, KnownMember::StepAfterUse);
  ReadWaits(step, KnownMember::StepAfter, step.to_start);
  // What a plan says itself of the day on which something starts.
  const Value start = source_.Get(step.id, KnownMember::StepStart);
  if (const auto day = FirstDayOf(start)) step.not_before = *day;
  if (source_.IsA(step.id, KnownKind::Task)) return ReadTask(step);
  if (source_.IsA(step.id, KnownKind::Workstream)) {
    step.sort = Step::Sort::Stream;
  } else if (source_.IsA(step.id, KnownKind::Decision)) {
    step.sort = Step::Sort::Decision;
    step.finished = source_.LastDay(step.id, KnownMember::DecisionTaken);
    // It is counted on for its day.
    if (step.by && !step.finished) step.not_before = *step.by;
  } else if (source_.IsA(step.id, KnownKind::Milestone)) {
    step.finished = source_.LastDay(step.id, KnownMember::MilestoneReached);
    step.release = source_.EntityIn(step.id, KnownMember::MilestoneRelease);
    if (!IsSome(step.release)) return;
    step.closes = source_.LastDay(step.release, KnownMember::ReleaseWindow);
  }
}

void Steps::ReadTask(Step &step) {
  step.sort = Step::Sort::Task;
  ReadWaits(step, KnownMember::TaskFinishAfter, step.to_finish);
  step.duration = ReadLength(source_.model, source_.Get(step.id, KnownMember::TaskDuration));
  step.effort = ReadEffort(source_.model, source_.Get(step.id, KnownMember::TaskEffort));
  CheckEffort(step);
  step.spent = ReadEffort(source_.model, source_.Get(step.id, KnownMember::TaskSpent));
  step.remaining = ReadEffort(source_.model, source_.Get(step.id, KnownMember::TaskRemaining));
  step.team = source_.EntityIn(step.id, KnownMember::TaskTeam);
  const Value people = source_.Get(step.id, KnownMember::TaskPeople);
  if (people.tag == ValueTag::Number) step.people = people.number.Floor();
  const Value others = source_.Get(step.id, KnownMember::TaskOrTeam);
  if (others.tag == ValueTag::List) {
    for (const Value &one : others.elements()) {
      if (one.tag == ValueTag::Entity) step.other_teams.push_back(one.entity);
    }
  }
  const Value priority = source_.Get(step.id, KnownMember::TaskPriority);
  if (priority.tag == ValueTag::Number) {
    step.priority = static_cast<int32_t>(priority.number.Floor());
  }
  step.is_unbroken = source_.IsTrue(step.id, KnownMember::TaskUnbroken);
  step.is_change = source_.IsTrue(step.id, KnownMember::TaskChange);
  if (const auto day = source_.FirstDay(step.id, KnownMember::TaskNotBefore)) {
    step.not_before = step.not_before ? std::max(*step.not_before, *day) : *day;
  }
  step.started = source_.FirstDay(step.id, KnownMember::TaskStarted);
  step.finished = source_.LastDay(step.id, KnownMember::TaskFinished);
  if (!IsSome(step.team)) return;
  const Value needs = source_.Get(step.id, KnownMember::TaskNeeds);
  const Value skills = source_.Get(step.team, KnownMember::TeamSkills);
  if (needs.tag != ValueTag::List) return;
  for (const Value &need : needs.elements()) {
    const bool has_it = skills.tag == ValueTag::List &&
                        llvm::any_of(skills.elements(), [&](const Value &skill) {
                          return plan::Compare(skill, need) == 0;
                        });
    if (has_it || need.tag != ValueTag::Entity) continue;
    is_read_ = false;
    const plan::Model &model = source_.model;
    sink_
        .Report(diag::NobodyWorks, model.entity(step.id).span, model.FullName(step.team),
                model.FullName(step.id), "`" + model.FullName(need.entity) + "` is none of its skills")
        .Label(model.entity(step.team).span, "this team does it")
        .Help("give the task another team, or add the skill to `skills` of this one");
  }
}

// A day of a person has as many hours as the calendar of the team says, and a day of time has 24: nothing lies
// between an hour and a day of work.
void Steps::CheckEffort(const Step &step) {
  const plan::Fact fact =
      source_.evaluator.Read(step.id, source_.known.slot(KnownMember::TaskEffort));
  if (fact.value.tag != ValueTag::Spread) return;
  const auto low = ReadEffort(source_.model, fact.value.elements()[0]);
  const auto high = ReadEffort(source_.model, fact.value.elements()[2]);
  if (!low || !high || low->in == high->in) return;
  is_read_ = false;
  sink_
      .Report(diag::MixedEffort, source_.environment.origins.origin(fact.origin).span,
              source_.model.FullName(step.id))
      .Help("write both in hours, or both in days: `4 hours .. 24 hours`");
}

void Steps::ReadWaits(Step &step, KnownMember member, std::vector<Wait> &waits) {
  const Value list = source_.Get(step.id, member);
  const auto read = [&](const Value &one) {
    const size_t before = waits.size();
    const MomentRead moment = ReadMoment(source_, *this, one, waits);
    if (moment.is_read) {
      for (Wait &wait : llvm::MutableArrayRef(waits).drop_front(before)) wait.by = member;
      return;
    }
    is_read_ = false;
    if (IsSome(moment.left_out)) {
      const plan::Model &model = source_.model;
      const std::string name = model.FullName(moment.left_out);
      sink_.Report(diag::WaitsInVain, model.entity(step.id).span, model.FullName(step.id), name)
          .Help("`groma why " + name + ".needed` tells why it is not; wait for something else, or see to it that it is");
      return;
    }
    const bool is_expr = one.tag == ValueTag::Deferred && IsSome(one.deferred->expr);
    sink_
        .Report(diag::NotAMoment, is_expr ? source_.model.exprs.expr(one.deferred->expr).span
                                          : source_.model.entity(step.id).span)
        .Label(source_.model.entity(step.id).span, "this step waits for it")
        .Help("write steps, days, and lengths of time added to them: `hub.live + 10 workdays`");
  };
  if (list.tag == ValueTag::List) {
    for (const Value &one : list.elements()) read(one);
  } else if (!list.is_none()) {
    read(list);
  }
}

auto ReadEffort(const plan::Model &model, const Value &of) -> std::optional<Length> {
  // A spread is taken as most likely.
  const Value &likely = of.tag == ValueTag::Spread ? of.elements()[1] : of;
  Value value = likely;
  if (likely.tag == ValueTag::Curve) {
    // What comes in several steps is worked on once, for all of it.
    for (const plan::MapEntry &step : likely.map()) {
      const bool is_more = value.tag != ValueTag::Number || value.number < step.value.number;
      if (is_more && step.value.tag == ValueTag::Number) value = step.value;
    }
  }
  const auto length = ReadLength(model, value);
  if (!length || length->in != Length::In::Minutes) return length;
  const auto unit = model.units.ToBase(1, static_cast<base::UnitId>(value.aux));
  if (!unit || *unit < Rational(86'400)) return length;
  const auto days = base::Div(length->amount, 1440);
  return days ? std::optional(Length{Length::In::Workdays, *days}) : std::nullopt;
}

}  // namespace groma::schedule
