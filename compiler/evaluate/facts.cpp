// SPDX-License-Identifier: Apache-2.0
// Facts: the value of a member of an entity, or of a parameter, with the reason it holds.
#include <algorithm>

#include "groma/evaluate/engine.h"
#include "llvm/ADT/DenseSet.h"

namespace groma::evaluate {
namespace {

constexpr uint32_t kInProgress = ~uint32_t{0};

}  // namespace

Engine::Engine(plan::Model &model, plan::Environment &environment, Sink &sink)
    : model_(model), environment_(environment), sink_(sink), lift_(model, environment, sink) {
  if (environment_.facts.empty()) environment_.facts.emplace_back();
  environment_.facts_of.resize(model.entities.size());
  environment_.globals.resize(model.globals.size());
  for (uint32_t i = 1; i < environment_.outcomes.size(); ++i) {
    const plan::Outcome &outcome = environment_.outcomes[i];
    outcomes_[KeyOf(outcome.entity, outcome.slot, outcome.arguments)].push_back(
        static_cast<plan::OutcomeId>(i));
  }
  for (const plan::Rewrite *rewrite : environment.rewrites) {
    const bool is_global = IsSome(rewrite->global);
    rewrites_[{is_global ? 0 : plan::Index(rewrite->entity),
               is_global ? plan::Index(rewrite->global) : rewrite->slot}]
        .push_back(rewrite);
  }
}

auto Engine::SpellEntity(EntityId entity) const -> std::string { return model_.FullName(entity); }

auto Engine::Read(EntityId entity, Slot slot) -> Fact {
  auto &slots = environment_.facts_of[plan::Index(entity)];
  if (slots == nullptr) {
    slots =
        std::make_unique<uint32_t[]>(model_.kind(model_.entity(entity).kind).members.list.size());
  }
  uint32_t *place = &slots[slot];
  if (*place == kInProgress) {
    for (size_t i = steps_.size(); i-- > 0;) {
      if (steps_[i].entity == entity && steps_[i].slot == slot) {
        ReportCycle(i);
        break;
      }
    }
    return {};
  }
  if (*place == 0) {
    if (!EnterStep({entity, slot, {}}, SpanOf({entity, slot, {}}))) return {};
    *place = kInProgress;
    const Step before = target_;
    target_ = {entity, slot, {}};
    const Fact fact = Compute(entity, slot);
    target_ = before;
    LeaveStep();
    environment_.facts.push_back(fact);
    *place = static_cast<uint32_t>(environment_.facts.size() - 1);
  }
  const Fact &fact = environment_.facts[*place];
  if (IsSome(fact.origin)) premises_.push_back(fact.origin);
  if (fact.value.is_none()) {
    not_given_ = SpellStep({entity, slot, {}});
  }
  return fact;
}

auto Engine::ReadAlone(EntityId entity, Slot slot) -> Fact {
  const size_t mark = premises_.size();
  const Fact fact = Read(entity, slot);
  premises_.resize(mark);
  return fact;
}

auto Engine::ReadNamed(EntityId entity, llvm::StringRef member) -> Value {
  const plan::SymbolId name = model_.symbols.Find(member);
  const Slot slot = model_.kind(model_.entity(entity).kind).members.Find(name);
  return slot == plan::kNoSlot ? Value::None() : Read(entity, slot).value;
}

// Told once: everything above it fails with it.
auto Engine::IsTooDeep(Span at) -> bool {
  if (depth_ < kMostSteps) return false;
  if (!std::exchange(is_too_deep_, true)) {
    auto report = sink_.Report(diag::TooDeep, at, kMostSteps);
    if (!steps_.empty()) {
      report.Label(SpanOf(steps_.front()), "asked for by `" + SpellStep(steps_.front()) + "`");
    }
    report.Help("state a value half way, or write one list and `sum(...)` over it");
  }
  return true;
}

auto Engine::EnterStep(Step step, Span at) -> bool {
  if (IsTooDeep(at)) return false;
  depth_ += kStepOfValue;
  steps_.push_back(step);
  return true;
}

void Engine::LeaveStep() {
  depth_ -= kStepOfValue;
  steps_.pop_back();
}

auto Engine::SpellStep(const Step &step) const -> std::string {
  if (IsSome(step.global)) return model_.text(model_.globals[plan::Index(step.global)].name).str();
  const plan::Member &member = model_.kind(model_.entity(step.entity).kind).members.list[step.slot];
  return SpellEntity(step.entity) + "." + model_.text(member.name).str();
}

auto Engine::SpanOf(const Step &step) const -> Span {
  if (IsSome(step.global)) return model_.globals[plan::Index(step.global)].whole;
  for (EntityId at = step.entity; IsSome(at); at = model_.entity(at).base) {
    if (const plan::Written *written = WrittenOf(at, step.slot)) return written->span;
  }
  return model_.kind(model_.entity(step.entity).kind).members.list[step.slot].span;
}

// The round is told from the value that is written first, wherever reading came upon it.
void Engine::ReportCycle(size_t first) {
  std::vector<Step> round(steps_.begin() + static_cast<ptrdiff_t>(first), steps_.end());
  std::rotate(round.begin(),
              std::min_element(
                  round.begin(), round.end(),
                  [&](const Step &a, const Step &b) { return SpanOf(a).begin < SpanOf(b).begin; }),
              round.end());
  auto report = sink_.Report(diag::ValueCycle, SpanOf(round[0]), SpellStep(round[0]));
  report.Here(round.size() == 1
                  ? "it needs itself"
                  : "`" + SpellStep(round.back()) + "` needs `" + SpellStep(round[0]) + "` again");
  for (size_t i = 0; i + 1 < round.size(); ++i) {
    report.Label(SpanOf(round[i + 1]),
                 "`" + SpellStep(round[i]) + "` needs `" + SpellStep(round[i + 1]) + "`");
  }
}

// Closes a computation: what it read since `mark` are its premises.
auto Engine::Finish(Value value, OriginKind kind, Span span, size_t mark) -> Fact {
  llvm::SmallVector<OriginId, 8> premises;
  llvm::SmallDenseSet<uint32_t, 16> seen;
  for (size_t i = mark; i < premises_.size(); ++i) {
    if (seen.insert(plan::Index(premises_[i])).second) premises.push_back(premises_[i]);
  }
  premises_.resize(mark);
  if (kind == OriginKind::Stated && !premises.empty()) kind = OriginKind::Derived;
  return {value, environment_.origins.Add(kind, span, premises)};
}

auto Engine::Reasoned(ExprId expr, Frame &frame, OriginKind kind, Span span) -> Fact {
  const size_t mark = premises_.size();
  const Value value = Evaluate(expr, frame);
  return Finish(value, kind, span, mark);
}

auto Engine::Compute(EntityId entity, Slot slot) -> Fact {
  const plan::Kind &kind = model_.kind(model_.entity(entity).kind);
  const plan::Member &member = kind.members.list[slot];
  const OriginKind origin =
      model_.kind(member.declared_in).is_library ? OriginKind::Imported : OriginKind::Stated;
  switch (member.form) {
    case plan::MemberForm::Nested: {
      const EntityId nested = NestedOf(entity, member.name);
      // Missing in a plan, or of another kind than promised: that was reported.
      Value value = IsSome(nested) ? Value::Entity(nested) : Value::None();
      const plan::Entity &owner = model_.entity(entity);
      const bool has_nested =
          !owner.is_template && (!owner.is_library || owner.nested_slot != plan::kNoSlot);
      if (IsSome(nested) ? !model_.IsA(model_.entity(nested).kind, member.nested) : has_nested) {
        value = {};
      }
      return Finish(value, origin, member.span, premises_.size());
    }
    case plan::MemberForm::Computed: {
      Frame frame;
      frame.self = Value::Entity(entity);
      return Reasoned(member.value, frame, OriginKind::Stated,
                      model_.exprs.expr(member.value).span);
    }
    case plan::MemberForm::Decided:
      return OutcomeFact(entity, slot, origin);
    case plan::MemberForm::Field:
      break;
  }
  return FieldOf(entity, slot);
}

auto Engine::WrittenOf(EntityId at, Slot slot) const -> const plan::Written * {
  for (const plan::Written &written : model_.entity(at).written) {
    if (written.slot == slot) return &written;
  }
  return nullptr;
}

// The field as its base says it, then as each heir down to the entity itself changes it.
auto Engine::FieldOf(EntityId entity, Slot slot) -> Fact {
  const auto starts_from = [](const plan::Written &written) {
    const auto op = static_cast<syntax::AssignOp>(written.op);
    return op >= syntax::AssignOp::Add && op <= syntax::AssignOp::Multiply;
  };
  // From the entity to the base that states the field; none of them if its default holds.
  llvm::SmallVector<EntityId, 4> chain;
  bool is_stated = false;
  for (EntityId at = entity; IsSome(at) && !is_stated; at = model_.entity(at).base) {
    chain.push_back(at);
    const plan::Written *written = WrittenOf(at, slot);
    is_stated = written != nullptr && !starts_from(*written);
  }
  Fact fact;
  if (!is_stated) fact = Default(entity, slot);
  while (!chain.empty()) {
    const EntityId at = chain.pop_back_val();
    if (const plan::Written *written = WrittenOf(at, slot)) {
      const size_t mark = premises_.size();
      Frame frame;
      frame.self = Value::Entity(entity);
      // What a rewrite replaces is not left open: it stays a reason, and nothing to decide.
      const bool is_replaced =
          model_.exprs.expr(written->value).kind == plan::ExprKind::Choose && IsReplaced(at, slot);
      Value value = is_replaced ? Value() : Evaluate(written->value, frame);
      if (starts_from(*written)) {
        if (IsSome(fact.origin)) premises_.push_back(fact.origin);
        value =
            Combine(static_cast<syntax::AssignOp>(written->op), fact.value, value, written->span);
      }
      const OriginKind kind = !is_replaced && IsChosen(written->value) ? OriginKind::Chosen
                              : model_.entity(at).is_library           ? OriginKind::Imported
                                                                       : OriginKind::Stated;
      fact = Finish(value, kind, written->span, mark);
      if (kind == OriginKind::Chosen) fact = Pinned(fact, entity, slot);
    }
    if (!rewrites_.empty()) fact = Rewritten(fact, entity, at, slot, {});
  }
  return fact;
}

// What the lock pins holds by its line there; why it was chosen once is behind that.
auto Engine::Pinned(Fact fact, EntityId entity, Slot slot) -> Fact {
  const auto *choice = environment_.decisions->FindChoice(entity, slot);
  if (choice == nullptr || !choice->pinned.is_valid()) return fact;
  const size_t mark = premises_.size();
  premises_.push_back(fact.origin);
  return Finish(fact.value, OriginKind::Pinned, choice->pinned, mark);
}

// Whether a rewrite gives the field a value of its own, instead of starting from the one it has.
auto Engine::IsReplaced(EntityId at, Slot slot) const -> bool {
  const auto found = rewrites_.find({plan::Index(at), slot});
  return found != rewrites_.end() && llvm::any_of(found->second, [](const plan::Rewrite *rewrite) {
           const auto op = static_cast<syntax::AssignOp>(rewrite->op);
           return op < syntax::AssignOp::Add || op > syntax::AssignOp::Multiply;
         });
}

auto Engine::Default(EntityId entity, Slot slot) -> Fact {
  const plan::Kind &kind = model_.kind(model_.entity(entity).kind);
  const plan::Member &member = kind.members.list[slot];
  const OriginKind origin =
      model_.kind(member.declared_in).is_library ? OriginKind::Imported : OriginKind::Stated;
  if (IsSome(member.value)) {
    const size_t mark = premises_.size();
    Frame frame;
    frame.self = Value::Entity(entity);
    const Value value = Evaluate(member.value, frame);
    const bool has_premises = premises_.size() > mark;
    return Finish(value, has_premises ? OriginKind::Derived : origin,
                  model_.exprs.expr(member.value).span, mark);
  }
  if (member.is_decided_by_default) {
    return OutcomeFact(entity, slot, origin);
  }
  // Absent: either its type says that it may be, or that was reported.
  const bool may_be = model_.types.kind(member.type) == plan::TypeKind::Optional;
  return Finish(may_be ? Value::None() : Value(), origin, member.span, premises_.size());
}

auto Engine::Rewritten(Fact fact, EntityId entity, EntityId at, Slot slot, plan::GlobalId global)
    -> Fact {
  const auto found = rewrites_.find(
      {IsSome(global) ? 0 : plan::Index(at), IsSome(global) ? plan::Index(global) : slot});
  if (found == rewrites_.end()) return fact;
  const std::vector<const plan::Rewrite *> rewrites = found->second;
  for (const plan::Rewrite *rewrite : rewrites) {
    const size_t mark = premises_.size();
    Frame frame;
    frame.self = Value::Entity(entity);
    const auto op = static_cast<syntax::AssignOp>(rewrite->op);
    Value value = Evaluate(rewrite->value, frame);
    if (op >= syntax::AssignOp::Add && op <= syntax::AssignOp::Multiply) {
      value = Combine(op, fact.value, value, rewrite->span);
    }
    // What it was before is a reason too: `why` shows from where the rewrite started.
    if (IsSome(fact.origin)) premises_.push_back(fact.origin);
    fact = Finish(value, OriginKind::Overridden, rewrite->span, mark);
  }
  return fact;
}

auto Engine::Combine(syntax::AssignOp op, const Value &before, const Value &operand, Span at)
    -> Value {
  const BinaryOp binary = op == syntax::AssignOp::Add        ? BinaryOp::Add
                          : op == syntax::AssignOp::Subtract ? BinaryOp::Subtract
                                                             : BinaryOp::Multiply;
  if (before.is_error() || operand.is_error()) return {};
  if (before.is_none()) {
    sink_.Report(diag::NotGiven, at, "the value that this starts from");
    return {};
  }
  if (before.tag == ValueTag::Deferred || operand.tag == ValueTag::Deferred) return before;
  if (before.is_residual() || operand.is_residual()) {
    return Operate(binary, before, operand, at, at, at);
  }
  return Apply(binary, before, operand, at);
}

auto Engine::ReadGlobal(plan::GlobalId id) -> Fact {
  const plan::Global &global = model_.globals[plan::Index(id)];
  Fact &known = environment_.globals[plan::Index(id)];
  if (!IsSome(known.origin)) {
    for (size_t i = 0; i < steps_.size(); ++i) {
      if (steps_[i].global == id) {
        ReportCycle(i);
        return {};
      }
    }
    if (!EnterStep({{}, 0, id}, global.span)) return {};
    Fact fact;
    Frame frame;
    if (IsSome(global.value)) {
      fact = Reasoned(global.value, frame,
                      global.is_library ? OriginKind::Imported : OriginKind::Stated, global.whole);
    } else {
      fact = Finish({}, OriginKind::Stated, global.whole, premises_.size());
    }
    fact = Rewritten(fact, {}, {}, 0, id);
    LeaveStep();
    environment_.globals[plan::Index(id)] = fact;
  }
  const Fact fact = environment_.globals[plan::Index(id)];
  premises_.push_back(fact.origin);
  if (fact.value.is_none()) not_given_ = SpellStep({{}, 0, id});
  return fact;
}

// What the solver or the schedule works out for a member.
auto Engine::NestedOf(EntityId entity, plan::SymbolId name) -> EntityId {
  if (!has_nested_) {
    has_nested_ = true;
    for (uint32_t i = 1; i < model_.entities.size(); ++i) {
      const plan::Entity &e = model_.entities[i];
      if (IsSome(e.parent)) {
        nested_.try_emplace({plan::Index(e.parent), plan::Index(e.name)}, static_cast<EntityId>(i));
      }
    }
  }
  const auto found = nested_.find({plan::Index(entity), plan::Index(name)});
  return found == nested_.end() ? EntityId{} : found->second;
}

}  // namespace groma::evaluate
