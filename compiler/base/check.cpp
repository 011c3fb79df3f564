// SPDX-License-Identifier: Apache-2.0
#include "groma/base/check.h"

#include <cstdlib>

#include "llvm/Support/raw_ostream.h"

namespace groma::base {

void CheckFailed(const char *message) {
  llvm::errs() << "groma: internal error: " << message << '\n';
  llvm::errs().flush();
  std::abort();
}

}  // namespace groma::base
