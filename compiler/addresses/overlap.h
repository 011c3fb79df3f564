// SPDX-License-Identifier: Apache-2.0
// Blocks that claim the same addresses.
#pragma once

#include <utility>
#include <vector>

#include "groma/base/cidr.h"
#include "llvm/ADT/ArrayRef.h"

namespace groma::addresses {

using base::Cidr;

struct Claim {
  Cidr block;
  size_t part = 0;   // only claims of the same part are routed together
  size_t owner = 0;  // those of one owner may overlap
};

// Pairs of indices, the lower one first, in order: for each claim, the nearest one before it (by address) that it overlaps.
auto Overlaps(llvm::ArrayRef<Claim> claims) -> std::vector<std::pair<size_t, size_t>>;

}  // namespace groma::addresses
