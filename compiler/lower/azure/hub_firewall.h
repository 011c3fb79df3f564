// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// A firewall in each of these hubs of the WAN, all under one policy, with all traffic led through it.
void AddHubFirewalls(Context &context, EntityId wan, const std::vector<Place *> &places);

}  // namespace groma::lower::azure
