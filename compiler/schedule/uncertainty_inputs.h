// SPDX-License-Identifier: Apache-2.0
// What of a plan is uncertain, in the terms of a simulation.
#pragma once

#include "groma/timing/simulate.h"
#include "layout.h"

namespace groma::schedule {

struct Inputs {
  timing::Simulation simulation;
  std::vector<EntityId> risks;      // by mishap
  std::vector<EntityId> vendors;    // by penalty
  std::vector<uint32_t> targets;    // by target: the step
  std::vector<uint32_t> uncertain;  // by uncertain task: the step
  std::map<timing::TaskId, std::vector<EntityId>> risks_of;
  Date first_day;

  auto DateOf(size_t day) const -> Date { return first_day.AddDays(static_cast<int64_t>(day)); }
};

// `layout` holds a levelled schedule.
auto InputsOf(Source &source, const Steps &steps, Layout &layout) -> Inputs;

}  // namespace groma::schedule
