// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/search.h"

#include <gtest/gtest.h>

#include "small_programs.h"

namespace groma::reason {
namespace {

TEST(Search, FindsWhatBruteForceFinds) {
  int feasible = 0, optimal = 0;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    const Program program = SmallProgram(seed);
    const auto best = BruteForce(program);
    Effort effort{2'000'000};
    const Answer answer = Search(program, {}, effort);
    if (!best) {
      EXPECT_EQ(answer.verdict, Verdict::Undecided) << seed;
      continue;
    }
    ++feasible;
    ASSERT_EQ(answer.verdict, Verdict::Feasible) << seed;
    EXPECT_TRUE(program.IsSolution(answer.values)) << seed;
    EXPECT_EQ(answer.cost, program.CostOf(answer.values)) << seed;
    optimal += answer.cost == *best ? 1 : 0;
  }
  EXPECT_GT(feasible, 20);
  EXPECT_EQ(optimal, feasible);
}

TEST(Search, RepeatsExactly) {
  const Program program = SmallProgram(3);
  Effort first{300'000}, second{300'000};
  EXPECT_EQ(Search(program, {}, first).values, Search(program, {}, second).values);
  EXPECT_EQ(first.left, second.left);
}

TEST(Search, BuysAheadWhereABudgetAsks) {
  // Two units are needed later; each phase can pay for one.
  Program program;
  const ColumnId early = program.AddColumn({.upper = 5, .cost = 1, .reach = 5});
  const ColumnId late = program.AddColumn({.upper = 5, .cost = 3, .reach = 5});
  const ColumnId need = program.AddColumn({.lower = 1});
  program.AddRow({{need, 2}, {late, -1}}, 0, 1);
  program.AddRow({{early, 1}, {late, -1}}, 0, 2);
  program.AddRow({{late, 1}, {early, -1}}, 1, 3);
  program.AddRow({{early, 1}}, 1, 4);
  Effort effort{100'000};
  const Answer answer = Search(program, {}, effort);
  ASSERT_EQ(answer.verdict, Verdict::Feasible);
  EXPECT_EQ(answer.cost, 7);
}

TEST(Search, StopsAtTheFirstSolutionIfAnyWillDo) {
  const Program program = SmallProgram(0);
  ASSERT_TRUE(BruteForce(program));
  Effort effort{1'000'000};
  EXPECT_EQ(Search(program, {}, effort, SearchFor::Any).verdict, Verdict::Feasible);
  EXPECT_GT(effort.left, 500'000U);
}

TEST(Search, KeepsPicksThatBoundsFix) {
  Program program;
  program.AddColumn({.cost = 1});
  program.AddColumn({.lower = 1, .cost = 9});
  program.AddColumn({.upper = 0, .cost = 0});
  program.AddColumn({.cost = 5});
  program.AddGroup({{0, 1}, {1, 1}, {2, 2}, {3, 3}}, 2, 1);
  Effort effort{10'000};
  const Answer answer = Search(program, {}, effort);
  ASSERT_EQ(answer.verdict, Verdict::Feasible);
  EXPECT_EQ(answer.cost, 14) << "the first shares a class with the fixed one";
}

}  // namespace
}  // namespace groma::reason
