// SPDX-License-Identifier: Apache-2.0
// Gates, and components beside their like.
#include "core/group_findings.h"
#include "core/names.h"
#include "core/rank_bench.h"

namespace groma::runtime {
namespace {

template <class Unit>
auto FigureOf(const Samples<Unit> &samples) -> FigureRecord {
  const Interval interval = MedianInterval(samples.values);
  return {samples.component, interval.median,      interval.lower,
          interval.upper,    Size(samples.values), samples.missing};
}

}  // namespace

template <class Unit>
void RankBench::JudgeFleet(const Gate<Unit> &gate, const Fleet<Unit> &fleet) {
  const Limit limit = LimitOf(gate);
  CheckRecord check = Requirement(gate.name);
  check.kind = "gate";
  check.place = gate.place;
  check.unit = Unit::kName;
  check.bound = NameOf(gate.bound);
  check.confidence = NameOf(gate.confidence);
  check.formula = gate.formula;
  check.why = gate.why;
  check.expect = gate.expect;
  check.plan_unit = gate.unit;
  check.fail = gate.fail;
  check.warn = gate.warn;
  check.ceiling = gate.ceiling;
  check.components = Size(fleet);
  Finding least;  // good
  double least_median = 0;
  for (const Samples<Unit> &samples : fleet) {
    check.figures.push_back(FigureOf(samples));
    const Judgement judgement =
        Waive(JudgeValues(limit, samples.values, samples.missing), gate.name, suite_.waivers, day_);
    Finding finding{judgement.verdict, samples.component, judgement.says, ""};
    if (judgement.verdict == Verdict::kPass) {
      const double sign = gate.bound == Bound::kAtMost ? -1 : 1;
      if (least.says.empty() || sign * judgement.interval.median < sign * least_median) {
        least = finding;
        least_median = judgement.interval.median;
      }
      continue;
    }
    const auto whole = scopes_.find(samples.component);
    if (whole == scopes_.end() || whole->second.ranks.size() < 2) {
      check.findings.push_back(std::move(finding));
      continue;
    }
    const Culprits culprits = Isolate(whole->second);
    if (culprits.components.empty()) {
      finding.isolated = culprits.how;
      check.findings.push_back(std::move(finding));
    }
    for (const std::string &component : culprits.components) {
      check.findings.push_back(
          {finding.verdict, component, samples.component + ": " + finding.says, culprits.how});
    }
  }
  if (fleet.empty()) {
    check.findings.push_back({Verdict::kInconclusive, "", "nothing was measured", ""});
  } else if (check.findings.empty()) {
    check.findings.push_back(least);
  }
  check.verdict = Verdict::kPass;
  for (const Finding &finding : check.findings) {
    check.verdict = Worse(check.verdict, finding.verdict);
  }
  check.findings = GroupFindings(std::move(check.findings), check.figures, topology_);
  record_.checks.push_back(std::move(check));
}

template <class Unit>
void RankBench::JudgeFleetOutliers(const Fleet<Unit> &fleet, double share) {
  CheckRecord check = Requirement("outliers");
  check.kind = "outliers";
  check.unit = Unit::kName;
  check.components = Size(fleet);
  std::vector<double> medians;
  std::vector<std::string> names;
  for (const Samples<Unit> &samples : fleet) {
    const FigureRecord figure = FigureOf(samples);
    check.figures.push_back(figure);
    if (!figure.missing.empty() || figure.samples < kLeastSamples || !(figure.median > 0)) {
      Note(check, Verdict::kInconclusive, samples.component,
           figure.missing.empty() ? "too few good samples" : figure.missing);
      continue;
    }
    medians.push_back(figure.median);
    names.push_back(samples.component);
  }
  if (medians.size() < kLeastFleet) {
    Note(check, Verdict::kInconclusive, "",
         std::to_string(medians.size()) + " components are too few to compare");
  } else {
    const double median = Median(medians);
    for (const Outlier &outlier : FindOutliers(medians, share)) {
      Note(check, Verdict::kFail, names[outlier.index],
           Figure(medians[outlier.index]) + " " + Unit::kName + ", its like have " +
               Figure(median) + " " + Unit::kName + " (z = " + Figure(outlier.z) + ")");
    }
  }
  Finish(std::move(check), "none stands out by more than " + Figure(share * 100) + " %");
}

void RankBench::Judge(const Gate<GigabytesPerSecond> &gate,
                      const Fleet<GigabytesPerSecond> &fleet) {
  JudgeFleet(gate, fleet);
}
void RankBench::Judge(const Gate<GigabitsPerSecond> &gate, const Fleet<GigabitsPerSecond> &fleet) {
  JudgeFleet(gate, fleet);
}
void RankBench::Judge(const Gate<TeraOperations> &gate, const Fleet<TeraOperations> &fleet) {
  JudgeFleet(gate, fleet);
}
void RankBench::Judge(const Gate<Microseconds> &gate, const Fleet<Microseconds> &fleet) {
  JudgeFleet(gate, fleet);
}
void RankBench::Judge(const Gate<Count> &gate, const Fleet<Count> &fleet) {
  JudgeFleet(gate, fleet);
}
void RankBench::JudgeOutliers(const Fleet<GigabytesPerSecond> &fleet, double share) {
  JudgeFleetOutliers(fleet, share);
}
void RankBench::JudgeOutliers(const Fleet<GigabitsPerSecond> &fleet, double share) {
  JudgeFleetOutliers(fleet, share);
}
void RankBench::JudgeOutliers(const Fleet<TeraOperations> &fleet, double share) {
  JudgeFleetOutliers(fleet, share);
}

}  // namespace groma::runtime
