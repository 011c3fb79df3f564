// SPDX-License-Identifier: Apache-2.0
// A healthy pool passes, whatever its noise.
#include <gtest/gtest.h>

#include "report/report.h"
#include "sample_run.h"

namespace groma::runtime::sample {
namespace {

class Healthy : public ::testing::TestWithParam<int> {};

// 200 runs in all, 25 in each test.
TEST_P(Healthy, NoFalseAlarm) {
  for (int i = 0; i < 25; ++i) {
    PlayOptions options;
    options.seed = static_cast<uint64_t>(GetParam() * 25 + i + 1);
    const RunRecord record = Play(options);
    ASSERT_EQ(record.verdict(), Verdict::kPass) << "seed " << options.seed << "\n"
                                                << Complaints(record);
  }
}

INSTANTIATE_TEST_SUITE_P(Pool, Healthy, ::testing::Range(0, 8));

class HealthySize : public ::testing::TestWithParam<int> {};

TEST_P(HealthySize, Passes) {
  PlayOptions options;
  options.nodes = GetParam();
  const RunRecord record = Play(options);
  EXPECT_EQ(record.verdict(), Verdict::kPass) << Complaints(record);
}

INSTANTIATE_TEST_SUITE_P(Pool, HealthySize, ::testing::Values(1, 2, 3, 4, 8, 16));

TEST(Healthy, ThreadsMayComeAsTheyLike) {
  PlayOptions options;
  options.nodes = 2;
  EXPECT_EQ(ResultsJson(Play(options)), ResultsJson(Play(options)));
  const std::string first = ResultsJson(Play(options));
  options.seed = 2;
  EXPECT_NE(first, ResultsJson(Play(options)));
}

}  // namespace
}  // namespace groma::runtime::sample
