// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// Who may reach each subnet, by what the plan says must reach what; nobody else. Everything that stands in networks must
// be known by then.
void LowerRules(Context &context);

// Where traffic that leaves a network goes: through a firewall, or through a gateway of `service.nat_gateway`.
void LowerWaysOut(Context &context);

}  // namespace groma::lower::azure
