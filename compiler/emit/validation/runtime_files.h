// SPDX-License-Identifier: Apache-2.0
// The sources of `runtime/`, as they were when groma was built.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::emit::validation {

struct RuntimeFile {
  const char *path;  // below runtime/
  const char *begin, *end;

  auto text() const -> llvm::StringRef { return {begin, static_cast<size_t>(end - begin)}; }
};

auto RuntimeFiles() -> llvm::ArrayRef<RuntimeFile>;

}  // namespace groma::emit::validation
