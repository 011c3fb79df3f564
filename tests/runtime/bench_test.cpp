// SPDX-License-Identifier: Apache-2.0
// What the runner makes of pools that are not those of the plan, and of what physics says.
#include <gtest/gtest.h>

#include "core/busbw.h"
#include "sample_run.h"

namespace groma::runtime::sample {
namespace {

// Half of the pool answers, and is healthy: no gate is about it.
TEST(Pool, AnotherNumberOfRanksIsNeverAPass) {
  PlayOptions options;
  options.nodes = 2;
  options.ranks = 8;
  const RunRecord record = Play(options);
  EXPECT_EQ(record.verdict(), Verdict::kFail);
  for (const TestRecord &test : record.tests) EXPECT_GE(test.verdict, Verdict::kInconclusive);
  for (const CheckRecord &check : record.checks) EXPECT_NE(check.kind, "gate") << check.name;
}

TEST(Pool, OneRankProvesNothingAboutLinks) {
  Shape shape = ShapeOf(1);
  shape.gpus_per_node = shape.domain = shape.nics_per_node = 1;
  const Suite suite = SuiteOf(shape);
  PlayOptions options;
  options.tests = {"all_reduce"};
  const RunRecord record = PlayOn(suite, options);
  EXPECT_EQ(record.verdict(), Verdict::kInconclusive);
  bool is_exact = false;
  for (const CheckRecord &check : record.checks) {
    if (check.name == "all_reduce") {
      EXPECT_EQ(check.findings.front().says, "one rank proves nothing about links");
    }
    if (check.name == "exact.all_reduce") is_exact = check.verdict == Verdict::kPass;
  }
  EXPECT_TRUE(is_exact);
}

TEST(Pool, ATestThatJudgesNothingIsInconclusive) {
  const Shape shape = ShapeOf(1);
  Suite suite = SuiteOf(shape);
  suite.tests = {{"idle", "Judges nothing.", "p.groma:1", Tier::kSmoke, {}, [](Bench &) {}}};
  EXPECT_EQ(PlayOn(suite, {}).verdict(), Verdict::kInconclusive);
}

TEST(Pool, ATestThatThrowsFails) {
  const Shape shape = ShapeOf(1);
  Suite suite = SuiteOf(shape);
  suite.tests = {{"throws", "Throws.", "p.groma:1", Tier::kSmoke, {}, [](Bench &) {
                    throw std::runtime_error("no");
                  }}};
  EXPECT_EQ(PlayOn(suite, {}).verdict(), Verdict::kFail);
}

TEST(Pool, AWaiverHelpsUntilItsDay) {
  const Shape shape = ShapeOf(1);
  Suite suite = SuiteOf(shape);
  PlayOptions options;
  options.tests = {"ports"};
  options.faults = {"fault: half_rate_nic\nnode: 0\nnic: 3\n"};
  EXPECT_EQ(PlayOn(suite, options).verdict(), Verdict::kFail);
  // The runs are of 2026-11-22.
  suite.waivers = {{"port_rate", "2026-11-22", "a cable is on its way", "p.groma:9"}};
  EXPECT_EQ(PlayOn(suite, options).verdict(), Verdict::kWaived);
  suite.waivers.front().until = "2026-11-21";
  EXPECT_EQ(PlayOn(suite, options).verdict(), Verdict::kFail);
}

// Figures of public records come out of the model: the two were not made for each other.
TEST(Pool, RecordedFiguresComeOut) {
  PlayOptions options;
  options.tests = {"all_reduce"};
  const RunRecord record = Play(options);
  double by_switch = 0;
  double by_ring = 0;
  for (const CurveRecord &curve : record.curves) {
    (curve.variant == "default" ? by_switch : by_ring) = curve.points.back().busbw;
    for (const CurvePoint &point : curve.points) {
      EXPECT_NEAR(point.busbw / point.algbw, 2.0 * 7 / 8, 0.02);
    }
  }
  EXPECT_GT(by_switch, 473);
  EXPECT_LT(by_switch, 482);
  EXPECT_GT(by_ring, 364);
  EXPECT_LT(by_ring, 369);
}

TEST(BusBandwidth, FollowsItsDefinition) {
  EXPECT_DOUBLE_EQ(BusFactor(Collective::kAllReduce, 8), 1.75);
  EXPECT_DOUBLE_EQ(BusFactor(Collective::kAllReduce, 2), 1);
  EXPECT_DOUBLE_EQ(BusFactor(Collective::kAllGather, 8), 0.875);
  EXPECT_DOUBLE_EQ(BusFactor(Collective::kReduceScatter, 4), 0.75);
  EXPECT_DOUBLE_EQ(BusFactor(Collective::kAllToAll, 128), 127.0 / 128);
  EXPECT_DOUBLE_EQ(BusFactor(Collective::kSendReceive, 8), 1);
  EXPECT_DOUBLE_EQ(BusFactor(Collective::kBroadcast, 8), 1);
  EXPECT_DOUBLE_EQ(BusFactor(Collective::kAllReduce, 1), 0);
  // 1 GB in 10 ms at 8 ranks: 100 GB/s and 175 GB/s. Bits, binary gigabytes and a forgotten (n-1)/n
  // would all give other numbers.
  const Bytes bytes{1'000'000'000};
  EXPECT_DOUBLE_EQ(AlgorithmBandwidth(bytes, {0.01}).value, 100);
  EXPECT_DOUBLE_EQ(BusBandwidth(Collective::kAllReduce, 8, bytes, {0.01}).value, 175);
  EXPECT_DOUBLE_EQ(InBits(AlgorithmBandwidth(bytes, {0.01})).value, 800);
}

TEST(BusBandwidth, SeesFiguresThatAreNotOfOneMeasurement) {
  EXPECT_TRUE(AreConsistent(Collective::kAllReduce, 72, {475.0}, {475.0 * 142 / 72}));
  // A figure that was published so.
  EXPECT_FALSE(AreConsistent(Collective::kAllReduce, 72, {939.58}, {936.93}));
}

}  // namespace
}  // namespace groma::runtime::sample
