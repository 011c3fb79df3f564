// SPDX-License-Identifier: Apache-2.0
// What keeps a place for machines: blocks that are set aside, groups that stand close together, quota.
#pragma once

#include "nodes.h"

namespace groma::lower::azure {

// Where the machines must stand, and what is kept for them.
void Reserve(Context &context, Nodes &nodes);

// Tells what a plan pays for and no template can ask for.
void NoteContracts(Context &context, const std::vector<Nodes> &all);
// What must be granted, as outputs, and as requests where the site says so. No template can make these: Azure checks a
// template before it runs, and does so at the subscription and not at the region in which a quota is.
void LowerQuota(Context &context, const std::vector<Nodes> &all);

}  // namespace groma::lower::azure
