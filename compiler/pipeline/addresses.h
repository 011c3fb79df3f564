// SPDX-License-Identifier: Apache-2.0
// Addresses of the networks and subnets that a plan declares without any.
#pragma once

#include "groma/pipeline/compile.h"
#include "groma/plan/lock.h"

namespace groma::pipeline {

// Adds a result for each range that is to be decided, where `pins` has it if that still can be. Reports what finds no
// room, and what claims the same addresses as something that it is routed together with.
void AddAddresses(plan::Plan &plan, llvm::ArrayRef<plan::Pin> pins, Sink &sink);

}  // namespace groma::pipeline
