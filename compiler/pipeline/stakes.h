// SPDX-License-Identifier: Apache-2.0
// Every date is a stakes with its price.
#pragma once

#include "groma/pipeline/compile.h"

namespace groma::pipeline {

// In lines, of a step of a decided plan: until when one can wait with what leads to it, what it costs if it
// slips, found by deciding everything anew, and what would make it come a week sooner. Empty if it is no step,
// or finished. `environment` is the one that `plan` decides.
auto TellStakes(Result &checked, plan::Environment &environment, const plan::Plan &plan,
                 plan::EntityId step, solve::Options options) -> std::string;

}  // namespace groma::pipeline
