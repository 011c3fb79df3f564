// SPDX-License-Identifier: Apache-2.0
// Every type of Azure that groma writes.
#pragma once

#include "groma/resources/spelling.h"

namespace groma::resources::azure {

auto AllTypes() -> llvm::ArrayRef<const Type *>;

}  // namespace groma::resources::azure
