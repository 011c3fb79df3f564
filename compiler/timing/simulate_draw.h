// SPDX-License-Identifier: Apache-2.0
// Dice of which each has its own number: what is drawn in one run for one variable depends on
// nothing else, neither on an order nor on threads.
#pragma once

#include <cstdint>

namespace groma::timing {

[[nodiscard]] constexpr auto Spread64(uint64_t bits) -> uint64_t {
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
  return bits ^ (bits >> 31U);
}

// Anything from 0 to 2^32 - 1, all equally likely. `facet` tells apart what one variable needs.
[[nodiscard]] constexpr auto Draw(uint64_t seed, uint64_t run, uint64_t variable,
                                  uint64_t facet = 0) -> uint32_t {
  // The ratio of the golden section, so that numbers in a row lie far apart.
  constexpr uint64_t kFar = 0x9e3779b97f4a7c15U;
  uint64_t bits = Spread64(seed + kFar);
  bits = Spread64(bits ^ (run * kFar + 1));
  bits = Spread64(bits ^ (variable * kFar + facet));
  return static_cast<uint32_t>(bits >> 32U);
}

}  // namespace groma::timing
