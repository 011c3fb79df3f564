// SPDX-License-Identifier: Apache-2.0
#include "groma/base/rational.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>
#include <unordered_set>

namespace groma::base {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

auto R(std::int64_t n, std::int64_t d = 1) -> Rational { return *Rational::Make(n, d); }

TEST(Rational, MakeReducesAndKeepsTheDenominatorPositive) {
  EXPECT_EQ(R(6, -4).numerator(), -3);
  EXPECT_EQ(R(6, -4).denominator(), 2);
  EXPECT_EQ(R(-6, -4), R(3, 2));
  EXPECT_EQ(R(0, -7).denominator(), 1);
  EXPECT_EQ(Rational(), R(0, 5));
  EXPECT_FALSE(Rational::Make(1, 0));
  EXPECT_FALSE(Rational::Make(0, 0));
}

TEST(Rational, MakeReducesBeforeItGivesUp) {
  const Int128 wide = static_cast<Int128>(kMax) * 1'000'000;
  EXPECT_EQ(Rational::Make(wide, 1'000'000), Rational(kMax));
  EXPECT_EQ(Rational::Make(wide * 3, wide), Rational(3));
  EXPECT_FALSE(Rational::Make(wide, 1));
  EXPECT_FALSE(Rational::Make(1, wide));
  const Int128 least = static_cast<Int128>(1) << 126;
  EXPECT_EQ(Rational::Make(-least - least, least), Rational(-2)) << "the least 128-bit number";
}

TEST(Rational, LeastInt64IsNoValue) {
  EXPECT_FALSE(Rational::Make(std::numeric_limits<std::int64_t>::min(), 1));
  EXPECT_EQ(Negate(Rational(kMax)).numerator(), -kMax);
  EXPECT_EQ(Abs(R(-kMax, 2)), R(kMax, 2));
  EXPECT_DEATH((void)Rational(std::numeric_limits<std::int64_t>::min()), "rational out of range");
}

TEST(Rational, ArithmeticReportsOverflow) {
  EXPECT_EQ(Add(R(1, 3), R(1, 6)), R(1, 2));
  EXPECT_EQ(Sub(R(1, 3), R(1, 3)), Rational(0));
  EXPECT_EQ(Mul(R(2, 3), R(-9, 4)), R(-3, 2));
  EXPECT_EQ(Div(R(2, 3), R(-4, 9)), R(-3, 2));
  EXPECT_FALSE(Div(1, 0));
  EXPECT_FALSE(Add(kMax, 1));
  EXPECT_FALSE(Sub(Rational(-kMax), 1));
  EXPECT_FALSE(Mul(kMax, 2));
  EXPECT_FALSE(Div(kMax, R(1, 2)));
  EXPECT_EQ(Mul(kMax, R(1, kMax)), Rational(1));
  EXPECT_EQ(Add(R(kMax, kMax - 1), R(-1, kMax - 1)), Rational(1))
      << "wide on the way, not at the end";
  EXPECT_FALSE(Add(R(1, kMax), R(1, kMax - 1))) << "the denominator overflows";
}

TEST(Rational, ComparesWithoutOverflow) {
  EXPECT_LT(R(kMax - 1, kMax), R(kMax, kMax));
  EXPECT_LT(R(kMax - 2, kMax - 1), R(kMax - 1, kMax));
  EXPECT_GT(Rational(kMax), Rational(-kMax));
  EXPECT_LT(R(-1, 2), R(-1, 3));
  EXPECT_EQ(R(2, 4) <=> R(1, 2), std::strong_ordering::equal);
}

TEST(Rational, RoundsHalvesAwayFromZero) {
  const struct {
    Rational value;
    std::int64_t floor, ceil, round;
  } cases[] = {{R(7, 2), 3, 4, 4},    {R(-7, 2), -4, -3, -4}, {R(5), 5, 5, 5},
               {R(-5), -5, -5, -5},   {R(1, 3), 0, 1, 0},     {R(-1, 3), -1, 0, 0},
               {R(2, 3), 0, 1, 1},    {R(-2, 3), -1, 0, -1},  {R(1, 2), 0, 1, 1},
               {R(-1, 2), -1, 0, -1}, {R(0), 0, 0, 0},        {R(kMax), kMax, kMax, kMax}};
  for (const auto &c : cases) {
    EXPECT_EQ(c.value.Floor(), c.floor) << c.value.ToString();
    EXPECT_EQ(c.value.Ceil(), c.ceil) << c.value.ToString();
    EXPECT_EQ(c.value.Round(), c.round) << c.value.ToString();
  }
  EXPECT_EQ(R(kMax, 2).Round(), kMax / 2 + 1);
  EXPECT_EQ(R(-kMax, 2).Floor(), -kMax / 2 - 1);
}

TEST(Rational, ParsesWhatPlansWrite) {
  EXPECT_EQ(Rational::Parse("8"), Rational(8));
  EXPECT_EQ(Rational::Parse("0.92"), R(23, 25));
  EXPECT_EQ(Rational::Parse("1_000"), Rational(1000));
  EXPECT_EQ(Rational::Parse("310k"), Rational(310'000));
  EXPECT_EQ(Rational::Parse("1.5M"), Rational(1'500'000));
  EXPECT_EQ(Rational::Parse("3G"), Rational(3'000'000'000));
  EXPECT_EQ(Rational::Parse("1T"), Rational(1'000'000'000'000));
  EXPECT_EQ(Rational::Parse("-0.5"), R(-1, 2));
  EXPECT_EQ(Rational::Parse("007"), Rational(7));
  EXPECT_EQ(Rational::Parse("9223372036854775807"), Rational(kMax));
  EXPECT_EQ(Rational::Parse("0.100000000000000000000000000000"), R(1, 10));
  EXPECT_EQ(Rational::Parse("0.000000000001T"), Rational(1));
}

TEST(Rational, RefusesWhatPlansMayNotWrite) {
  for (const char *text : {"",
                           "-",
                           "--1",
                           "+1",
                           ".5",
                           "1.",
                           "1._5",
                           "1.5_",
                           "_1",
                           "1_",
                           "1__0",
                           "1e3",
                           "1K",
                           "1kk",
                           "k",
                           "1 k",
                           "1,5",
                           "0x10",
                           " 1",
                           "1 ",
                           "1.2.3",
                           "1/2",
                           "9223372036854775808",
                           "99999999999999999999999999999999999999999999",
                           "9223372036854775807k"}) {
    EXPECT_FALSE(Rational::Parse(text)) << text;
  }
  EXPECT_FALSE(Rational::Parse(std::string(1000, '9')));
}

TEST(Rational, PrintsDecimalsThatEndAndFractionsThatDoNot) {
  EXPECT_EQ(R(23, 25).ToString(), "0.92");
  EXPECT_EQ(R(-23, 25).ToString(), "-0.92");
  EXPECT_EQ(R(1, 3).ToString(), "1/3");
  EXPECT_EQ(R(-22, 7).ToString(), "-22/7");
  EXPECT_EQ(Rational(0).ToString(), "0");
  EXPECT_EQ(Rational(-12).ToString(), "-12");
  EXPECT_EQ(R(1, 1000).ToString(), "0.001");
  EXPECT_EQ(R(1001, 1000).ToString(), "1.001");
  EXPECT_EQ(R(1, std::int64_t{1} << 20).ToString(), "0.00000095367431640625");
  EXPECT_EQ(R(1, 8).Decimals(), 3);
  EXPECT_EQ(R(1, 500).Decimals(), 3);
  EXPECT_EQ(R(1, 30).Decimals(), std::nullopt);
}

TEST(Rational, WhatIsPrintedIsReadBack) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::int64_t denominator = 1;
    for (int n = static_cast<int>(random() % 9); n > 0; --n) {
      denominator *= random() % 2 == 0 ? 2 : 5;
    }
    const Rational value = R(static_cast<std::int64_t>(random() >> 20) - (1LL << 43), denominator);
    EXPECT_EQ(Rational::Parse(value.ToString()), value) << value.ToString();
  }
}

TEST(Rational, ObeysTheLawsOfAField) {
  std::mt19937_64 random(11);
  const auto draw = [&random]() {
    return R(static_cast<std::int64_t>(random() % 2001) - 1000,
             static_cast<std::int64_t>(random() % 999) + 1);
  };
  for (int i = 0; i < 20'000; ++i) {
    const Rational a = draw();
    const Rational b = draw();
    const Rational c = draw();
    EXPECT_EQ(Add(a, b), Add(b, a));
    EXPECT_EQ(Mul(a, b), Mul(b, a));
    EXPECT_EQ(Mul(a, *Add(b, c)), Add(*Mul(a, b), *Mul(a, c)));
    EXPECT_EQ(Sub(*Add(a, b), b), a);
    if (!b.is_zero()) {
      EXPECT_EQ(Div(*Mul(a, b), b), a);
    }
    EXPECT_EQ(a < b, Sub(a, b)->sign() < 0);
    EXPECT_EQ(a == b, Sub(a, b)->is_zero());
    EXPECT_LE(Rational(a.Floor()), a);
    EXPECT_LT(*Sub(a, a.Floor()), Rational(1));
    EXPECT_EQ(a.Ceil() - a.Floor(), a.is_integer() ? 0 : 1);
    EXPECT_LE(Abs(*Sub(a, a.Round())), R(1, 2));
  }
}

TEST(Rational, WideArithmeticAgreesWithItsInverseOrFails) {
  std::mt19937_64 random(13);
  const auto draw = [&random]() {
    const int shift = static_cast<int>(random() % 62) + 1;
    const auto n = static_cast<std::int64_t>(random() >> shift);
    const auto d = static_cast<std::int64_t>(random() >> (random() % 62 + 1)) | 1;
    return R(random() % 2 == 0 ? n : -n, d);
  };
  int exact = 0;
  for (int i = 0; i < 50'000; ++i) {
    const Rational a = draw();
    const Rational b = draw();
    if (const auto sum = Add(a, b)) {
      ++exact;
      EXPECT_EQ(Sub(*sum, b), a);
    }
    if (const auto product = Mul(a, b); product && !b.is_zero()) {
      EXPECT_EQ(Div(*product, b), a);
    }
  }
  EXPECT_GT(exact, 1'000) << "the generator no longer reaches sums that fit";
}

TEST(Rational, EqualValuesHashAlike) {
  std::unordered_set<Rational> seen = {R(1, 2), R(2, 4), R(-1, 2), R(1)};
  EXPECT_EQ(seen.size(), 3U);
}

}  // namespace
}  // namespace groma::base
