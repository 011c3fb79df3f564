// SPDX-License-Identifier: Apache-2.0
// Until when one can wait with what must be started first.
#pragma once

#include "layout.h"

namespace groma::schedule {

// Of all that leads to a step, itself included, and that waits for nothing more: the task that has to be
// started soonest, and the last moment at which that makes nothing late that has a `by`. kNever if
// there is no such moment: nothing that has a `by` waits for it.
struct Beginning {
  uint32_t step = kNoStep;
  timing::Moment latest = timing::kNever;
};

// By step. `layout` is held.
auto FindBeginnings(const Steps &steps, const Layout &layout) -> std::vector<Beginning>;

}  // namespace groma::schedule
