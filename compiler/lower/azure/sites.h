// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// The parameters that everything uses, and for each region of the plan its resource group.
void LowerSites(Context &context);

}  // namespace groma::lower::azure
