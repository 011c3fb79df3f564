// SPDX-License-Identifier: Apache-2.0
// The JSON renderer writes diagnostics for programs; docs/diagnostics-json.md says what is in it.
#pragma once

#include "groma/diagnostics/diagnostic.h"
#include "groma/source/set.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::diagnostics {

// One object, also without any diagnostics. Text that is not UTF-8 is replaced.
void RenderJson(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics,
                llvm::raw_ostream &out);

}  // namespace groma::diagnostics
