// SPDX-License-Identifier: Apache-2.0
#include "groma/evaluate/evaluate.h"

#include "groma/evaluate/engine.h"

namespace groma::evaluate {

void EvaluateAll(plan::Model &model, plan::Environment &environment, Sink &sink) {
  Engine engine(model, environment, sink);
  engine.LoadRates();
  for (plan::GlobalId id{1}; plan::Index(id) < model.globals.size();
       id = static_cast<plan::GlobalId>(plan::Index(id) + 1)) {
    if (!model.globals[plan::Index(id)].is_library) engine.ReadInOrder({{}, 0, id});
  }
  for (const EntityId id : model.plan_entities) {
    if (!model.entity(id).is_template) engine.EvaluateEntity(id);
  }
  engine.EvaluateGoals();
}

Evaluator::Evaluator(plan::Model &model, plan::Environment &environment, Sink &sink)
    : engine_(std::make_unique<Engine>(model, environment, sink)) {}

Evaluator::~Evaluator() = default;

auto Evaluator::Read(plan::EntityId entity, plan::Slot slot) -> plan::Fact {
  return engine_->ReadAlone(entity, slot);
}

auto Evaluator::ReadPart(plan::EntityId entity, plan::Slot slot, plan::Slot part) -> plan::Fact {
  return engine_->ReadPartAlone(entity, slot, part);
}

auto Evaluator::ReadGlobal(plan::GlobalId global) -> plan::Fact {
  return engine_->ReadGlobal(global);
}

auto Evaluator::Evaluate(plan::ExprId expr, plan::EntityId self) -> plan::Fact {
  Frame frame;
  frame.self = Value::Entity(self);
  return engine_->Reasoned(expr, frame, OriginKind::Stated, {});
}

}  // namespace groma::evaluate
