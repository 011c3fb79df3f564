// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// Firewalls: in the hubs that have one, and those of `service.firewall`.
void LowerFirewalls(Context &context);
// The rules of a policy for what passes a firewall at that place: flows between sites, and what clusters need.
void AddPassing(Context &context, ResourceId policy, EntityId of, const std::string &role,
                const Place &place);
// Tells what is missing where a firewall is to look into encrypted traffic.
void NoteInspection(Context &context, EntityId service, const std::string &tier);
// Jump hosts.
void LowerBastions(Context &context);

}  // namespace groma::lower::azure
