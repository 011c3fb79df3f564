// SPDX-License-Identifier: Apache-2.0
// What was decided in one environment: a value for each `choose`, and one for each member that is
// worked out. An environment that is evaluated under decisions holds no unknowns.
#pragma once

#include <vector>

#include "groma/plan/timeline.h"
#include "groma/plan/value.h"
#include "groma/source/span.h"

namespace groma::plan {

// Why something was decided as it was: a field that binds it, or a rule of a policy or a kind.
struct Binding {
  EntityId entity{};
  Slot slot = kNoSlot;  // kNoSlot: the rule at `span`
  source::Span span;
};

struct Decisions {
  // Counts that may change over time are curves.
  struct Choice {
    EntityId entity{};
    Slot slot = 0;
    Value value;
    std::vector<Binding> binding;
    // The line of the lock that it follows, if it does.
    source::Span pinned{};
  };
  // A member without a formula. What changes from month to month is a curve.
  struct Result {
    EntityId entity{};
    Slot slot = 0;
    llvm::ArrayRef<Value> arguments;
    Value value;
    std::vector<Binding> binding;
    bool is_kept = false;  // the lock keeps it, as it does choices
  };
  std::vector<Choice> choices;  // sorted by entity and slot
  std::vector<Result> results;  // likewise
  Timeline timeline;            // once there are dates

  auto FindChoice(EntityId entity, Slot slot) const -> const Choice *;
  auto FindResult(EntityId entity, Slot slot, llvm::ArrayRef<Value> arguments) const
      -> const Result *;
  void Sort();
};

}  // namespace groma::plan
