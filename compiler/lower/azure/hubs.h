// SPDX-License-Identifier: Apache-2.0
// Hub networks with their spokes, and the subnets whose names Azure gives.
#pragma once

#include "context.h"

namespace groma::lower::azure {

// For each `network.azure.hub_spoke` its hub network, with peerings to the networks of its spokes.
void LowerHubs(Context &context);

// The subnet for gateways at the place, made when it is asked for first: in its hub, else in its network. None if the
// place has no addresses.
auto GatewaySubnet(Context &context, Place &place, const resources::Spans &because) -> ResourceId;

}  // namespace groma::lower::azure
