// SPDX-License-Identifier: Apache-2.0
#include "simulate_table.h"

#include "groma/base/rational.h"

namespace groma::timing {
namespace {

using base::Int128;

// The largest number whose square is not above.
auto SquareRoot(Int128 square) -> int64_t {
  int64_t root = 0;
  for (int64_t bit = int64_t{1} << 61; bit > 0; bit >>= 1) {
    const Int128 next = root + bit;
    if (next * next <= square) root += bit;
  }
  return root;
}

}  // namespace

SamplingTable::SamplingTable(const Triangle &triangle) {
  const int64_t count = int64_t{1} << kCells;
  const Int128 width = triangle.high - triangle.low;
  const Int128 rise = triangle.likely - triangle.low;
  const Int128 fall = triangle.high - triangle.likely;
  for (int64_t cell = 0; cell <= count; ++cell) {
    // The area of the triangle up to the most likely value is rise / width.
    values_[cell] = cell * width <= count * rise
                        ? triangle.low + SquareRoot(width * rise * cell / count)
                        : triangle.high - SquareRoot(width * fall * (count - cell) / count);
  }
}

}  // namespace groma::timing
