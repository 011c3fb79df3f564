// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes.h"

namespace groma::lower::azure {

// Machines that no cluster of Azure runs: those on one fabric share a placement group, others stand on their own.
void LowerScaleSets(Context &context, std::vector<Nodes> &all);

}  // namespace groma::lower::azure
