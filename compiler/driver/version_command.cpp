// SPDX-License-Identifier: Apache-2.0
#include "session.h"

namespace groma::driver {

auto Version() -> llvm::StringRef { return GROMA_VERSION; }

auto RunVersion(Session &session) -> int {
  const std::string version = Version().str();
  return session.Finish(session.arguments.format == "json"
                            ? "{\"name\": \"groma\", \"version\": \"" + version + "\"}\n"
                            : "groma " + version + "\n");
}

}  // namespace groma::driver
