// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// Each virtual WAN with its hubs, and the networks of the hubs' sites joined to them.
void LowerWans(Context &context);
// Lets networks join hubs after the gateways of these, which is when the hubs' routers work. All gateways must be known.
void OrderHubs(Context &context);

}  // namespace groma::lower::azure
