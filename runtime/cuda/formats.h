// SPDX-License-Identifier: Apache-2.0
// Numbers as GPUs store them: random ones whose bits vary as those of real data do (products of
// zeros are fast and cool), and their values. No value is NaN, infinite, or not exact in its
// format.
#pragma once

#include "cuda/device.h"
#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

GROMA_BOTH inline double Power(int exponent) {
  return BitCast<double>(static_cast<uint64_t>(exponent + 1023) << 52);
}

// The value of a sign, an exponent field and a fraction field with the given widths. Infinities and
// NaN are not told apart: the formats without them (f8, f4) and checked data need no more.
GROMA_BOTH inline double Decode(uint32_t bits, int exponent_bits, int fraction_bits) {
  const int bias = (1 << (exponent_bits - 1)) - 1;
  const uint32_t fraction = bits & ((1u << fraction_bits) - 1);
  const int field = static_cast<int>(bits >> fraction_bits & ((1u << exponent_bits) - 1));
  const bool minus = (bits >> (exponent_bits + fraction_bits) & 1) != 0;
  const double scale = Power(field == 0 ? 1 - bias : field - bias) / (1 << fraction_bits);
  const uint32_t units = field == 0 ? fraction : fraction | 1u << fraction_bits;
  return minus ? -scale * units : scale * units;
}

template <Dtype>
struct Format;  // Bits: how it is stored; Value(); Random() from 64 random bits

// Numbers of magnitude 2^-4 to 1: sign and fraction are random, the exponent is one of four.
template <class T, int kExponent, int kFraction>
struct Binary {
  using Bits = T;
  GROMA_BOTH static Bits Random(uint64_t noise) {
    const uint64_t one = (uint64_t{1} << (kExponent - 1)) - 1;
    const uint64_t exponent = one - 1 - (noise >> 60 & 3);
    const uint64_t sign = noise >> 63 << (kExponent + kFraction);
    return static_cast<Bits>(sign | exponent << kFraction |
                             (noise & ((uint64_t{1} << kFraction) - 1)));
  }
};

template <>
struct Format<Dtype::kF64> : Binary<uint64_t, 11, 52> {
  GROMA_BOTH static double Value(Bits bits) { return BitCast<double>(bits); }
};
template <>
struct Format<Dtype::kF32> : Binary<uint32_t, 8, 23> {
  GROMA_BOTH static double Value(Bits bits) { return BitCast<float>(bits); }
};
// Ten bits of the fraction count.
template <>
struct Format<Dtype::kTf32> : Format<Dtype::kF32> {
  GROMA_BOTH static Bits Random(uint64_t noise) {
    return Format<Dtype::kF32>::Random(noise) & ~0x1FFFu;
  }
};
template <>
struct Format<Dtype::kF16> : Binary<uint16_t, 5, 10> {
  GROMA_BOTH static double Value(Bits bits) {
    if ((bits >> 10 & 31) == 31) return BitCast<double>(0x7FF8000000000000ull);
    return Decode(bits, 5, 10);
  }
};
template <>
struct Format<Dtype::kBf16> : Binary<uint16_t, 8, 7> {
  GROMA_BOTH static double Value(Bits bits) { return BitCast<float>(uint32_t{bits} << 16); }
};
template <>
struct Format<Dtype::kF8> : Binary<uint8_t, 4, 3> {
  GROMA_BOTH static double Value(Bits bits) { return Decode(bits, 4, 3); }
};
template <>
struct Format<Dtype::kI8> {
  using Bits = int8_t;
  GROMA_BOTH static double Value(Bits bits) { return bits; }
  GROMA_BOTH static Bits Random(uint64_t noise) {
    return static_cast<Bits>(static_cast<int>(noise & 0xFF) - 128);
  }
};
// Two numbers in a byte, the first one below. Any four bits are a number.
template <>
struct Format<Dtype::kF4> {
  using Bits = uint8_t;
  GROMA_BOTH static double Value(uint32_t nibble) { return Decode(nibble, 2, 1); }
  GROMA_BOTH static Bits Random(uint64_t noise) { return static_cast<Bits>(noise & 0xFF); }
};

// Element `index` of an array.
template <Dtype kDtype>
GROMA_BOTH inline double At(const void *array, uint64_t index) {
  using F = Format<kDtype>;
  const auto *bits = static_cast<const typename F::Bits *>(array);
  if constexpr (kDtype == Dtype::kF4) {
    return F::Value(uint32_t{bits[index / 2]} >> (index % 2 * 4) & 15);
  } else {
    return F::Value(bits[index]);
  }
}

}  // namespace groma::runtime::cuda
