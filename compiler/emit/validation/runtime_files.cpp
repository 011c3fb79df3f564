// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/runtime_files.h"

// Written by cmake/EmbedRuntime.cmake.
extern "C" const groma::emit::validation::RuntimeFile groma_runtime_files[];
extern "C" const size_t groma_runtime_count;

namespace groma::emit::validation {

auto RuntimeFiles() -> llvm::ArrayRef<RuntimeFile> {
  return {groma_runtime_files, groma_runtime_count};
}

}  // namespace groma::emit::validation
