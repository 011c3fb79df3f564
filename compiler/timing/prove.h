// SPDX-License-Identifier: Apache-2.0
// Searches for an earlier end of a plain problem until there is none, with Boolean rows.
#pragma once

#include <functional>

#include "groma/timing/decider.h"
#include "groma/timing/plain.h"

namespace groma::timing {

// Called with starts of a schedule; says when the best one ends that is known by then.
using OnStarts = std::function<int64_t(llvm::ArrayRef<int64_t> starts)>;

// A schedule that ends at `end` is known. Gives an end before which none can be: `bound`, or more
// if more is proved.
[[nodiscard]] auto ProveEnd(const Plain &plain, int64_t bound, int64_t end, Decider &decider,
                            const OnStarts &on_starts) -> int64_t;

}  // namespace groma::timing
