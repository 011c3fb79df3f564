// SPDX-License-Identifier: Apache-2.0
// The registry lists every message that groma can report.
#pragma once

#include <optional>

#include "groma/diagnostics/definition.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::pipeline {

// In the order of the passes, each table as it is written.
auto AllMessages() -> llvm::ArrayRef<diagnostics::Row>;

// The message of a code, in any case (`gr0101`); nothing if there is none.
auto FindMessage(llvm::StringRef code) -> std::optional<diagnostics::Row>;

}  // namespace groma::pipeline
