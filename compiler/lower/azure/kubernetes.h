// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes.h"

namespace groma::lower::azure {

// One cluster at each site that has machines which run on Azure Kubernetes Service, and a pool of nodes for each.
void LowerClusters(Context &context, std::vector<Nodes> &all);

}  // namespace groma::lower::azure
