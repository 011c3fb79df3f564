// SPDX-License-Identifier: Apache-2.0
// Writes the schedule of a solved plan as a Gantt chart of Mermaid.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/output/file.h"
#include "groma/plan/plan.h"

namespace groma::emit {

auto Mermaid(plan::Plan &plan, plan::EntityId target, diagnostics::Sink &sink)
    -> std::vector<output::File>;

}  // namespace groma::emit
