// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/cuts.h"

#include <gtest/gtest.h>

#include "groma/reason/simplex.h"
#include "random_program.h"

namespace groma::reason {
namespace {

TEST(Cuts, RoundUpTheStepsOfACount) {
  Program program;  // 5 machines come in steps of 4
  const ColumnId use = program.AddColumn({});
  const ColumnId steps = program.AddColumn({.upper = 9, .cost = 1, .reach = 9});
  program.AddRow({{use, 5}, {steps, -4}}, 0, kGiven);
  const auto cuts = RoundingCuts(program, BoundsOf(program), {1.0, 1.25}, 10);
  ASSERT_EQ(cuts.size(), 1U);
  program.AddRow(cuts[0].entries, cuts[0].limit, kGiven);
  EXPECT_TRUE(program.IsSolution({1, 2}));
  EXPECT_TRUE(program.IsSolution({0, 0}));
  const Row &row = program.rows.back();
  double sum = 0;
  for (const Entry &entry : program.entries(row)) {
    sum += static_cast<double>(entry.coefficient) * (entry.column == use ? 1.0 : 1.25);
  }
  EXPECT_GT(sum, static_cast<double>(row.limit));
}

// No cut takes a solution away, whatever the costs are.
TEST(Cuts, KeepEverySolution) {
  size_t count = 0;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    Program program = RandomProgram(seed);
    Simplex simplex(program);
    Effort effort{100000};
    if (simplex.Solve(1e18, 1000, effort) != Simplex::Outcome::Optimal) continue;
    std::vector<double> at;
    for (ColumnId i = 0; i < program.columns.size(); ++i) at.push_back(simplex.value(i));
    const auto cuts = RoundingCuts(program, BoundsOf(program), at, 100);
    Program with_cuts = program;
    for (const Cut &cut : cuts) with_cuts.AddRow(cut.entries, cut.limit, kGiven);
    count += cuts.size();
    if (cuts.empty()) continue;
    for (int64_t turn = 0; turn < 4; ++turn) {
      for (size_t i = 0; i < program.columns.size(); ++i) {
        const int64_t cost = (static_cast<int64_t>(i) * 7 + turn * 5) % 13 - 6;
        program.columns[i].cost = with_cuts.columns[i].cost = cost;
      }
      EXPECT_EQ(TryAll(program), TryAll(with_cuts));
    }
  }
  EXPECT_GT(count, 100U);
}

}  // namespace
}  // namespace groma::reason
