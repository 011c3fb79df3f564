// SPDX-License-Identifier: Apache-2.0
// A line between two sites: sound it passes, and every fault ends in a verdict that names what is
// broken.
#include <gtest/gtest.h>

#include <filesystem>
#include <ostream>

#include "line_suite.h"
#include "sample_run.h"
#include "sim/faults.h"
#include "sim/figures.h"

namespace groma::runtime::sample {
namespace {

struct Case {
  const char *name;
  const char *text;
  const char *component;
  Verdict verdict;
  const char *test;
};

void PrintTo(const Case &fault, std::ostream *out) { *out << fault.name; }

constexpr const char *kThere = "line hub, ams > weu";
constexpr const char *kBack = "line hub, weu > ams";
constexpr const char *kRound = "line hub, ams > weu > ams";

const Case kCases[] = {
    {"half_rate", "fault: degraded_line\nshare: 0.5\n", kThere, Verdict::kFail, "line"},
    {"half_rate_back", "fault: degraded_line\nfrom: 1\nshare: 0.5\n", kBack, Verdict::kFail,
     "line"},
    {"degraded", "fault: degraded_line\nfrom: 0\nshare: 0.9\n", kThere, Verdict::kWarn, "line"},
    {"dead", "fault: dead_line\n", kThere, Verdict::kFail, "transport"},
    {"dead_back", "fault: dead_line\nfrom: 1\n", kBack, Verdict::kFail, "transport"},
    {"delayed", "fault: delayed_line\nmicros: 1000\n", kRound, Verdict::kFail, "round_trip"},
    {"late_end", "fault: straggler\nnode: 1\ngpu: 0\n", "weu/serve", Verdict::kFail, "straggler"},
    {"late_round_trip", "fault: straggler\nnode: 0\ngpu: 0\n", "ams/train", Verdict::kFail,
     "round_trip"},
    {"flipped_bit", "fault: flipped_bit\nnode: 1\ngpu: 0\n", kBack, Verdict::kFail, "transport"},
    {"flipped_under_load", "fault: flipped_bit\nnode: 1\ngpu: 0\n", "weu/serve", Verdict::kFail,
     "health"},
    {"nan", "fault: nan\nnode: 1\ngpu: 0\n", kBack, Verdict::kFail, "transport"},
    {"lost_gpu", "fault: lost_gpu\nnode: 1\ngpu: 0\n", "weu/serve", Verdict::kFail, "census"},
    {"hung_rank", "fault: hung_rank\nnode: 1\ngpu: 0\n", "weu/serve", Verdict::kFail, "transport"},
    {"ecc_burst", "fault: ecc_burst\nnode: 0\ngpu: 0\n", "ams/train", Verdict::kFail, "health"},
    {"missing_metric", "fault: missing_metric\nnode: 1\ngpu: 0\nmetric: ecc.uncorrected\n",
     "weu/serve", Verdict::kInconclusive, "health"},
};

auto PlayLine(const PlayOptions &options) -> RunRecord {
  const Shape shape = LineShape();
  return PlayOn(LineSuiteOf(shape), options);
}

class Line : public ::testing::TestWithParam<Case> {};

TEST_P(Line, IsToldByItsComponent) {
  const Case &fault = GetParam();
  PlayOptions options;
  options.faults = {fault.text};
  if (fault.name == std::string("hung_rank")) options.patience = 6;
  const RunRecord record = PlayLine(options);
  EXPECT_GE(record.verdict(), fault.verdict);
  Verdict told = Verdict::kPass;
  for (const CheckRecord &check : record.checks) {
    for (const Finding &finding : check.findings) {
      const bool is_it = check.test == fault.test && finding.component == fault.component;
      if (is_it) told = Worse(told, finding.verdict);
    }
  }
  EXPECT_EQ(told, fault.verdict) << fault.component << ":\n" << Complaints(record);
}

INSTANTIATE_TEST_SUITE_P(Faults, Line, ::testing::ValuesIn(kCases),
                         [](const auto &info) { return std::string(info.param.name); });

TEST(Lines, PassWhateverTheNoise) {
  for (uint64_t seed = 1; seed <= 25; ++seed) {
    PlayOptions options;
    options.seed = seed;
    const RunRecord record = PlayLine(options);
    ASSERT_EQ(record.verdict(), Verdict::kPass) << "seed " << seed << "\n" << Complaints(record);
  }
}

TEST(Lines, OneWayAloneIsNamedWhereOneWayIsBad) {
  PlayOptions options;
  options.tests = {"line"};
  options.faults = {"fault: degraded_line\nfrom: 1\nshare: 0.5\n"};
  const std::string complaints = Complaints(PlayLine(options));
  EXPECT_NE(complaints.find(kBack), std::string::npos) << complaints;
  EXPECT_EQ(complaints.find(kThere), std::string::npos) << complaints;
}

// Without a limit a figure cannot fail; that there is none is told.
TEST(Lines, WhatHasNoLimitIsToldIfItWasMeasured) {
  PlayOptions options;
  options.tests = {"told"};
  options.faults = {"fault: delayed_line\nmicros: 30000\n"};
  const RunRecord slow = PlayLine(options);
  EXPECT_EQ(slow.verdict(), Verdict::kPass);
  ASSERT_EQ(slow.checks.size(), 1u);
  EXPECT_NE(slow.checks[0].findings.at(0).says.find("nobody says what it may be"),
            std::string::npos);
  options.faults = {"fault: dead_line\n"};
  EXPECT_EQ(PlayLine(options).verdict(), Verdict::kInconclusive);
}

TEST(Lines, HaveFaultsOfTheirOwn) {
  int count = 0;
  for (const auto &entry :
       std::filesystem::directory_iterator(GROMA_SOURCE_DIR "/runtime/sim/faults/line")) {
    if (entry.path().extension() != ".yaml") continue;
    const auto read = ReadFault(entry.path().string(), LineShape());
    EXPECT_TRUE(std::holds_alternative<Fault>(read)) << std::get<std::string>(read);
    ++count;
  }
  EXPECT_GE(count, 5);
  Shape pool = LineShape();
  pool.line = {};
  const auto refused = ParseFault("f.yaml", "fault: dead_line\n", pool);
  ASSERT_TRUE(std::holds_alternative<std::string>(refused));
  EXPECT_EQ(std::get<std::string>(refused),
            "f.yaml:1: 'dead_line' is for a line, and a pool was given");
}

TEST(Lines, FiguresCiteWhereTheyComeFrom) {
  for (const LineRow &row : LineFigures()) {
    EXPECT_GT(row.share, 0.5) << row.encryption;
    EXPECT_LT(row.share, 1) << row.encryption;
    EXPECT_GT(std::string(row.source).size(), 10u) << row.encryption;
    EXPECT_EQ(std::string(row.date).size(), 7u) << row.encryption;
  }
}

}  // namespace
}  // namespace groma::runtime::sample
