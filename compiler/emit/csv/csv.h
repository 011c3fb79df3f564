// SPDX-License-Identifier: Apache-2.0
// Writes a solved plan as tables.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/output/file.h"
#include "groma/plan/plan.h"

namespace groma::emit {

auto Csv(plan::Plan &plan, plan::EntityId target, diagnostics::Sink &sink)
    -> std::vector<output::File>;

}  // namespace groma::emit
