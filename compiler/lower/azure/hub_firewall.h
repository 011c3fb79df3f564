// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// A firewall in each hub of a virtual WAN that leads all traffic through one.
void LowerHubFirewalls(Context &context);

}  // namespace groma::lower::azure
