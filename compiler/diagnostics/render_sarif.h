// SPDX-License-Identifier: Apache-2.0
// The SARIF renderer writes a SARIF 2.1.0 log, as code scanning services and editors read it.
#pragma once

#include <optional>
#include <string>

#include "groma/diagnostics/diagnostic.h"
#include "groma/diagnostics/pages.h"
#include "groma/source/set.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::diagnostics {

struct SarifOptions {
  // Of groma.
  std::string version;
  // The explain page of a code, from which rules are described.
  auto (*find_page)(llvm::StringRef code) -> std::optional<llvm::StringRef> = FindPage;
};

// One run with a rule for each code that occurs, in the order of first occurrence. Columns count
// UTF-16 units.
void RenderSarif(const source::Set &sources, llvm::ArrayRef<Diagnostic> diagnostics,
                 const SarifOptions &options, llvm::raw_ostream &out);

}  // namespace groma::diagnostics
