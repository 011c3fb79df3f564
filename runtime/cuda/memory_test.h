// SPDX-License-Identifier: Apache-2.0
// The march over a GPU's memory.
#pragma once

#include "cuda/timing.h"
#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

// A fault if so much memory is not free. `watch` is called while it runs.
auto MarchOver(Bytes bytes, double limit, const Watch &watch) -> MarchRun;

}  // namespace groma::runtime::cuda
