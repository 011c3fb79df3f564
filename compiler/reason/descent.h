// SPDX-License-Identifier: Apache-2.0
// A first-order walk to a saddle point of a relaxation: primal-dual hybrid gradient with averages
// and restarts. Private to the engines. The order of its sums is fixed, so it repeats exactly.
#pragma once

#include <vector>

#include "groma/reason/program.h"
#include "groma/reason/relaxation.h"

namespace groma::reason {

class Descent {
 public:
  explicit Descent(const Relaxation &relaxation);

  // Starts at multipliers of the lines, as `lines` of an earlier walk on the same relaxation.
  void StartAt(const std::vector<double> &lines);

  // Goes on for some steps and looks where it stands; false once the effort is spent.
  auto Walk(Effort &effort) -> bool;

  // How far the better of the last point and the average is from a saddle point: the gap between
  // its cost and its bound, and what its rows exceed, both relative.
  auto distance() const -> double { return distance_; }
  // The multipliers of the lines at that better point, and the bound that they give.
  auto lines() const -> const std::vector<double> & { return shown_average_ ? mean_y_ : y_; }
  auto bound() const -> double { return bound_; }
  // How the multipliers moved since the last restart; where nothing is feasible that is a ray.
  auto drift() const -> std::vector<double>;

 private:
  struct Standing {
    double distance = 0, bound = 0;
  };
  void Step();
  void Average();
  auto Look(const std::vector<double> &x, const std::vector<double> &y) const -> Standing;
  void Restart();
  void SetSteps();

  const Relaxation &lp_;
  double weight_ = 1;  // of primal against dual steps
  double limit_norm_ = 0;
  std::vector<double> column_sum_, row_sum_;
  std::vector<double> x_, y_, ahead_, start_x_, start_y_, sum_x_, sum_y_, mean_x_, mean_y_;
  double since_restart_ = 0, walked_ = 0;
  double distance_ = 0, bound_ = 0, restart_distance_ = 0;
  bool shown_average_ = false;
};

}  // namespace groma::reason
