// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// Firewalls: in the hubs that have one, and those of `service.firewall`.
void LowerFirewalls(Context &context);
// Jump hosts.
void LowerBastions(Context &context);

}  // namespace groma::lower::azure
