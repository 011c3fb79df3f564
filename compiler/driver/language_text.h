// SPDX-License-Identifier: Apache-2.0
// The text of docs/language.md, as it was when groma was built.
#pragma once

#include "llvm/ADT/StringRef.h"

namespace groma::driver {

auto LanguageText() -> llvm::StringRef;

}  // namespace groma::driver
