// SPDX-License-Identifier: Apache-2.0
// The one meaning of every operator: expressions over facts and unknowns, under one environment.
#pragma once

#include <memory>

#include "groma/diagnostics/sink.h"
#include "groma/plan/model.h"

namespace groma::evaluate {

using diagnostics::Sink;

// Evaluates what the plan wrote under `environment`: every written field with its bounds, the
// invariants of the kinds, the policies, the goals. Fills the environment's facts, unknowns,
// demands and aims; reports what overflows, what does not fit together, what is false as it stands,
// and what is not linear.
void EvaluateAll(plan::Model &model, plan::Environment &environment, Sink &sink);

// Reads single values of an environment, evaluating on demand. `EvaluateAll` is built on it.
class Engine;

class Evaluator {
 public:
  Evaluator(plan::Model &model, plan::Environment &environment, Sink &sink);
  ~Evaluator();

  // The value of a member (a field, a default, a computed member, a nested entity). Members that are
  // decided later read as residuals.
  auto Read(plan::EntityId entity, plan::Slot slot) -> plan::Fact;
  // One field of a member that is a record, with reasons of its own where the record is computed.
  auto ReadPart(plan::EntityId entity, plan::Slot slot, plan::Slot part) -> plan::Fact;
  auto ReadGlobal(plan::GlobalId global) -> plan::Fact;
  auto Evaluate(plan::ExprId expr, plan::EntityId self) -> plan::Fact;

 private:
  std::unique_ptr<Engine> engine_;
};

}  // namespace groma::evaluate
