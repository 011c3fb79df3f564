// SPDX-License-Identifier: Apache-2.0
// The text renderer shows diagnostics to people: message, code with carets, notes, and fixes.
#pragma once

#include <string>

#include "groma/diagnostics/diagnostic.h"
#include "groma/source/set.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::diagnostics {

struct TextOptions {
  // ANSI colours.
  bool color = false;
  // Columns of source text shown of a line; longer lines are cut around their labels.
  uint32_t width = 160;
};

// One block for each diagnostic, each followed by an empty line. Characters that could trick a
// terminal are replaced.
void RenderText(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics,
                const TextOptions &options, llvm::raw_ostream &out);

// `2 errors, 1 warning`; empty if there is nothing to count.
auto Summary(llvm::ArrayRef<Diagnostic> diagnostics) -> std::string;

}  // namespace groma::diagnostics
