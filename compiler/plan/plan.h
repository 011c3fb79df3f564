// SPDX-License-Identifier: Apache-2.0
// A solved plan: one environment in which nothing is left open. Emitters take these and nothing else.
#pragma once

#include <memory>
#include <vector>

#include "groma/plan/model.h"

namespace groma::plan {

// A workload on a pool: GPUs by month, a curve.
struct Placement {
  EntityId workload{}, pool{};
  Value gpus;
};

// What an aim came to, and what no plan can do better than.
struct AimResult {
  base::Rational value, bound;
  bool is_maximize = false;
  bool is_proved = false;  // the value is the best there is
  source::Span span;
};

struct Plan {
  const Model *model = nullptr;
  // Evaluated under the decisions; `environment.decisions` points at them.
  Environment environment;
  std::unique_ptr<Decisions> decisions;
  std::vector<Placement> placements;  // by workload, then by pool
  std::vector<AimResult> aims;
};

}  // namespace groma::plan
