// SPDX-License-Identifier: Apache-2.0
#include "core/stats.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace groma::runtime {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

auto HasNan(const std::vector<double> &values) -> bool {
  return std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
}

// P(at most `most` heads in `tosses`).
auto FewHeads(size_t most, size_t tosses) -> double {
  double term = std::pow(0.5, static_cast<double>(tosses));
  double sum = term;
  for (size_t heads = 1; heads <= most; ++heads) {
    term *= static_cast<double>(tosses - heads + 1) / static_cast<double>(heads);
    sum += term;
  }
  return sum;
}

}  // namespace

auto Median(std::vector<double> values) -> double {
  if (values.empty() || HasNan(values)) return kNan;
  std::sort(values.begin(), values.end());
  const size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle];
  return values[middle - 1] / 2 + values[middle] / 2;
}

auto MedianInterval(std::vector<double> values) -> Interval {
  if (values.empty() || HasNan(values)) return {kNan, kNan, kNan, 0};
  std::sort(values.begin(), values.end());
  // The true median lies outside of the k-th value from either end if fewer than k tosses of a coin
  // fall on one side: cut while what is left still covers enough.
  size_t cut = 0;
  double coverage = 1 - 2 * FewHeads(0, values.size());
  while (cut + 1 < (values.size() + 1) / 2) {
    const double narrower = 1 - 2 * FewHeads(cut + 1, values.size());
    if (narrower < kCoverage) break;
    coverage = narrower;
    ++cut;
  }
  const double lower = values[cut];
  const double upper = values[values.size() - 1 - cut];
  return {Median(values), lower, upper, std::max(coverage, 0.0)};
}

auto MedianDeviation(const std::vector<double> &values, double median) -> double {
  std::vector<double> distances;
  distances.reserve(values.size());
  for (const double value : values) distances.push_back(std::fabs(value - median));
  return Median(std::move(distances));
}

auto ModifiedZ(double value, double median, double deviation) -> double {
  if (std::isnan(value) || std::isnan(median) || std::isnan(deviation)) return kNan;
  if (value == median) return 0;
  if (deviation == 0) {
    return value > median ? std::numeric_limits<double>::infinity()
                          : -std::numeric_limits<double>::infinity();
  }
  return 0.6745 * (value - median) / deviation;
}

}  // namespace groma::runtime
