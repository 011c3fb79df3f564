// SPDX-License-Identifier: Apache-2.0
// Who claims which addresses, and that nobody else does.
#pragma once

#include <map>

#include "groma/lower/azure/ranges.h"
#include "groma/pipeline/compile.h"

namespace groma::pipeline {

using lower::azure::Range;
using lower::azure::Ranges;

// Reports what claims the same addresses as something that it is routed together with.
void CheckClaims(lower::azure::Reader &reader, const std::map<plan::EntityId, Ranges> &networks_at,
                 const std::map<plan::EntityId, Ranges> &subnets_at, Sink &sink);

}  // namespace groma::pipeline
