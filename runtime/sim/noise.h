// SPDX-License-Identifier: Apache-2.0
// Noise that depends on what is measured and on nothing else: threads may come as they like.
#pragma once

#include <cstdint>
#include <string>

namespace groma::runtime {

inline auto Mix(uint64_t state, uint64_t value) -> uint64_t {
  uint64_t z = state + 0x9e3779b97f4a7c15ULL * (value + 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

inline auto MixText(uint64_t state, const std::string &text) -> uint64_t {
  for (const char c : text) state = Mix(state, static_cast<unsigned char>(c));
  return state;
}

// From 0 to below 1.
inline auto Uniform(uint64_t state) -> double {
  return static_cast<double>(state >> 11) * 0x1.0p-53;
}

// A factor about 1 that a healthy repeat differs by: 0.4 % at most, mostly far less.
inline auto Wobble(uint64_t state) -> double {
  return 1 + 0.004 * (Uniform(Mix(state, 1)) + Uniform(Mix(state, 2)) - 1);
}

}  // namespace groma::runtime
