// SPDX-License-Identifier: Apache-2.0
// What would make a late step be in time: changes of one line, each tried by scheduling everything anew.
#pragma once

#include "layout.h"

namespace groma::schedule {

// What asks for least comes first. `chain`: the tasks that lead to the step.
auto FindRemedies(const Source &source, const Steps &steps, Layout &layout, uint32_t step,
                  llvm::ArrayRef<timing::TaskId> chain) -> std::vector<std::string>;

}  // namespace groma::schedule
