// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/branch.h"

#include <gtest/gtest.h>

#include "random_program.h"

namespace groma::reason {
namespace {

TEST(Branch, FindsWhatTryingAllFinds) {
  int infeasible = 0;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    Program program = RandomProgram(seed);
    // With small costs the best but one costs one more.
    for (Column &column : program.columns) {
      if (seed % 2 == 0) column.cost %= 3;
    }
    const auto best = TryAll(program);
    Effort effort{1000000};
    const Answer answer = Branch(program, nullptr, effort);
    if (!best) {
      ++infeasible;
      ASSERT_EQ(answer.verdict, Verdict::Infeasible);
      continue;
    }
    ASSERT_EQ(answer.verdict, Verdict::Optimal);
    EXPECT_EQ(answer.cost, *best);
    EXPECT_EQ(answer.bound, *best);
    EXPECT_TRUE(program.IsSolution(answer.values));
    EXPECT_EQ(program.CostOf(answer.values), answer.cost);
  }
  EXPECT_GT(infeasible, 50);
}

TEST(Branch, WithLittleEffortSaysNothingThatIsNotTrue) {
  int unfinished = 0;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    const Program program = RandomProgram(seed);
    const auto best = TryAll(program);
    for (const uint64_t steps : {0, 1, 2, 4}) {
      Effort effort{steps};
      const Answer answer = Branch(program, nullptr, effort);
      EXPECT_EQ(answer.verdict == Verdict::Infeasible,
                !best && answer.verdict != Verdict::Undecided);
      if (answer.verdict == Verdict::Undecided || answer.verdict == Verdict::Feasible) ++unfinished;
      if (!best || answer.verdict == Verdict::Infeasible) continue;
      if (answer.has_bound) EXPECT_LE(answer.bound, *best);
      if (answer.verdict != Verdict::Undecided) EXPECT_TRUE(program.IsSolution(answer.values));
      if (answer.verdict == Verdict::Optimal) EXPECT_EQ(answer.cost, *best);
    }
  }
  EXPECT_GT(unfinished, 50);
}

TEST(Branch, TakesTheSameStepsEveryTime) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const Program program = RandomProgram(seed);
    Effort first{1000000}, second{1000000};
    const Answer a = Branch(program, nullptr, first), b = Branch(program, nullptr, second);
    EXPECT_EQ(first.left, second.left);
    EXPECT_EQ(a.values, b.values);
  }
}

TEST(Branch, TakesASolutionFromElsewhere) {
  Program program;
  const ColumnId a = program.AddColumn({.upper = 9, .cost = 2, .reach = 9});
  program.AddRow({{a, -2}}, -5, kGiven);
  const std::vector<int64_t> known = {3}, wrong = {1};
  for (const auto *values : {&known, &wrong}) {
    Effort effort{100};
    const Answer answer = Branch(program, values, effort);
    EXPECT_EQ(answer.verdict, Verdict::Optimal);
    EXPECT_EQ(answer.values, known);
  }
}

}  // namespace
}  // namespace groma::reason
