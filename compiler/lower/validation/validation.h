// SPDX-License-Identifier: Apache-2.0
// From a solved plan to the suites that accept its pools.
#pragma once

#include "groma/acceptance/suite.h"
#include "groma/diagnostics/sink.h"
#include "groma/plan/plan.h"
#include "groma/source/set.h"

namespace groma::lower {

// One suite for each pool with GPUs, in the order of their names. `emit` may name launchers.
auto LowerValidation(plan::Plan &plan, plan::EntityId emit, const source::Set &sources,
                     diagnostics::Sink &sink) -> std::vector<acceptance::Suite>;

}  // namespace groma::lower
