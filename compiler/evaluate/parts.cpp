// SPDX-License-Identifier: Apache-2.0
// Parts of computed records: who asks for one field of `let gate: figures = figures_of(self)` gets that field alone, and with
// reasons of its own.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

auto Engine::ReadPart(EntityId entity, Slot slot, Slot part) -> std::optional<Fact> {
  const plan::Member &member = model_.kind(model_.entity(entity).kind).members.list[slot];
  if (member.form != plan::MemberForm::Computed) return std::nullopt;
  const std::array<uint32_t, 3> key = {plan::Index(entity), slot, part};
  const auto known = parts_.find(key);
  if (known != parts_.end()) {
    if (IsSome(known->second.origin)) premises_.push_back(known->second.origin);
    return known->second;
  }
  // A field that needs its own record is a round, which reading the whole tells of.
  if (IsBeingRead({entity, slot, {}})) return std::nullopt;
  const size_t mark = premises_.size();
  Frame frame;
  frame.self = Value::Entity(entity);
  ExprId expr = member.value;
  while (model_.exprs.expr(expr).kind == ExprKind::Call) {
    Frame inner;
    for (const ExprId child : model_.exprs.children(expr)) {
      inner.locals.push_back(Evaluate(child, frame));
    }
    expr = model_.functions[model_.exprs.expr(expr).a].body;
    frame = std::move(inner);
  }
  const ExprId field = model_.exprs.expr(expr).kind == ExprKind::Record
                           ? model_.exprs.child(expr, part)
                           : plan::kNoExpr;
  if (!IsSome(field) || !EnterStep({entity, slot, {}}, model_.exprs.expr(field).span)) {
    premises_.resize(mark);
    return std::nullopt;
  }
  const Value value = Evaluate(field, frame);
  LeaveStep();
  const Fact fact = Finish(value, OriginKind::Derived, model_.exprs.expr(field).span, mark);
  parts_.emplace(key, fact);
  if (IsSome(fact.origin)) premises_.push_back(fact.origin);
  return fact;
}

auto Engine::IsBeingRead(const Step &step) const -> bool {
  return llvm::any_of(steps_, [&](const Step &other) {
    return other.entity == step.entity && other.slot == step.slot && !IsSome(other.global);
  });
}

auto Engine::ReadPartAlone(EntityId entity, Slot slot, Slot part) -> Fact {
  const size_t mark = premises_.size();
  std::optional<Fact> fact = ReadPart(entity, slot, part);
  if (!fact) {
    fact = Read(entity, slot);
    const bool is_record = fact->value.tag == ValueTag::Record;
    fact->value = is_record ? Value(fact->value.elements()[part]) : Value::None();
  }
  premises_.resize(mark);
  return *fact;
}

}  // namespace groma::evaluate
