// SPDX-License-Identifier: Apache-2.0
#include "core/judge.h"

#include <algorithm>
#include <cmath>

#include "core/date.h"
#include "core/names.h"

namespace groma::runtime {
namespace {

auto With(double value, const char *unit) -> std::string {
  return Figure(value) + (unit[0] == '\0' ? "" : " ") + unit;
}

auto Inconclusive(std::string says) -> Judgement {
  Judgement judgement;
  judgement.says = std::move(says);
  return judgement;
}

// A gate that cannot fail, or cannot pass, judges nothing.
auto WhyUnusable(const Limit &limit) -> std::string {
  if (!std::isfinite(limit.fail) || !std::isfinite(limit.warn) || !std::isfinite(limit.ceiling)) {
    return "the gate holds a number that is none";
  }
  if (limit.info.bound == Bound::kExactly) return "";
  if (limit.fail <= 0 || limit.warn <= 0) return "a gate of zero or less cannot fail";
  const bool is_least = limit.info.bound == Bound::kAtLeast;
  if (is_least ? limit.warn < limit.fail : limit.warn > limit.fail) {
    return "the gate warns later than it fails";
  }
  if (limit.ceiling < 0) return "the ceiling is negative";
  if (limit.ceiling > 0 && (is_least ? limit.warn > limit.ceiling : limit.warn < limit.ceiling)) {
    return "the gate asks for more than its own ceiling";
  }
  return "";
}

auto JudgeExactly(const Limit &limit, const std::vector<double> &values) -> Judgement {
  Judgement judgement;
  judgement.is_measured = true;
  judgement.interval = MedianInterval(values);
  const auto other =
      std::find_if(values.begin(), values.end(), [&](double value) { return value != limit.fail; });
  judgement.verdict = other == values.end() ? Verdict::kPass : Verdict::kFail;
  judgement.says = With(other == values.end() ? limit.fail : *other, limit.unit) + ", " +
                   With(limit.fail, limit.unit) + " was promised";
  return judgement;
}

// As if more were better: `sign` turns latencies round.
auto JudgeInterval(const Limit &limit, const std::vector<double> &values) -> Judgement {
  const double sign = limit.info.bound == Bound::kAtMost ? -1 : 1;
  Judgement judgement;
  judgement.interval = MedianInterval(values);
  const Interval &interval = judgement.interval;
  const double worst = sign > 0 ? interval.lower : -interval.upper;
  const double best = sign > 0 ? interval.upper : -interval.lower;
  const std::string figure = With(interval.median, limit.unit);
  if (limit.ceiling > 0 && sign * interval.median > sign * limit.ceiling) {
    judgement.says =
        figure + " is better than physics allows (" + With(limit.ceiling, limit.unit) + ")";
    return judgement;
  }
  judgement.is_measured = true;
  const std::string than = sign > 0 ? " is less than " : " is more than ";
  if (worst >= sign * limit.warn) {
    judgement.verdict = Verdict::kPass;
    judgement.says = figure + (sign > 0 ? ", at least " : ", at most ") +
                     With(limit.warn, limit.unit) + " was asked for";
  } else if (worst >= sign * limit.fail) {
    judgement.verdict = Verdict::kWarn;
    judgement.says = With(sign * worst, limit.unit) + than + With(limit.warn, limit.unit);
  } else if (best < sign * limit.fail) {
    judgement.verdict = Verdict::kFail;
    judgement.says = figure + than + With(limit.fail, limit.unit);
  } else {
    judgement.says = "between " + With(interval.lower, limit.unit) + " and " +
                     With(interval.upper, limit.unit) + ": on both sides of " +
                     With(limit.fail, limit.unit);
  }
  return judgement;
}

}  // namespace

auto JudgeValues(const Limit &limit, const std::vector<double> &values, const std::string &missing)
    -> Judgement {
  if (!missing.empty()) return Inconclusive(missing);
  if (const std::string why = WhyUnusable(limit); !why.empty()) return Inconclusive(why);
  const bool is_exact = limit.info.bound == Bound::kExactly;
  const int least = is_exact ? 1 : kLeastSamples;
  if (Size(values) < least) {
    return Inconclusive("only " + std::to_string(values.size()) + " of at least " +
                        std::to_string(least) + " samples");
  }
  for (const double value : values) {
    if (!std::isfinite(value)) return Inconclusive("a sample is not a number");
    if (value < 0) return Inconclusive("a sample is negative");
    if (value == 0 && limit.info.bound == Bound::kAtMost) {
      return Inconclusive("a sample took no time at all");
    }
  }
  Judgement judgement = is_exact ? JudgeExactly(limit, values) : JudgeInterval(limit, values);
  if (judgement.verdict == Verdict::kFail && limit.info.confidence == Confidence::kLow) {
    judgement.verdict = Verdict::kWarn;
    judgement.says += "; the limit is of low confidence: it needs a baseline run";
  }
  return judgement;
}

auto FindOutliers(const std::vector<double> &medians, double share) -> std::vector<Outlier> {
  std::vector<Outlier> outliers;
  const double median = Median(medians);
  const double deviation = MedianDeviation(medians, median);
  for (size_t i = 0; i < medians.size(); ++i) {
    const double z = ModifiedZ(medians[i], median, deviation);
    if (z < -kFarOut && medians[i] < (1 - share) * median) outliers.push_back({i, z});
  }
  return outliers;
}

auto Waive(Judgement judgement, const std::string &gate, const std::vector<Waiver> &waivers,
           const std::string &day) -> Judgement {
  const bool can_be_waived = judgement.is_measured && judgement.verdict != Verdict::kPass &&
                             judgement.verdict != Verdict::kWaived;
  if (!can_be_waived) return judgement;
  for (const Waiver &waiver : waivers) {
    if (gate != waiver.gate || !IsDay(waiver.until) || !IsDay(day)) continue;
    if (day > waiver.until) {
      judgement.says +=
          "; the waiver of " + std::string(waiver.place) + " ended on " + waiver.until;
      continue;
    }
    judgement.verdict = Verdict::kWaived;
    judgement.says +=
        "; waived until " + std::string(waiver.until) + " (" + waiver.place + "): " + waiver.why;
    return judgement;
  }
  return judgement;
}

}  // namespace groma::runtime
