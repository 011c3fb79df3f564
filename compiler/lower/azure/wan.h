// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// Each virtual WAN with its hubs, and the networks of the hubs' sites joined to them.
void LowerWans(Context &context);

}  // namespace groma::lower::azure
