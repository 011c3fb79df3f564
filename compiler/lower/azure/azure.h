// SPDX-License-Identifier: Apache-2.0
// From a solved plan to what has to be made in Azure.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/plan/plan.h"
#include "groma/resources/graph.h"

namespace groma::lower {

// Reports what Azure has no place for.
auto LowerAzure(plan::Plan &plan, diagnostics::Sink &sink) -> resources::Graph;

}  // namespace groma::lower
