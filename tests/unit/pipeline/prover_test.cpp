// SPDX-License-Identifier: Apache-2.0
// What becomes of the plans of tests/file/solve where the prover never knows: less is found, in the
// plans that were made to show it, and nothing that is wrong.
#include "groma/reason/prover.h"

#include "decided.h"
#include "gtest/gtest.h"

namespace groma::pipeline {
namespace {

// With the usual effort, which file tests do not give them.
const std::set<std::string> kLong = {"fail_out_of_effort", "not_proved"};
// Found by learning from what fails, or proved by it; a core that only trying out tells.
const std::set<std::string> kNeedProver = {"parity", "fail_clauses", "fail_clauses_core"};

const std::set<std::string> kNothingFound = {"OutOfEffort"};

TEST(WithoutProver, LessIsFoundAndNothingIsWrong) {
  std::set<std::string> differ;
  size_t plans = 0;
  for (const auto &path : PlansOfFileTests(kLong)) {
    CheckedPlan plan(TextOf(path));
    const Told with = plan.Decide({});
    solve::Options options;
    options.prover = reason::MakeUnknown;
    const Told without = plan.Decide(options);
    ++plans;
    if (with.text != without.text) differ.insert(path.stem());
    // Where nothing is found groma says so; else it says the same, though less of it.
    if (without.names == kNothingFound) continue;
    EXPECT_EQ(with.has_plan, without.has_plan) << path;
    EXPECT_EQ(with.names, without.names) << path;
  }
  EXPECT_EQ(differ, kNeedProver);
  EXPECT_GT(plans, 200U);
}

}  // namespace
}  // namespace groma::pipeline
