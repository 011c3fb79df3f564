// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// Circuits of private lines, the gateways at which they end, and what ties the two.
void LowerExpressRoutes(Context &context);

}  // namespace groma::lower::azure
