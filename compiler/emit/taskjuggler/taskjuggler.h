// SPDX-License-Identifier: Apache-2.0
// Writes the schedule of a solved plan as a project of TaskJuggler.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/output/file.h"
#include "groma/plan/plan.h"

namespace groma::emit {

// `target` is the `emit` that asks for it. What TaskJuggler has no words for is reported.
auto TaskJuggler(plan::Plan &plan, plan::EntityId target, diagnostics::Sink &sink)
    -> std::vector<output::File>;

}  // namespace groma::emit
