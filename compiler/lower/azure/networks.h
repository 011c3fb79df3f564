// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// For each place its virtual network with a subnet for machines and one for private endpoints, and what further networks
// and subnets the plan declares there.
void LowerNetworks(Context &context);
// Once all endpoints are known: those that outgrow their block get more.
void SizeEndpoints(Context &context);

// `1`, `2`, `3` where the site has zones.
auto ZonesOf(Context &context, const Place &place) -> std::optional<Value>;
// The address so many after the first of a block; Azure keeps the first four.
constexpr uint32_t kFirstFree = 4;

}  // namespace groma::lower::azure
