// SPDX-License-Identifier: Apache-2.0
#include "cuda/gemm.h"

namespace groma::runtime::cuda {
namespace {

// The largest part of itself by which an element is off where results have so many bits of
// fraction: half a unit of the last one.
constexpr auto Rounding(int bits) -> double {
  return 1.0 / static_cast<double>(uint64_t{2} << bits);
}

// Sums of so many terms, of which tensor cores add some at a time and cut off what does not fit: an
// eighth of the terms may each cost a unit.
constexpr auto Summing(uint64_t depth, int bits) -> double {
  return static_cast<double>(depth / 8) * 2 * Rounding(bits);
}

// GPUs for simulation; all others have a sixty-fourth of their rate, or less.
auto IsFastAtF64(int capability) -> bool {
  return capability == 70 || capability == 80 || capability == 90 || capability == 100;
}

}  // namespace

auto ProductOf(Dtype dtype, int capability) -> Maybe<Product> {
  const auto missing = [&](const char *what) {
    return Missing{"a GPU of compute capability " + std::to_string(capability) + " has no " + what};
  };
  // Large enough to fill any GPU; formats that are twice as fast again get twice the side.
  uint64_t side = 8192;
  Result result = Result::kF32;
  int sum_bits = 23;
  int result_bits = 23;
  switch (dtype) {
    case Dtype::kF64:
      if (!IsFastAtF64(capability)) side = 2048;
      result = Result::kF64;
      sum_bits = result_bits = 52;
      break;
    case Dtype::kF32:
      break;
    case Dtype::kTf32:
      if (capability < 80) return missing("TF32");
      break;
    case Dtype::kF16:
      result = Result::kF16;
      result_bits = 10;
      break;
    case Dtype::kBf16:
      if (capability < 80) return missing("BF16");
      result = Result::kBf16;
      result_bits = 7;
      break;
    case Dtype::kF8:
      if (capability < 89) return missing("FP8");
      if (capability >= 100) side = 16384;
      result = Result::kBf16;
      result_bits = 7;
      break;
    case Dtype::kF4:
      if (capability < 100) return missing("FP4");
      side = 16384;
      result = Result::kBf16;
      result_bits = 7;
      break;
    case Dtype::kI8:
      if (capability < 75) return missing("INT8");
      result = Result::kI32;
      break;
  }
  double relative = Rounding(result_bits) + Summing(side, sum_bits);
  // Hopper keeps about 14 bits of sums of FP8 until it adds them up with more.
  if (dtype == Dtype::kF8) relative += Rounding(9);
  if (dtype == Dtype::kI8) relative = 0;
  return Product{dtype, result, side, side, side, relative};
}

}  // namespace groma::runtime::cuda
