// SPDX-License-Identifier: Apache-2.0
// The fields that shape the patterns of a packing: no row stands for them, so that an explanation
// finds those which matter by packing anew without them.
#pragma once

#include <vector>

#include "instance.h"

namespace groma::solve {

// Whether the causes still cannot hold together when these fields say nothing.
using StillContradicts = llvm::function_ref<auto(llvm::ArrayRef<Cause>, const Relaxed &)->bool>;

// A smallest set of such fields without which the causes of `core` could hold together.
auto FindShapes(Instance &instance, llvm::ArrayRef<Cause> core, StillContradicts still)
    -> std::vector<Cause>;

}  // namespace groma::solve
