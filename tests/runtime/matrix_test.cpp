// SPDX-License-Identifier: Apache-2.0
// Every fault at three sizes of pool: none passes, and each is told by the name of its component.
#include <gtest/gtest.h>

#include <ostream>
#include <tuple>

#include "sample_run.h"

namespace groma::runtime::sample {
namespace {

struct Case {
  const char *name;
  const char *text;
  const char *component;       // that a finding must name
  Verdict verdict;             // of that finding, at least
  const char *test = nullptr;  // that must have told it
};

void PrintTo(const Case &fault, std::ostream *out) { *out << fault.name; }

const Case kCases[] = {
    {"lost_gpu", "fault: lost_gpu\nnode: 0\ngpu: 5\n", "node0/gpu5", Verdict::kFail, "census"},
    {"half_rate_nic", "fault: half_rate_nic\nnode: 0\nnic: 3\n", "node0/nic3", Verdict::kFail},
    {"dead_nvlink", "fault: dead_link\nnode: 0\ngpu: 2\nlink: 7\n", "node0/gpu2/link7",
     Verdict::kFail},
    {"dead_port", "fault: dead_link\nnode: 0\nnic: 2\n", "node0/nic2", Verdict::kFail},
    {"degraded_nvlink", "fault: degraded_link\nnode: 0\ngpu: 4\nlink: 1\nshare: 0.4\n",
     "node0/gpu4", Verdict::kFail, "peers"},
    {"degraded_port", "fault: degraded_link\nnode: 0\nnic: 6\nshare: 0.7\n", "node0/nic6",
     Verdict::kFail},
    {"throttled_gpu", "fault: throttled_gpu\nnode: 0\ngpu: 6\n", "node0/gpu6", Verdict::kFail,
     "gemm"},
    {"ecc_burst", "fault: ecc_burst\nnode: 0\ngpu: 1\n", "node0/gpu1", Verdict::kFail, "health"},
    {"tcp_fallback", "fault: tcp_fallback\nnode: 0\nrate: 400\n", "node0", Verdict::kFail, "way"},
    {"straggler", "fault: straggler\nnode: 0\ngpu: 3\n", "node0/gpu3", Verdict::kFail,
     "all_reduce"},
    {"flipped_bit", "fault: flipped_bit\nnode: 0\ngpu: 2\n", "node0/gpu2", Verdict::kFail, "exact"},
    {"nan", "fault: nan\nnode: 0\ngpu: 7\n", "node0/gpu7", Verdict::kFail, "exact"},
    {"missing_metric", "fault: missing_metric\nnode: 0\ngpu: 0\nmetric: ecc.uncorrected\n",
     "node0/gpu0", Verdict::kInconclusive, "health"},
    {"hung_rank", "fault: hung_rank\nnode: 0\ngpu: 5\n", "node0/gpu5", Verdict::kFail},
};

class Matrix : public ::testing::TestWithParam<std::tuple<int, Case>> {};

TEST_P(Matrix, IsToldByItsComponent) {
  const auto &[nodes, fault] = GetParam();
  PlayOptions options;
  options.nodes = nodes;
  // Faults stand in the last node of a pool, so that nothing is special about the first.
  std::string text = fault.text;
  std::string component = fault.component;
  const std::string last = std::to_string(nodes - 1);
  text.replace(text.find("node: 0") + 6, 1, last);
  component.replace(4, 1, last);
  options.faults = {text};
  if (fault.name == std::string("hung_rank")) options.patience = 6;
  const RunRecord record = Play(options);

  EXPECT_GE(record.verdict(), Verdict::kInconclusive);
  Verdict told = Verdict::kPass;
  for (const CheckRecord &check : record.checks) {
    if (fault.test && check.test != fault.test) continue;
    for (const Finding &finding : check.findings) {
      if (finding.component == component) told = Worse(told, finding.verdict);
    }
  }
  EXPECT_GE(told, fault.verdict) << "nothing names " << component << ":\n" << Complaints(record);
}

INSTANTIATE_TEST_SUITE_P(Pool, Matrix,
                         ::testing::Combine(::testing::Values(1, 4, 8),
                                            ::testing::ValuesIn(kCases)),
                         [](const auto &info) {
                           return std::string(std::get<1>(info.param).name) + "_" +
                                  std::to_string(8 * std::get<0>(info.param));
                         });

// Where the state of a port shows nothing, what is slow with both neighbours is found by measuring.
TEST(Isolating, AQuietPortIsFoundByItsRails) {
  PlayOptions options;
  options.nodes = 4;
  options.tests = {"rails", "all_reduce_world"};
  options.faults = {"fault: half_rate_nic\nnode: 2\nnic: 3\nquiet: true\n"};
  const RunRecord record = Play(options);
  for (const CheckRecord &check : record.checks) {
    if (check.verdict == Verdict::kPass) continue;
    ASSERT_FALSE(check.findings.empty());
    EXPECT_EQ(check.findings.front().component, "node2/nic3") << Complaints(record);
  }
  EXPECT_EQ(record.verdict(), Verdict::kFail);
}

TEST(Isolating, BothEndsAreNamedWhereThereAreOnlyTwo) {
  PlayOptions options;
  options.nodes = 2;
  options.tests = {"rails"};
  options.faults = {"fault: half_rate_nic\nnode: 1\nnic: 3\nquiet: true\n"};
  const std::string complaints = Complaints(Play(options));
  EXPECT_NE(complaints.find(": node0/nic3: "), std::string::npos) << complaints;
  EXPECT_NE(complaints.find(": node1/nic3: "), std::string::npos) << complaints;
}

TEST(Isolating, TwoFaultsAreToldTogether) {
  PlayOptions options;
  options.nodes = 2;
  options.faults = {"fault: throttled_gpu\nnode: 0\ngpu: 6\n",
                    "fault: half_rate_nic\nnode: 1\nnic: 0\n"};
  const std::string complaints = Complaints(Play(options));
  EXPECT_NE(complaints.find("node0/gpu6"), std::string::npos) << complaints;
  EXPECT_NE(complaints.find("node1/nic0"), std::string::npos) << complaints;
}

}  // namespace
}  // namespace groma::runtime::sample
