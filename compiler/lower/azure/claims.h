// SPDX-License-Identifier: Apache-2.0
// Who claims which addresses, and that nobody else does.
#pragma once

#include <map>

#include "groma/diagnostics/sink.h"
#include "groma/lower/azure/ranges.h"

namespace groma::lower::azure {

// Reports what claims the same addresses as something that it is routed together with.
void CheckClaims(Reader &reader, const std::map<EntityId, Ranges> &networks_at,
                 const std::map<EntityId, Ranges> &subnets_at, diagnostics::Sink &sink);

}  // namespace groma::lower::azure
