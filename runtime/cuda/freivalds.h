// SPDX-License-Identifier: Apache-2.0
// A product C = A B is right if C r = A (B r) for a random r of +1 and -1, up to rounding. Both
// sides are computed in pairs of doubles (about 106 bits), which is more than any format has.
#pragma once

#include <cmath>

#include "cuda/device.h"

namespace groma::runtime::cuda {

// high + low, |low| at most half a unit of high.
struct Pair {
  double high;
  double low;
};

GROMA_BOTH inline Pair Normal(double high, double low) {
  const double sum = high + low;
  return {sum, low - (sum - high)};
}

GROMA_BOTH inline Pair Add(Pair a, double b) {
  const double sum = a.high + b;
  const double part = sum - a.high;
  const double rest = (a.high - (sum - part)) + (b - part);
  return Normal(sum, rest + a.low);
}

GROMA_BOTH inline Pair Add(Pair a, Pair b) { return Add(Add(a, b.high), b.low); }

// a + b * c.
GROMA_BOTH inline Pair AddProduct(Pair a, double b, Pair c) {
  const double product = b * c.high;
  const double rest = fma(b, c.high, -product);
  return Add(Add(a, product), rest + b * c.low);
}

GROMA_BOTH inline double Sign(uint64_t index, uint64_t seed) {
  return (Mix(index * 2 + 1 + (seed << 40)) >> 17 & 1) != 0 ? 1.0 : -1.0;
}

// Whether a row of C r may differ so from A (B r). `squares` is the sum of the row's squares; each
// element may be off by `relative` of itself, independently of the others, so that the sum may be
// off by six times the root of the squares: rounding never is. NaN is never near. What a whole
// number's product may differ by is 0.
GROMA_BOTH inline bool IsNear(Pair given, Pair right, double squares, double relative) {
  const Pair difference = Add(given, Pair{-right.high, -right.low});
  return fabs(difference.high) <= 6 * relative * sqrt(squares);
}

}  // namespace groma::runtime::cuda
