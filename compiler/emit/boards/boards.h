// SPDX-License-Identifier: Apache-2.0
// Writes the steps of a solved plan as files that Azure DevOps Boards imports.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/output/file.h"
#include "groma/plan/plan.h"

namespace groma::emit {

auto Boards(plan::Plan &plan, plan::EntityId target, diagnostics::Sink &sink)
    -> std::vector<output::File>;

}  // namespace groma::emit
