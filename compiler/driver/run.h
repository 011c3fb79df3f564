// SPDX-License-Identifier: Apache-2.0
// Runs a command line.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace groma::driver {

// `words` are the arguments without the program's name, `embedded` is the image of the standard
// library. Returns the exit code.
auto Run(llvm::ArrayRef<llvm::StringRef> words, llvm::StringRef embedded) -> int;

// From here on what groma does wrong ends in exit code 70 and a message, and a closed pipe is an
// error to report.
void InstallHandlers();

}  // namespace groma::driver
