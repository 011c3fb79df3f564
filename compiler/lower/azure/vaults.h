// SPDX-License-Identifier: Apache-2.0
// Key vaults, and keys of data at rest in them.
#pragma once

#include "context.h"

namespace groma::lower::azure {

void LowerVaults(Context &context);

// A key for what `of` keeps at the place, with an identity that may use it.
struct HeldKey {
  ResourceId vault = resources::kNoResource, key = resources::kNoResource,
             identity = resources::kNoResource;
  ResourceId grant = resources::kNoResource;  // must be there before the key is used
};
// It lies in the plan's vault at the place; where there is none, one is made.
auto AddKey(Context &context, Place &place, EntityId of, llvm::StringRef concern) -> HeldKey;

}  // namespace groma::lower::azure
