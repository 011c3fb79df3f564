// SPDX-License-Identifier: Apache-2.0
// Leaves out of a core what it does not need.
#pragma once

#include "groma/reason/prover.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace groma::reason {

struct Trial {
  Finding finding = Finding::Unknown;
  std::vector<Cause> core;  // Unsat: causes among those tried that cannot hold together
};

struct Shrunk {
  std::vector<Cause> core;  // in the order of the causes
  // Without any one of them the rest was shown to hold together.
  bool is_minimal = false;
};

// `core` cannot hold together. What comes first in it is left out first: runs of it, which get
// shorter, and in the end each cause by itself. What a trial leaves unknown stays.
auto Shrink(std::vector<Cause> core, llvm::function_ref<Trial(llvm::ArrayRef<Cause>)> attempt)
    -> Shrunk;

}  // namespace groma::reason
