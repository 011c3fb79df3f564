// SPDX-License-Identifier: Apache-2.0
// The site with which stands what all sites in Azure share.
#pragma once

#include "groma/lower/azure/reader.h"
#include "llvm/ADT/StringSet.h"

namespace groma::lower::azure {

// Decides it where the plan does not: the one of `before`, which holds `weu.central` if the lock does; else the site of the
// name service, the hub, the first hub of a virtual WAN, or the first by its name.
void DecideCentral(plan::Plan &plan, Reader &reader, const llvm::StringSet<> &before);

}  // namespace groma::lower::azure
