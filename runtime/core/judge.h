// SPDX-License-Identifier: Apache-2.0
// What a measurement says of a promise.
#pragma once

#include <string>
#include <vector>

#include "core/stats.h"
#include "groma/runtime/gate.h"
#include "groma/runtime/verdict.h"

namespace groma::runtime {

// A gate without its unit, which types have seen to by now.
struct Limit {
  GateInfo info;
  const char *unit;
  double fail;
  double warn;
  double ceiling;
};

template <class Unit>
auto LimitOf(const Gate<Unit> &gate) -> Limit {
  return {gate, Unit::kName, gate.fail, gate.warn, gate.ceiling};
}

struct Judgement {
  Verdict verdict = Verdict::kInconclusive;
  bool is_measured = false;  // the figure is good, whatever it says: only then a waiver can help
  Interval interval;
  std::string says;  // "365 GB/s is less than 454 GB/s"
};

// Judges repeats of one component. `missing` says why there are none.
auto JudgeValues(const Limit &limit, const std::vector<double> &values, const std::string &missing)
    -> Judgement;

// Whether a value among its like is one to look at: far out by median and MAD, and by more than
// `share` below the median. Fewer than three say nothing of each other.
struct Outlier {
  size_t index;
  double z;
};
auto FindOutliers(const std::vector<double> &medians, double share) -> std::vector<Outlier>;
inline constexpr size_t kLeastFleet = 3;
inline constexpr double kFarOut = 3.5;

// FAIL and WARN of a promise that is waived on `day` are WAIVED; what was not measured stays so. A
// waiver whose day is none waives nothing.
auto Waive(Judgement judgement, const std::string &gate, const std::vector<Waiver> &waivers,
           const std::string &day) -> Judgement;

}  // namespace groma::runtime
