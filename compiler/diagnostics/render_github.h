// SPDX-License-Identifier: Apache-2.0
// The GitHub renderer writes workflow commands, which show up as annotations of a pull request.
#pragma once

#include "groma/diagnostics/diagnostic.h"
#include "groma/source/set.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::diagnostics {

// One line for each diagnostic.
void RenderGithub(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics,
                  llvm::raw_ostream &out);

}  // namespace groma::diagnostics
