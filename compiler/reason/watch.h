// SPDX-License-Identifier: Apache-2.0
// Tells how far a solve is, to whoever waits for it. Engines call it after so much work, never by a
// clock, and nothing that it does comes back to them.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace groma::reason {

struct Step {
  std::string_view phase;  // what is being done: "searching"
  bool has_cost = false, has_bound = false;
  int64_t cost = 0;   // of the best solution so far
  int64_t bound = 0;  // no solution costs less
};

using Watch = std::function<void(const Step &)>;

}  // namespace groma::reason
