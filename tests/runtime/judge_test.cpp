// SPDX-License-Identifier: Apache-2.0
#include "core/judge.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace groma::runtime {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

auto LimitWith(Bound bound, double fail, double warn, double ceiling = 0,
               Confidence confidence = Confidence::kHigh) -> Limit {
  return {{"g", "", "", "p.groma:1", "", "", bound, confidence}, "GB/s", fail, warn, ceiling};
}
const Limit kLeast = LimitWith(Bound::kAtLeast, 90, 95, 120);
const Limit kMost = LimitWith(Bound::kAtMost, 20, 10, 2);
const Limit kExact = LimitWith(Bound::kExactly, 18, 18);

auto Says(const Limit &limit, std::vector<double> values, const std::string &missing = "")
    -> Verdict {
  return JudgeValues(limit, values, missing).verdict;
}

TEST(Judge, AtLeast) {
  EXPECT_EQ(Says(kLeast, {100, 101, 102, 103, 104}), Verdict::kPass);
  EXPECT_EQ(Says(kLeast, {95, 95, 95, 95, 95}), Verdict::kPass);
  EXPECT_EQ(Says(kLeast, {92, 96, 96, 96, 96}), Verdict::kWarn);
  EXPECT_EQ(Says(kLeast, {90, 90, 90, 90, 90}), Verdict::kWarn);
  EXPECT_EQ(Says(kLeast, {80, 81, 82, 83, 84}), Verdict::kFail);
  EXPECT_EQ(Says(kLeast, {80, 85, 90, 95, 100}), Verdict::kInconclusive);
  EXPECT_EQ(Says(kLeast, {0, 0, 0, 0, 0}), Verdict::kFail);
}

TEST(Judge, AtMostIsTheMirror) {
  EXPECT_EQ(Says(kMost, {5, 6, 7, 8, 9}), Verdict::kPass);
  EXPECT_EQ(Says(kMost, {9, 9, 9, 9, 12}), Verdict::kWarn);
  EXPECT_EQ(Says(kMost, {21, 22, 23, 24, 25}), Verdict::kFail);
  EXPECT_EQ(Says(kMost, {5, 15, 20, 25, 30}), Verdict::kInconclusive);
}

TEST(Judge, ExactlyNeedsOneReadingAndNoOther) {
  EXPECT_EQ(Says(kExact, {18}), Verdict::kPass);
  EXPECT_EQ(Says(kExact, {18, 18, 17}), Verdict::kFail);
  EXPECT_EQ(Says(kExact, {0}), Verdict::kFail);
  EXPECT_EQ(Says(kExact, {}), Verdict::kInconclusive);
}

TEST(Judge, FasterThanPhysicsIsNoMeasurement) {
  EXPECT_EQ(Says(kLeast, {121, 121, 121, 121, 121}), Verdict::kInconclusive);
  EXPECT_EQ(Says(kMost, {1, 1, 1, 1, 1}), Verdict::kInconclusive);
}

TEST(Judge, WhatWasNotMeasuredWellIsNeverAPass) {
  const double inf = std::numeric_limits<double>::infinity();
  for (const Limit &limit : {kLeast, kMost}) {
    EXPECT_EQ(Says(limit, {}), Verdict::kInconclusive);
    EXPECT_EQ(Says(limit, {100, 100, 100, 100}), Verdict::kInconclusive);
    EXPECT_EQ(Says(limit, {5, 5, 5, 5, kNan}), Verdict::kInconclusive);
    EXPECT_EQ(Says(limit, {5, 5, 5, 5, inf}), Verdict::kInconclusive);
    EXPECT_EQ(Says(limit, {5, 5, 5, 5, -1}), Verdict::kInconclusive);
    EXPECT_EQ(Says(limit, {100, 100, 100, 100, 100}, "not there"), Verdict::kInconclusive);
  }
  EXPECT_EQ(Says(kMost, {5, 5, 5, 5, 0}), Verdict::kInconclusive);
}

TEST(Judge, AGateThatCannotFailJudgesNothing) {
  const std::vector<double> good = {100, 100, 100, 100, 100};
  EXPECT_EQ(Says(LimitWith(Bound::kAtLeast, 0, 0), good), Verdict::kInconclusive);
  EXPECT_EQ(Says(LimitWith(Bound::kAtLeast, kNan, 95), good), Verdict::kInconclusive);
  EXPECT_EQ(Says(LimitWith(Bound::kAtLeast, 90, 80), good), Verdict::kInconclusive);
  EXPECT_EQ(Says(LimitWith(Bound::kAtMost, 200, 300), good), Verdict::kInconclusive);
  EXPECT_EQ(Says(LimitWith(Bound::kAtLeast, 90, 95, 94), good), Verdict::kInconclusive);
}

TEST(Judge, LowConfidenceOnlyWarns) {
  const Limit limit = LimitWith(Bound::kAtLeast, 90, 95, 0, Confidence::kLow);
  const Judgement judgement = JudgeValues(limit, {50, 50, 50, 50, 50}, "");
  EXPECT_EQ(judgement.verdict, Verdict::kWarn);
  EXPECT_NE(judgement.says.find("needs a baseline run"), std::string::npos);
  // What is not measured stays so.
  EXPECT_EQ(Says(limit, {50}), Verdict::kInconclusive);
}

TEST(Outliers, AreFarOutAndWorse) {
  // Far out by MAD, but by 2 % only.
  EXPECT_TRUE(FindOutliers({100, 100.1, 99.9, 100, 98}, 0.05).empty());
  const auto found = FindOutliers({100, 100.1, 99.9, 100, 80}, 0.05);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].index, 4u);
  // One that is better is no concern.
  EXPECT_TRUE(FindOutliers({100, 100.1, 99.9, 100, 150}, 0.05).empty());
  EXPECT_EQ(FindOutliers({100, 100, 100, 60}, 0.05).size(), 1u);
}

TEST(Waive, NeedsAMeasurementAndADay) {
  const std::vector<Waiver> waivers = {{"g", "2026-11-22", "why", "p.groma:9"}};
  const Judgement bad = JudgeValues(kLeast, {80, 81, 82, 83, 84}, "");
  EXPECT_EQ(Waive(bad, "g", waivers, "2026-11-22").verdict, Verdict::kWaived);
  EXPECT_EQ(Waive(bad, "g", waivers, "2026-11-23").verdict, Verdict::kFail);
  EXPECT_EQ(Waive(bad, "other", waivers, "2026-11-22").verdict, Verdict::kFail);
  EXPECT_EQ(Waive(bad, "g", {{"g", "2026-02-30", "", ""}}, "2026-01-01").verdict, Verdict::kFail);
  EXPECT_EQ(Waive(bad, "g", {{"g", "soon", "", ""}}, "2026-01-01").verdict, Verdict::kFail);
  const Judgement none = JudgeValues(kLeast, {}, "");
  EXPECT_EQ(Waive(none, "g", waivers, "2026-11-22").verdict, Verdict::kInconclusive);
  const Judgement good = JudgeValues(kLeast, {100, 100, 100, 100, 100}, "");
  EXPECT_EQ(Waive(good, "g", waivers, "2026-11-22").verdict, Verdict::kPass);
}

TEST(Verdict, ExitCodes) {
  EXPECT_EQ(ExitOf(Verdict::kPass), Exit::kPass);
  EXPECT_EQ(ExitOf(Verdict::kWaived), Exit::kPass);
  EXPECT_EQ(ExitOf(Verdict::kWarn), Exit::kPass);
  EXPECT_EQ(ExitOf(Verdict::kInconclusive), Exit::kInconclusive);
  EXPECT_EQ(ExitOf(Verdict::kFail), Exit::kFail);
}

}  // namespace
}  // namespace groma::runtime
