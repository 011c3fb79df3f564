// SPDX-License-Identifier: Apache-2.0
// The JUnit renderer reports each checked file as a test case, for build servers that show tests.
#pragma once

#include "groma/diagnostics/diagnostic.h"
#include "groma/source/set.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::diagnostics {

// One suite with a case for each file of the user's, and for each other file that has a diagnostic.
// Errors make one failure of their file, since readers of the format expect no more than one;
// warnings and notes are its output. What has no place is reported as a case named `groma`.
void RenderJunit(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics,
                 llvm::raw_ostream &out);

}  // namespace groma::diagnostics
