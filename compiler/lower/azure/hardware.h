// SPDX-License-Identifier: Apache-2.0
// What a pool asks of its machines: GPUs in parts, who brings their driver, and how machines start.
#pragma once

#include "nodes.h"

namespace groma::lower::azure {

// Tells what Azure does not do, and leaves it out.
void ReadHardware(Context &context, std::vector<Nodes> &all);

}  // namespace groma::lower::azure
