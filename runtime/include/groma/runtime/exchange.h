// SPDX-License-Identifier: Apache-2.0
// How ranks talk to each other beside the hardware that is under test: a few bytes, a common start.
#pragma once

#include <string>

#include "groma/runtime/backend.h"

namespace groma::runtime {

// All ranks of a scope make the same calls in the same order. A rank that does not come in time is
// told by `Missing`, by its name; nothing waits for ever.
class Exchange {
 public:
  virtual ~Exchange() = default;

  // What the first rank of the scope gave, at all of them; what the others give is not read.
  virtual auto Broadcast(const Scope &scope, const std::string &bytes) -> Maybe<std::string> = 0;
  // Returns when all ranks of the scope have called it: the number of them.
  virtual auto Meet(const Scope &scope) -> Maybe<int> = 0;
};

}  // namespace groma::runtime
