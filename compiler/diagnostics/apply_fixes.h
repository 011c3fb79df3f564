// SPDX-License-Identifier: Apache-2.0
// Applying fixes turns a file's text into what the diagnostics propose.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "groma/diagnostics/diagnostic.h"
#include "groma/source/set.h"
#include "llvm/ADT/ArrayRef.h"

namespace groma::diagnostics {

// The fixes that may be applied together: the first of each diagnostic, if it is at most `up_to`,
// taken in order of place as long as no edit of it meets an edit taken before. A repeated fix
// counts once. The choice is the same whichever file is asked for afterwards, so that a fix over
// several files is applied wholly or not at all.
auto ChooseFixes(llvm::ArrayRef<Diagnostic> diagnostics, Applicability up_to)
    -> std::vector<const Fix *>;

// The file's text with the chosen fixes applied; nothing if none of them changes it, and for files
// of the standard library.
auto ApplyFixes(const source::File &file, llvm::ArrayRef<Diagnostic> diagnostics,
                Applicability up_to) -> std::optional<std::string>;

}  // namespace groma::diagnostics
