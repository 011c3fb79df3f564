// SPDX-License-Identifier: Apache-2.0
// Hub networks with their spokes, and the subnets whose names Azure gives.
#pragma once

#include "context.h"

namespace groma::lower::azure {

// For each `network.azure.hub_spoke` its hub network.
void LowerHubs(Context &context);

// Joins the hubs to their spokes, and what `link.peering` names, in both directions. Gateways must be known by then:
// the one that has gateways lends them.
void LowerPeerings(Context &context);

// The subnet with that use at the place, made when it is asked for first: in its hub, else in its network. None if there
// is no room, which is told.
auto SubnetFor(Context &context, Place &place, Reserved use, const resources::Spans &because)
    -> const ReservedSubnet *;
inline auto GatewaySubnet(Context &context, Place &place, const resources::Spans &because)
    -> ResourceId {
  const ReservedSubnet *subnet = SubnetFor(context, place, Reserved::Gateway, because);
  return subnet == nullptr ? resources::kNoResource : subnet->subnet;
}

}  // namespace groma::lower::azure
