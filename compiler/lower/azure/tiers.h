// SPDX-License-Identifier: Apache-2.0
// What services have in common: where they stand, and their tiers.
#pragma once

#include "context.h"
#include "messages.h"

namespace groma::lower::azure {

// The places of a service; those of its sites that are not in Azure are left out.
auto PlacesOf(Context &context, EntityId service) -> std::vector<Place *>;
// Tells the instances of a service at several sites apart; empty if it stands at one.
auto RoleAt(Context &context, EntityId service, const Place &place) -> std::string;
// The tier that the plan names if Azure has it, which is told otherwise; else `usual`.
auto TierOf(Context &context, EntityId service, const resources::Field &field, const char *usual)
    -> std::string;

}  // namespace groma::lower::azure
