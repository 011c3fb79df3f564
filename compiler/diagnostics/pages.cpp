// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/pages.h"

namespace groma::diagnostics {

// AllPages is written by cmake/EmbedPages.cmake.
auto FindPage(llvm::StringRef code) -> std::optional<llvm::StringRef> {
  for (const EmbeddedPage &page : AllPages()) {
    if (page.code.equals_insensitive(code)) return page.text;
  }
  return std::nullopt;
}

}  // namespace groma::diagnostics
