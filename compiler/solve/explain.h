// SPDX-License-Identifier: Apache-2.0
// Why there is no plan, in the plan's own lines.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/reason/solver.h"
#include "shapes.h"

namespace groma::solve {

// The pools on which a workload cannot be placed, and what keeps it from each.
void ReportNoPlace(Instance &instance, const Workload &workload, size_t sites,
                   diagnostics::Sink &sink);
void ReportNoRoute(Instance &instance, EntityId flow, diagnostics::Sink &sink);
// The sets of causes that contradict each other, as small as can be, and what would help. False, and
// nothing told, if none was found.
auto Explain(Instance &instance, reason::MakeProver prover, reason::Effort &effort,
             StillContradicts still, diagnostics::Sink &sink) -> bool;

}  // namespace groma::solve
