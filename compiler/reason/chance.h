// SPDX-License-Identifier: Apache-2.0
// Chance that is the same everywhere: a generator, and the logarithms that annealing needs, in
// whole numbers only. Private to the engines.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace groma::reason {

// SplitMix64 (Steele, Lea, Flood 2014).
class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed) {}

  auto Draw() -> uint64_t {
    state_ += 0x9e3779b97f4a7c15U;
    uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31);
  }
  // One of 0 .. count - 1; count is at least 1 and below 2^32.
  auto Below(uint64_t count) -> uint32_t {
    return static_cast<uint32_t>(((Draw() >> 32) * count) >> 32);
  }

 private:
  uint64_t state_;
};

namespace detail {

// Of x >= 1, times 2^16, rounded down: squaring yields one binary digit after the other.
constexpr auto Log2(uint64_t x) -> int64_t {
  int64_t result = 0;
  while (x >> (result + 1) != 0) ++result;
  // The mantissa in 1 .. 2, times 2^31.
  uint64_t mantissa = result >= 31 ? x >> (result - 31) : x << (31 - result);
  for (int digit = 0; digit < 16; ++digit) {
    mantissa = (mantissa * mantissa) >> 31;
    result = result * 2;
    if (mantissa >> 32 != 0) {
      mantissa >>= 1;
      ++result;
    }
  }
  return result;
}

inline constexpr int kSurpriseBits = 10;

constexpr auto Surprises() {
  std::array<uint32_t, 1 << kSurpriseBits> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    // -ln((2 i + 1) / 2^11) as -log2 times ln 2, whose 2^16-fold is 45426.
    const int64_t log2 = (int64_t{kSurpriseBits + 1} << 16) - Log2(2 * i + 1);
    table[i] = static_cast<uint32_t>((log2 * 45426) >> 16);
  }
  return table;
}

inline constexpr auto kSurprises = Surprises();

}  // namespace detail

// -ln u for an even chance u in 0 .. 1, times 2^16: what an annealer accepts at temperature 1.
inline auto Surprise(Chance &chance) -> uint32_t {
  return detail::kSurprises[chance.Draw() >> (64 - detail::kSurpriseBits)];
}

}  // namespace groma::reason
