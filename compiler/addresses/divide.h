// SPDX-License-Identifier: Apache-2.0
// Blocks for whoever asks for one.
#pragma once

#include <optional>
#include <vector>

#include "groma/base/cidr.h"
#include "llvm/ADT/ArrayRef.h"

namespace groma::addresses {

using base::Cidr;

struct Wish {
  std::uint32_t prefix = 24;
  // Where it was before. It stays there if that is still free and of that size.
  std::optional<Cidr> before = {};
};

struct Division {
  std::vector<std::optional<Cidr>> places;  // one for each wish
  std::uint64_t missing = 0;                // addresses of those that found no place
};

// Gives each wish a block of `space` that overlaps neither what is taken nor one another: first those that were somewhere
// before, then the others in the order given, each the first that fits.
auto Divide(Cidr space, llvm::ArrayRef<Cidr> taken, llvm::ArrayRef<Wish> wishes) -> Division;

}  // namespace groma::addresses
