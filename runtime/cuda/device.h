// SPDX-License-Identifier: Apache-2.0
// Arithmetic that GPU and host share, so that tests without a GPU can try it.
#pragma once

#include <cstdint>
#include <cstring>

#ifdef __CUDACC__
#define GROMA_BOTH __host__ __device__
#else
#define GROMA_BOTH
#endif

namespace groma::runtime::cuda {

// Spreads every bit of `x` over all bits; one to one, so that different words stay different.
GROMA_BOTH inline uint64_t Mix(uint64_t x) {
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93ull;
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93ull;
  return x ^ (x >> 32);
}

// The same bits as another type of the same size.
template <class To, class From>
GROMA_BOTH inline To BitCast(From from) {
  static_assert(sizeof(To) == sizeof(From), "as many bits");
  To to;
  memcpy(&to, &from, sizeof(to));
  return to;
}

// What a word at an index adds to a checksum. Sums of these are the same in whatever order.
GROMA_BOTH inline uint64_t Share(uint64_t index, uint32_t word) {
  return Mix((index << 32 ^ index >> 32) + (uint64_t{word} << 1 | 1));
}

}  // namespace groma::runtime::cuda
