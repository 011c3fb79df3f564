// SPDX-License-Identifier: Apache-2.0
// How long a rank takes from a common start until it could begin a collective: for a piece of work
// that every rank of the pool does alike.
#pragma once

#include <vector>

#include "groma/runtime/cuda.h"

namespace groma::runtime::cuda {

auto TimeArrivals(const Scope &scope, const CudaOptions &options, int repeats)
    -> std::vector<Seconds>;

}  // namespace groma::runtime::cuda
