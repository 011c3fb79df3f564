// SPDX-License-Identifier: Apache-2.0
// From a solved plan to the suites that accept its pools and links.
#pragma once

#include "groma/acceptance/suite.h"
#include "groma/diagnostics/sink.h"
#include "groma/plan/plan.h"
#include "groma/source/set.h"

namespace groma::lower {

// One suite for each pool with GPUs, in the order of their names, and for each link between two such. `emit` may name launchers.
auto LowerValidation(plan::Plan &plan, plan::EntityId emit, const source::Set &sources,
                     diagnostics::Sink &sink) -> acceptance::Acceptance;

}  // namespace groma::lower
