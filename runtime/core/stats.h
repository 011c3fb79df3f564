// SPDX-License-Identifier: Apache-2.0
// Statistics that assume nothing of how figures are distributed.
#pragma once

#include <vector>

namespace groma::runtime {

// Fewer repeats say nothing of the median: with five, the least and the greatest of them hold it
// between them in 15 of 16 cases.
inline constexpr int kLeastSamples = 5;
inline constexpr double kCoverage = 0.93;

// Where the median of what was sampled lies, by order statistics.
struct Interval {
  double median = 0;
  double lower = 0;
  double upper = 0;
  double coverage = 0;  // the exact probability that it holds the true median
};

// Both are NaN of nothing, and NaN if a value is.
auto Median(std::vector<double> values) -> double;
auto MedianInterval(std::vector<double> values) -> Interval;
// The median of distances from `median`.
auto MedianDeviation(const std::vector<double> &values, double median) -> double;
// How far out a value is, in units that a normal distribution would call standard deviations.
auto ModifiedZ(double value, double median, double deviation) -> double;

}  // namespace groma::runtime
