// SPDX-License-Identifier: Apache-2.0
// Policies, waivers, wishes and goals: what holds, what is violated, what the solver must see to.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

void Engine::CheckPolicies(EntityId entity) {
  if (llvm::is_contained(environment_.suspended, entity)) return;
  const plan::Entity &owner = model_.entity(entity);
  for (const plan::Requirement &requirement : owner.requirements) {
    Frame frame;
    frame.self = Value::Entity(entity);
    const plan::Expr &expr = model_.exprs.expr(requirement.condition);
    const bool is_all = expr.kind == ExprKind::Quantifier &&
                        static_cast<syntax::QuantifierOp>(expr.op) == syntax::QuantifierOp::All;
    if (!is_all) {
      Demand(entity, requirement, requirement.condition, {}, frame);
      continue;
    }
    // The outermost `all` names the subjects, each of which is checked, and may be waived, alone.
    const Value list = Evaluate(model_.exprs.child(requirement.condition, 0), frame);
    std::vector<Conditional> elements;
    if (!Elements(list, elements)) {
      if (!list.is_error()) Demand(entity, requirement, requirement.condition, {}, frame);
      continue;
    }
    for (const Conditional &element : elements) {
      frame.local(expr.a) = element.value;
      const EntityId subject =
          element.value.tag == ValueTag::Entity ? element.value.entity : EntityId{};
      if (element.condition == nullptr) {
        Demand(entity, requirement, model_.exprs.child(requirement.condition, 1), subject, frame);
        continue;
      }
      const size_t mark = premises_.size();
      not_given_.clear();
      const Value body = Evaluate(model_.exprs.child(requirement.condition, 1), frame);
      if (body.is_error()) continue;
      if (body.tag == ValueTag::Deferred) {
        environment_.waiting.push_back(
            {.owner = entity, .subject = subject, .span = requirement.span});
        continue;
      }
      if (body.is_none()) {
        Undecided(entity, subject, requirement, {});
        continue;
      }
      const Conditional one{body, element.condition};
      const Value guarded = lift_.All(one, expr.span);
      const Fact fact = Finish(guarded, OriginKind::Stated, requirement.span, mark);
      DemandFormula(entity, subject, guarded, requirement.span, fact.origin);
    }
  }
  for (const plan::Preference &preference : owner.preferences) Prefer(entity, preference);
}

void Engine::Demand(EntityId owner, const plan::Requirement &requirement, ExprId condition,
                    EntityId subject, Frame &frame) {
  not_given_.clear();
  const Fact fact = Reasoned(condition, frame, OriginKind::Stated, requirement.span);
  if (fact.value.is_error()) return;
  if (fact.value.is_none()) {
    Undecided(owner, subject, requirement, fact);
  } else if (fact.value.tag != ValueTag::Bool) {
    DemandFormula(owner, subject, fact.value, requirement.span, fact.origin);
  } else if (!fact.value.boolean && !IsSome(WaiverOf(owner, subject))) {
    Violated(owner, subject, requirement, fact);
  }
}

void Engine::DemandFormula(EntityId owner, EntityId subject, const Value &value, Span span,
                           OriginId origin) {
  if (value.tag == ValueTag::Deferred) {
    environment_.waiting.push_back(
        {.owner = owner, .subject = subject, .span = span, .origin = origin});
  }
  if (value.tag == ValueTag::Deferred || value.tag == ValueTag::Bool) return;
  const plan::Formula *formula = lift_.AsFormula(value, span);
  if (formula == nullptr) return;
  plan::Demand demand;
  demand.owner = owner;
  demand.subject = subject;
  demand.formula = formula;
  demand.span = span;
  demand.origin = origin;
  demand.waiver = WaiverOf(owner, subject);
  // Whoever decides goes by months, and knows from when on it holds.
  if (!IsSome(demand.waiver)) {
    demand.waiver = early_waivers_.lookup({plan::Index(owner), plan::Index(subject)});
  }
  environment_.demands.push_back(demand);
}

void Engine::Violated(EntityId owner, EntityId subject, const plan::Requirement &requirement,
                      const Fact &fact) {
  const std::string by = IsSome(subject) ? " by `" + SpellEntity(subject) + "`" : "";
  const Value severity = ReadNamed(owner, "severity");
  std::string level = "error";
  if (severity.tag == ValueTag::Enum) {
    level = model_.text(model_.enums[plan::Index(severity.enumeration)].tags[severity.aux]).str();
  }
  if (level == "note") return;
  const Span at = IsSome(subject) ? model_.entity(subject).span : requirement.span;
  auto report = level == "warning"
                    ? sink_.Report(diag::PolicyWarning, at, SpellPolicy(owner), by)
                    : sink_.Report(diag::PolicyViolated, at, SpellPolicy(owner), by);
  if (IsSome(subject)) report.Label(requirement.span, "the rule is stated here");
  if (const Value standard = ReadNamed(owner, "standard"); standard.tag == ValueTag::String) {
    report.Note("standard: " + standard.string().str());
  }
  const auto early = early_waivers_.find({plan::Index(owner), plan::Index(subject)});
  if (early != early_waivers_.end()) {
    report.Note("the waiver `" + SpellEntity(early->second) + "` holds from " +
                FirstDay(ReadNamed(early->second, "from"))->ToString() + " on, the plan is of " +
                FirstDay(ReadNamed(model_.plan, "as_of"))->ToString());
  }
  Frame frame;
  const llvm::StringRef because = Because(requirement.because, frame);
  if (!because.empty()) report.Note("because " + because.str());
  size_t shown = 0;
  for (const OriginId premise : environment_.origins.origin(fact.origin).premises) {
    const plan::Origin origin = environment_.origins.origin(premise);
    if (origin.kind == OriginKind::Imported || shown++ >= 4) continue;
    report.Label(origin.span, "this is one of its causes");
  }
}

auto Engine::Because(ExprId because, Frame &frame) -> llvm::StringRef {
  if (!IsSome(because)) return {};
  const size_t mark = premises_.size();
  const Value text = Evaluate(because, frame);
  premises_.resize(mark);
  return text.tag == ValueTag::String ? text.string() : llvm::StringRef();
}

void Engine::Undecided(EntityId owner, EntityId subject, const plan::Requirement &requirement,
                       const Fact &fact) {
  const std::string name =
      SpellPolicy(owner) + (IsSome(subject) ? " on `" + SpellEntity(subject) + "`" : "");
  auto report = sink_.Report(
      diag::Undecidable, IsSome(subject) ? model_.entity(subject).span : requirement.span, name,
      not_given_.empty() ? "something that it needs" : "`" + not_given_ + "`");
  if (IsSome(subject)) report.Label(requirement.span, "the rule is stated here");
  report.Help("give it a value, or let the rule ask with `has(...)` whether there is one");
}

auto Engine::WaiverOf(EntityId policy, EntityId subject) -> EntityId {
  if (!waivers_) {
    waivers_.emplace();
    const plan::KindId kind = KindNamed("waiver");
    const size_t mark = premises_.size();
    for (const EntityId id : model_.plan_entities) {
      if (!IsSome(kind) || !model_.IsA(model_.entity(id).kind, kind)) continue;
      if (HasEnded(id)) continue;
      const Value of = ReadNamed(id, "of");
      const Value on = ReadNamed(id, "on");
      if (of.tag != ValueTag::Entity || on.tag != ValueTag::List) continue;
      for (const Value &element : on.elements()) {
        if (element.tag != ValueTag::Entity) continue;
        auto &known = HasBegun(id) ? *waivers_ : early_waivers_;
        known.try_emplace({plan::Index(of.entity), plan::Index(element.entity)}, id);
      }
    }
    premises_.resize(mark);
  }
  const std::pair key(plan::Index(policy), plan::Index(subject));
  const auto found = waivers_->find(key);
  if (found != waivers_->end()) return found->second;
  // A decided plan makes use of it in its months only.
  return environment_.decisions != nullptr ? early_waivers_.lookup(key) : EntityId{};
}

auto Engine::HasEnded(EntityId waiver) -> bool {
  if (!IsSome(model_.plan)) return false;
  const auto until = LastDay(ReadNamed(waiver, "until"));
  const auto today = FirstDay(ReadNamed(model_.plan, "as_of"));
  return until && today && *until < *today;
}

auto Engine::HasBegun(EntityId waiver) -> bool {
  if (!IsSome(model_.plan)) return true;
  const auto from = FirstDay(ReadNamed(waiver, "from"));
  const auto today = FirstDay(ReadNamed(model_.plan, "as_of"));
  return !from || !today || *from <= *today;
}

// What messages call the owner of a rule: what stands outside all policies is the plan's own.
auto Engine::SpellPolicy(EntityId policy) const -> std::string {
  const plan::Entity &owner = model_.entity(policy);
  if (IsSome(owner.qualified)) return "`" + SpellEntity(policy) + "`";
  return owner.written.empty() && owner.title == "the plan" ? "a rule of the plan"
                                                            : SpellEntity(policy);
}

// A waiver that ended before the plan's own day waives nothing.
void Engine::CheckWaiver(EntityId id) {
  const plan::KindId kind = KindNamed("waiver");
  if (!IsSome(kind) || !model_.IsA(model_.entity(id).kind, kind) || !HasEnded(id)) return;
  sink_.Report(diag::WaiverExpired, model_.entity(id).span, SpellEntity(id),
               LastDay(ReadNamed(id, "until"))->ToString(),
               FirstDay(ReadNamed(model_.plan, "as_of"))->ToString())
      .Help("remove it, or have it granted again with a later `until`");
}

void Engine::Prefer(EntityId owner, const plan::Preference &preference) {
  Frame frame;
  frame.self = Value::Entity(owner);
  const Fact fact = Reasoned(preference.condition, frame, OriginKind::Stated, preference.span);
  const Value weight = Evaluate(preference.weight, frame);
  if (fact.value.is_error() || weight.tag != ValueTag::Number) return;
  if (fact.value.is_none() || fact.value.tag == ValueTag::Bool) return;
  const size_t before = environment_.demands.size();
  DemandFormula(owner, {}, fact.value, preference.span, fact.origin);
  if (environment_.demands.size() == before) return;
  environment_.demands.back().is_preference = true;
  environment_.demands.back().weight = weight.number;
}

void Engine::EvaluateGoals() {
  for (const plan::Goal &goal : model_.goals) {
    Frame frame;
    not_given_.clear();
    const Value value = Evaluate(goal.value, frame);
    if (value.is_error()) continue;
    if (value.is_none()) {
      sink_.Report(diag::NotGiven, goal.span, not_given_.empty() ? "this" : "`" + not_given_ + "`");
      continue;
    }
    environment_.aims.push_back({goal.is_maximize, value, goal.span});
  }
}

}  // namespace groma::evaluate
