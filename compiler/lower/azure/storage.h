// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace groma::lower::azure {

// Storage accounts, Lustre and NetApp volumes.
void LowerStorage(Context &context);

}  // namespace groma::lower::azure
