// SPDX-License-Identifier: Apache-2.0
// File systems of Azure that stand inside of a network.
#pragma once

#include "context.h"

namespace groma::lower::azure {

auto AddLustre(Context &context, Place &place, EntityId of) -> ResourceId;
auto AddNetApp(Context &context, Place &place, EntityId of) -> ResourceId;

}  // namespace groma::lower::azure
