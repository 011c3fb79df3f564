// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "cuda/formats.h"
#include "cuda/freivalds.h"

namespace groma::runtime::cuda {
namespace {

template <Dtype kDtype>
void ExpectRandomNumbers(double least, double most) {
  std::set<double> values;
  for (uint64_t i = 0; i < 4096; ++i) {
    const auto bits = Format<kDtype>::Random(Mix(i));
    const double value = At<kDtype>(&bits, 0);
    ASSERT_TRUE(std::isfinite(value));
    ASSERT_GE(std::fabs(value), least);
    ASSERT_LE(std::fabs(value), most);
    values.insert(value);
  }
  EXPECT_GT(values.size(), 14u);
  EXPECT_LT(*values.begin(), 0);
  EXPECT_GT(*values.rbegin(), 0);
}

TEST(FormatsTest, RandomNumbersAreFiniteAndOfBothSigns) {
  ExpectRandomNumbers<Dtype::kF64>(1.0 / 16, 1);
  ExpectRandomNumbers<Dtype::kF32>(1.0 / 16, 1);
  ExpectRandomNumbers<Dtype::kTf32>(1.0 / 16, 1);
  ExpectRandomNumbers<Dtype::kF16>(1.0 / 16, 1);
  ExpectRandomNumbers<Dtype::kBf16>(1.0 / 16, 1);
  ExpectRandomNumbers<Dtype::kF8>(1.0 / 16, 1);
  ExpectRandomNumbers<Dtype::kF4>(0, 6);
  ExpectRandomNumbers<Dtype::kI8>(0, 128);
}

TEST(FormatsTest, Values) {
  EXPECT_EQ(Format<Dtype::kF16>::Value(0x3C00), 1);
  EXPECT_EQ(Format<Dtype::kF16>::Value(0xC500), -5);
  EXPECT_EQ(Format<Dtype::kF16>::Value(1), std::ldexp(1, -24));
  EXPECT_EQ(Format<Dtype::kF16>::Value(0x7BFF), 65504);
  EXPECT_TRUE(std::isnan(Format<Dtype::kF16>::Value(0x7C01)));
  EXPECT_EQ(Format<Dtype::kBf16>::Value(0x4049), 3.140625);
  EXPECT_TRUE(std::isnan(Format<Dtype::kBf16>::Value(0xFFFF)));
  EXPECT_EQ(Format<Dtype::kF8>::Value(0x38), 1);
  EXPECT_EQ(Format<Dtype::kF8>::Value(0x7E), 448);
  EXPECT_EQ(Format<Dtype::kF8>::Value(0x81), -std::ldexp(1, -9));
  const std::vector<double> f4 = {0, 0.5, 1, 1.5, 2, 3, 4, 6};
  for (uint32_t nibble = 0; nibble < 16; ++nibble)
    EXPECT_EQ(Format<Dtype::kF4>::Value(nibble), (nibble < 8 ? 1 : -1) * f4[nibble % 8]);
  const uint8_t two = 0x52;
  EXPECT_EQ(At<Dtype::kF4>(&two, 0), 1);
  EXPECT_EQ(At<Dtype::kF4>(&two, 1), 3);
}

TEST(FormatsTest, Tf32IsExactInElevenBits) {
  for (uint64_t i = 0; i < 1000; ++i) EXPECT_EQ(Format<Dtype::kTf32>::Random(Mix(i)) & 0x1FFFu, 0u);
}

struct Square {
  static constexpr uint64_t kSide = 96;
  std::vector<float> a, b, c;
  Square() : a(kSide * kSide), b(kSide * kSide), c(kSide * kSide) {
    for (uint64_t i = 0; i < a.size(); ++i) {
      a[i] = BitCast<float>(Format<Dtype::kF32>::Random(Mix(i)));
      b[i] = BitCast<float>(Format<Dtype::kF32>::Random(Mix(i + (uint64_t{1} << 40))));
    }
    for (uint64_t i = 0; i < kSide; ++i)
      for (uint64_t j = 0; j < kSide; ++j)
        for (uint64_t k = 0; k < kSide; ++k)
          c[i + j * kSide] += a[k + i * kSide] * b[k + j * kSide];
  }
  // The kernels' steps, one after the other.
  auto WrongRows(double relative) const -> int {
    std::vector<Pair> y(kSide, Pair{0, 0});
    for (uint64_t k = 0; k < kSide; ++k)
      for (uint64_t j = 0; j < kSide; ++j) y[k] = Add(y[k], Sign(j, 20) * b[k + j * kSide]);
    int wrong = 0;
    for (uint64_t i = 0; i < kSide; ++i) {
      Pair z{0, 0};
      Pair given{0, 0};
      double squares = 0;
      for (uint64_t k = 0; k < kSide; ++k) z = AddProduct(z, a[k + i * kSide], y[k]);
      for (uint64_t j = 0; j < kSide; ++j) {
        const double element = c[i + j * kSide];
        given = Add(given, Sign(j, 20) * element);
        squares += element * element;
      }
      if (!IsNear(given, z, squares, relative)) ++wrong;
    }
    return wrong;
  }
};

TEST(FreivaldsTest, AcceptsRoundingAndNothingMore) {
  constexpr double kRelative = 96.0 / 8 / (1 << 24);
  Square square;
  EXPECT_EQ(square.WrongRows(kRelative), 0);
  square.c[5 + 7 * Square::kSide] += 0.01f;
  EXPECT_EQ(square.WrongRows(kRelative), 1);
  Square nan;
  nan.c[3] = std::nanf("");
  EXPECT_EQ(nan.WrongRows(kRelative), 1);
  Square infinite;
  infinite.c[3] = INFINITY;
  EXPECT_EQ(infinite.WrongRows(kRelative), 1);
  Square zero;
  std::fill(zero.c.begin(), zero.c.end(), 0.0f);
  EXPECT_EQ(zero.WrongRows(kRelative), static_cast<int>(Square::kSide));
}

TEST(FreivaldsTest, WholeNumbersMustBeEqual) {
  EXPECT_TRUE(IsNear({5, 0}, {5, 0}, 25, 0));
  EXPECT_FALSE(IsNear({5, 0}, {6, 0}, 25, 0));
}

TEST(FreivaldsTest, RoundingMayAddUpToSixDeviations) {
  EXPECT_TRUE(IsNear({1 + 5.9e-6, 0}, {1, 0}, 1, 1e-6));
  EXPECT_FALSE(IsNear({1 + 6.1e-6, 0}, {1, 0}, 1, 1e-6));
  EXPECT_FALSE(IsNear({1 - 6.1e-6, 0}, {1, 0}, 1, 1e-6));
}

TEST(FreivaldsTest, PairsKeepWhatDoublesLose) {
  Pair sum{0, 0};
  sum = Add(sum, 1e16);
  for (int i = 0; i < 10; ++i) sum = Add(sum, 1.0 / 4);
  sum = Add(sum, -1e16);
  EXPECT_EQ(sum.high + sum.low, 2.5);
  const Pair product = AddProduct({0, 0}, 1 + std::ldexp(1, -30), {1 + std::ldexp(1, -30), 0});
  EXPECT_EQ(Add(Add(product, -1.0), -std::ldexp(1, -29)).high, std::ldexp(1, -60));
}

}  // namespace
}  // namespace groma::runtime::cuda
