// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// Gateways for the tunnels that links ask for, and their connections.
void LowerVpns(Context &context);

}  // namespace groma::lower::azure
