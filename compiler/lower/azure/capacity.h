// SPDX-License-Identifier: Apache-2.0
// What keeps a place for machines: blocks that are set aside, groups that stand close together, quota.
#pragma once

#include "nodes.h"

namespace groma::lower::azure {

// Where the machines must stand, and what is kept for them.
void Reserve(Context &context, Nodes &nodes);

// Tells what a plan pays for and no template can ask for.
void NoteContracts(Context &context, const std::vector<Nodes> &all);
// What must be granted, as outputs. Quota hangs on a place inside the provider of Azure Compute, on which no module of a
// resource group or subscription puts anything, and a quota once raised is not deleted with a deployment.
void LowerQuota(Context &context, const std::vector<Nodes> &all);

}  // namespace groma::lower::azure
