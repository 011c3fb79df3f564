// SPDX-License-Identifier: Apache-2.0
// Numbers that look like chance and are the same everywhere.
#pragma once

#include <cstdint>

namespace groma::timing {

class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed) {}

  // From 0 to `count` - 1.
  auto Below(int64_t count) -> int64_t {
    // An odd step visits all states; the rest spreads their bits (splitmix64).
    uint64_t mixed = (state_ += 0x9e3779b97f4a7c15U);
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    mixed ^= mixed >> 31U;
    return static_cast<int64_t>((mixed >> 1U) % static_cast<uint64_t>(count));
  }

 private:
  uint64_t state_;
};

}  // namespace groma::timing
