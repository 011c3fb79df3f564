// SPDX-License-Identifier: Apache-2.0
// The subscription of an environment and the management groups in which it lies: what is deployed to the tenant, first.
#pragma once

#include "context.h"

namespace groma::lower::azure {

void LowerSubscription(Context &context);

}  // namespace groma::lower::azure
