// SPDX-License-Identifier: Apache-2.0
// Members without a formula: what the solver or the schedule works out. Before that they are terms
// and conditions over outcomes; an environment with decisions has their values.
#include "groma/evaluate/engine.h"

namespace groma::evaluate {

auto Engine::IsChosen(ExprId value) const -> bool {
  return environment_.decisions != nullptr && model_.exprs.expr(value).kind == ExprKind::Choose;
}

// What something was decided by are its premises: fields, and rules where they are written.
void Engine::ReadBindings(llvm::ArrayRef<plan::Binding> bindings) {
  for (const plan::Binding &binding : bindings) {
    if (binding.slot == plan::kNoSlot) {
      premises_.push_back(environment_.origins.Add(OriginKind::Stated, binding.span));
      continue;
    }
    // A field that is itself being read binds nothing that could be told here.
    const bool is_open = llvm::any_of(steps_, [&](const Step &step) {
      return step.entity == binding.entity && step.slot == binding.slot;
    });
    if (!is_open) (void)Read(binding.entity, binding.slot);
  }
}

auto Engine::OutcomeFact(EntityId entity, Slot slot, OriginKind origin) -> Fact {
  const size_t mark = premises_.size();
  const Value value = OutcomeOf(entity, slot, {});
  const plan::Member &member = model_.kind(model_.entity(entity).kind).members.list[slot];
  const bool is_decided = environment_.decisions != nullptr && !value.is_residual();
  // Where things are placed is chosen; a number follows from choices.
  const OriginKind kind =
      value.tag == ValueTag::List || mark == premises_.size() ? OriginKind::Chosen : OriginKind::Derived;
  // A date comes from the step itself.
  const source::Span span = is_decided && value.tag == ValueTag::Date ? model_.entity(entity).span : member.span;
  return Finish(value, is_decided ? kind : origin, span, mark);
}

auto Engine::KeyOf(EntityId entity, Slot slot, llvm::ArrayRef<Value> arguments) -> OutcomeKey {
  const bool has_entity = !arguments.empty() && arguments.back().tag == ValueTag::Entity;
  const uint32_t last = has_entity ? plan::Index(arguments.back().entity) : 0;
  return {{plan::Index(entity), slot}, last};
}

auto Engine::NewOutcome(EntityId entity, Slot slot, llvm::ArrayRef<Value> arguments)
    -> plan::OutcomeId {
  std::vector<plan::OutcomeId> &asked = outcomes_[KeyOf(entity, slot, arguments)];
  for (const plan::OutcomeId id : asked) {
    const auto before = environment_.outcomes[plan::Index(id)].arguments;
    const bool is_same = llvm::equal(
        before, arguments, [](const Value &a, const Value &b) { return plan::Compare(a, b) == 0; });
    if (is_same) return id;
  }
  const auto outcome = static_cast<plan::OutcomeId>(environment_.outcomes.size());
  environment_.outcomes.push_back({entity, slot, model_.Keep(arguments)});
  asked.push_back(outcome);
  return outcome;
}

auto Engine::OutcomeOf(EntityId entity, Slot slot, llvm::ArrayRef<Value> arguments) -> Value {
  if (environment_.decisions != nullptr) {
    if (const auto *known = environment_.decisions->FindResult(entity, slot, arguments)) {
      ReadBindings(known->binding);
      return known->value;
    }
  }
  const plan::Member &member = model_.kind(model_.entity(entity).kind).members.list[slot];
  const plan::Type type = model_.types.type(model_.types.Unwrap(member.type));
  switch (type.kind) {
    case plan::TypeKind::Number:
      return lift_.OfNumberOutcome(NewOutcome(entity, slot, arguments),
                                   InPlanCurrency(type.dimensions.front()), type.unit);
    case plan::TypeKind::Bool:
      return lift_.OfTruthOutcome(NewOutcome(entity, slot, arguments));
    case plan::TypeKind::Record: {
      const Value record =
          RecordOfOutcomes(entity, slot, static_cast<plan::RecordId>(type.decl), arguments);
      if (!record.is_none()) return record;
      break;
    }
    case plan::TypeKind::List: {
      const plan::Type element = model_.types.type(type.arguments[0]);
      if (element.kind != plan::TypeKind::Entity) break;
      const auto kind = static_cast<plan::KindId>(element.decl);
      // Steps are the schedule's: which ones there are is not known before.
      if (model_.text(model_.kind(kind).name) == "step") break;
      return ListOfOutcomes(entity, slot, kind, arguments);
    }
    default:
      break;
  }
  plan::Deferred deferred;
  deferred.self = Value::Entity(entity);
  Value value = Value::Of(ValueTag::Deferred);
  Value subject = Value::Of(ValueTag::Subject);
  subject.subject = {entity, slot};
  deferred.locals = model_.Keep(llvm::ArrayRef<Value>(subject));
  value.deferred = model_.New(deferred);
  return value;
}

// A record of numbers, such as `spend`: each is an outcome whose last argument is the member's
// name.
auto Engine::RecordOfOutcomes(EntityId entity, Slot slot, plan::RecordId record,
                              llvm::ArrayRef<Value> arguments) -> Value {
  std::vector<Value> members;
  for (const plan::Member &member : model_.record(record).members.list) {
    const plan::Type type = model_.types.type(model_.types.Unwrap(member.type));
    if (type.kind != plan::TypeKind::Number) return Value::None();
    llvm::SmallVector<Value, 2> with_name(arguments.begin(), arguments.end());
    with_name.push_back(Value::String(model_.text(member.name)));
    members.push_back(lift_.OfNumberOutcome(NewOutcome(entity, slot, with_name),
                                            InPlanCurrency(type.dimensions.front()), type.unit));
  }
  return Value::Items(ValueTag::Record, model_.Keep(llvm::ArrayRef<Value>(members)),
                      plan::Index(record));
}

// A list of things of the plan, such as `placed_at`: each is in it or not. That is an outcome
// whose last argument is the thing.
auto Engine::ListOfOutcomes(EntityId entity, Slot slot, plan::KindId kind,
                            llvm::ArrayRef<Value> arguments) -> Value {
  auto &elements = all_of_kind_[plan::Index(kind)];
  if (elements.empty()) {
    std::vector<plan::Guarded::Element> all;
    for (const EntityId id : model_.Collection(kind)) all.push_back({Value::Entity(id), nullptr});
    elements = model_.Keep(llvm::ArrayRef<plan::Guarded::Element>(all));
  }
  // Nothing can be in it.
  if (elements.empty()) return Value::Items(ValueTag::List, {});
  plan::Guarded list;
  list.elements = elements;
  list.entity = entity;
  list.slot = slot;
  list.arguments = model_.Keep(arguments);
  Value value = Value::Of(ValueTag::Guarded);
  value.guarded = model_.New(list);
  return value;
}

}  // namespace groma::evaluate
