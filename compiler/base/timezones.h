// SPDX-License-Identifier: Apache-2.0
// The names of the IANA time zones. Only names: groma reckons in days and needs no offsets.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::base {

// Exact, including case: `Europe/Amsterdam`.
[[nodiscard]] auto IsTimeZone(llvm::StringRef iana) -> bool;

// All names, sorted by byte.
[[nodiscard]] auto TimeZones() -> llvm::ArrayRef<llvm::StringRef>;

}  // namespace groma::base
