// SPDX-License-Identifier: Apache-2.0
// Questions about domains that name servers outside of Azure know.
#pragma once

#include "context.h"

namespace groma::lower::azure {

// For the networks of the place: a ruleset holds in its own region only.
void AddForwarding(Context &context, EntityId of, const Place &place, const std::string &role,
                   ResourceId outbound);

}  // namespace groma::lower::azure
