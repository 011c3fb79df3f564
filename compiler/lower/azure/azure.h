// SPDX-License-Identifier: Apache-2.0
// From a solved plan to what has to be made in Azure, and to addresses in all of its networks.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/plan/lock.h"
#include "groma/plan/plan.h"
#include "groma/resources/graph.h"

namespace groma::lower {

// Reports what Azure has no place for.
auto LowerAzure(plan::Plan &plan, diagnostics::Sink &sink) -> resources::Graph;

// Adds a result for each range that is to be decided, where `pins` has it if that still can be. Reports what finds no
// room, and what claims the same addresses as something that it is routed together with.
void AddAddresses(plan::Plan &plan, llvm::ArrayRef<plan::Pin> pins, diagnostics::Sink &sink);

}  // namespace groma::lower
