// SPDX-License-Identifier: Apache-2.0
#include "core/stats.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace groma::runtime {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Median, OfOddAndEven) {
  EXPECT_EQ(Median({3, 1, 2}), 2);
  EXPECT_EQ(Median({4, 1, 2, 3}), 2.5);
  EXPECT_EQ(Median({7}), 7);
}

TEST(Median, IsNoneOfNothingAndOfNan) {
  EXPECT_TRUE(std::isnan(Median({})));
  EXPECT_TRUE(std::isnan(Median({1, kNan, 2})));
  EXPECT_TRUE(std::isnan(MedianInterval({}).lower));
  EXPECT_TRUE(std::isnan(MedianInterval({1, 2, 3, 4, kNan}).upper));
}

TEST(MedianInterval, TakesAsFewAsItMust) {
  // 5: the ends, 15/16. 8: still the ends, since the second from either side covers 92.97 %.
  const Interval five = MedianInterval({5, 1, 4, 2, 3});
  EXPECT_EQ(five.lower, 1);
  EXPECT_EQ(five.upper, 5);
  EXPECT_DOUBLE_EQ(five.coverage, 0.9375);
  const Interval eight = MedianInterval({1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_EQ(eight.lower, 1);
  const Interval nine = MedianInterval({1, 2, 3, 4, 5, 6, 7, 8, 9});
  EXPECT_EQ(nine.lower, 2);
  EXPECT_EQ(nine.upper, 8);
  EXPECT_NEAR(nine.coverage, 1 - 2 * 10.0 / 512, 1e-12);
}

// The promise of the interval, against a distribution that is nothing like normal.
TEST(MedianInterval, CoversAsOftenAsItSays) {
  std::mt19937_64 random(7);
  std::exponential_distribution<double> exponential(1);
  const double truth = std::log(2.0);
  for (const int n : {5, 6, 11, 21}) {
    int covered = 0;
    double coverage = 0;
    for (int i = 0; i < 4000; ++i) {
      std::vector<double> values;
      for (int j = 0; j < n; ++j) values.push_back(exponential(random));
      const Interval interval = MedianInterval(values);
      covered += interval.lower <= truth && truth <= interval.upper ? 1 : 0;
      coverage = interval.coverage;
    }
    EXPECT_GE(coverage, kCoverage);
    EXPECT_NEAR(covered / 4000.0, coverage, 0.015) << n;
  }
}

TEST(ModifiedZ, IsOneForOneDeviationOfANormal) {
  EXPECT_NEAR(ModifiedZ(1 / 0.6745, 0, 1), 1, 1e-12);
  EXPECT_EQ(ModifiedZ(5, 5, 0), 0);
  EXPECT_EQ(ModifiedZ(4, 5, 0), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(ModifiedZ(kNan, 5, 1)));
}

}  // namespace
}  // namespace groma::runtime
