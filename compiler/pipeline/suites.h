// SPDX-License-Identifier: Apache-2.0
// The way from plans to the programs that accept their pools.
#pragma once

#include "groma/pipeline/compile.h"

namespace groma::pipeline {

auto WriteSuites(plan::Plan &plan, plan::EntityId emit, const source::Set &sources, llvm::StringRef version,
                 Sink &sink) -> std::vector<output::File>;

}  // namespace groma::pipeline
