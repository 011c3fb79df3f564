// SPDX-License-Identifier: Apache-2.0
// What the plan asks for with `emit`.
#pragma once

#include "groma/pipeline/compile.h"

namespace groma::pipeline {

// Adds the files of every `emit` to `files`. Reports what no emitter writes yet.
void WriteOutputs(std::vector<plan::Plan> &plans, const source::Set &sources, llvm::StringRef version,
                  std::vector<output::File> &files, Sink &sink);

}  // namespace groma::pipeline
