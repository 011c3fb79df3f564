// SPDX-License-Identifier: Apache-2.0
// The explain pages, one for each code, as they stand in the executable.
#pragma once

#include <optional>

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::diagnostics {

struct EmbeddedPage {
  llvm::StringRef code;
  // Markdown, as `ParsePage` reads it.
  llvm::StringRef text;
};

// Sorted by code.
auto AllPages() -> llvm::ArrayRef<EmbeddedPage>;

// Finds `GR0203`, also when written `gr0203`.
auto FindPage(llvm::StringRef code) -> std::optional<llvm::StringRef>;

}  // namespace groma::diagnostics
