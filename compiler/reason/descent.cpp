// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/descent.h"

#include <algorithm>
#include <cmath>
#include <utility>

// A product and a sum in one rounding would differ between machines.
#pragma STDC FP_CONTRACT OFF

namespace groma::reason {
namespace {

constexpr double kDamping = 0.95;  // below 1, for convergence
constexpr int kStepsPerLook = 50;
constexpr double kEnoughProgress = 0.3;  // restart once the distance fell to this part
constexpr double kLongestRound = 2000;

auto LineSum(const Lines &lines, size_t line, const std::vector<double> &at) -> double {
  double sum = 0;
  for (uint32_t k = lines.start[line]; k < lines.start[line + 1]; ++k) {
    sum += lines.value[k] * at[lines.place[k]];
  }
  return sum;
}

auto AbsoluteSums(const Lines &lines, size_t count) -> std::vector<double> {
  std::vector<double> sums(count);
  for (size_t i = 0; i < count; ++i) {
    double sum = 0;
    for (uint32_t k = lines.start[i]; k < lines.start[i + 1]; ++k) sum += std::fabs(lines.value[k]);
    sums[i] = std::max(sum, 1e-9);
  }
  return sums;
}

auto Norm(const std::vector<double> &values) -> double {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum);
}

auto Distance(const std::vector<double> &a, const std::vector<double> &b) -> double {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(sum);
}

}  // namespace

Descent::Descent(const Relaxation &relaxation)
    : lp_(relaxation),
      column_sum_(AbsoluteSums(relaxation.columns, relaxation.column_count())),
      row_sum_(AbsoluteSums(relaxation.rows, relaxation.line_count())),
      x_(relaxation.lower),
      y_(relaxation.line_count()),
      ahead_(x_.size()),
      start_x_(x_),
      start_y_(y_),
      sum_x_(x_.size()),
      sum_y_(y_.size()),
      mean_x_(x_),
      mean_y_(y_) {
  limit_norm_ = Norm(lp_.limit);
  const double cost = Norm(lp_.cost);
  if (cost > 0 && limit_norm_ > 0) weight_ = cost / limit_norm_;
  for (size_t i = 0; i < x_.size(); ++i) {
    x_[i] = std::clamp(0.0, lp_.lower[i], std::max(lp_.lower[i], lp_.upper[i]));
  }
  start_x_ = x_;
  restart_distance_ = HUGE_VAL;
}

void Descent::StartAt(const std::vector<double> &lines) {
  y_ = lines;
  start_y_ = y_;
}

void Descent::Step() {
  const double primal = kDamping / weight_, dual = kDamping * weight_;
  for (size_t i = 0; i < x_.size(); ++i) {
    const double slope = lp_.cost[i] + LineSum(lp_.columns, i, y_);
    double next = x_[i] - primal / column_sum_[i] * slope;
    next = next < lp_.lower[i] ? lp_.lower[i] : next > lp_.upper[i] ? lp_.upper[i] : next;
    ahead_[i] = 2 * next - x_[i];
    x_[i] = next;
    sum_x_[i] += next;
  }
  for (size_t r = 0; r < y_.size(); ++r) {
    const double excess = LineSum(lp_.rows, r, ahead_) - lp_.limit[r];
    double next = y_[r] + dual / row_sum_[r] * excess;
    if (next < 0 && lp_.is_equal[r] == 0) next = 0;
    y_[r] = next;
    sum_y_[r] += next;
  }
  ++since_restart_;
  ++walked_;
}

void Descent::Average() {
  for (size_t i = 0; i < x_.size(); ++i) mean_x_[i] = sum_x_[i] / since_restart_;
  for (size_t r = 0; r < y_.size(); ++r) mean_y_[r] = sum_y_[r] / since_restart_;
}

auto Descent::Look(const std::vector<double> &x, const std::vector<double> &y) const -> Standing {
  double cost = 0, bound = 0, excess = 0;
  for (size_t r = 0; r < y.size(); ++r) {
    bound -= y[r] * lp_.limit[r];
    const double over = LineSum(lp_.rows, r, x) - lp_.limit[r];
    if (over > 0 || lp_.is_equal[r] != 0) excess += over * over;
  }
  for (size_t i = 0; i < x.size(); ++i) {
    cost += lp_.cost[i] * x[i];
    const double slope = lp_.cost[i] + LineSum(lp_.columns, i, y);
    bound += slope * (slope > 0 ? lp_.lower[i] : lp_.upper[i]);
  }
  const double gap = std::fabs(cost - bound) / (1 + std::fabs(cost) + std::fabs(bound));
  return {gap + std::sqrt(excess) / (1 + limit_norm_), bound};
}

auto Descent::Walk(Effort &effort) -> bool {
  const uint64_t step = lp_.rows.place.size() * 2 + x_.size() + y_.size();
  for (int k = 0; k < kStepsPerLook; ++k) {
    if (!effort.Spend(step)) return false;
    Step();
  }
  if (!effort.Spend(step * 2)) return false;
  Average();
  const Standing here = Look(x_, y_), mean = Look(mean_x_, mean_y_);
  shown_average_ = mean.distance < here.distance;
  distance_ = shown_average_ ? mean.distance : here.distance;
  bound_ = shown_average_ ? mean.bound : here.bound;
  if (distance_ < kEnoughProgress * restart_distance_ || since_restart_ >= kLongestRound) Restart();
  return true;
}

void Descent::Restart() {
  if (shown_average_) {
    x_ = mean_x_;
    y_ = mean_y_;
  }
  const double moved_x = Distance(x_, start_x_), moved_y = Distance(y_, start_y_);
  if (moved_x > 1e-10 && moved_y > 1e-10) weight_ = std::sqrt(weight_ * moved_y / moved_x);
  start_x_ = x_;
  start_y_ = y_;
  std::fill(sum_x_.begin(), sum_x_.end(), 0);
  std::fill(sum_y_.begin(), sum_y_.end(), 0);
  since_restart_ = 0;
  restart_distance_ = distance_;
}

auto Descent::drift() const -> std::vector<double> {
  std::vector<double> drift(y_.size());
  for (size_t r = 0; r < y_.size(); ++r) drift[r] = y_[r] - start_y_[r];
  return drift;
}

}  // namespace groma::reason
