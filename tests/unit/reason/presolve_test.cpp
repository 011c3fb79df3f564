// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/presolve.h"

#include <gtest/gtest.h>

#include "random_program.h"

namespace groma::reason {
namespace {

TEST(Presolve, TakesOutWhatIsDecided) {
  Program program;
  for (int i = 0; i < 3; ++i) program.AddColumn({.cost = 5});
  const ColumnId count = program.AddColumn({.upper = 40, .cost = 1, .reach = 40});
  program.AddGroup({{0, 1}, {1, 1}, {2, 2}}, 2, 7);  // 2 is picked
  program.AddRow({{0, 4}, {1, 6}, {2, 8}, {count, -2}}, 0, 8);
  program.AddRow({{0, 4}, {1, 5}, {2, 8}, {count, -2}}, 0, 8);  // the same, but less
  program.AddRow({{count, 3}}, 29, 9);                          // at most 9
  const Presolved presolved = Presolve(program);
  ASSERT_FALSE(presolved.is_infeasible);
  EXPECT_EQ(presolved.columns, (std::vector<ColumnId>{0, 1, count}));
  EXPECT_EQ(presolved.program.fixed_cost, 5);
  ASSERT_EQ(presolved.program.rows.size(), 1U);
  EXPECT_EQ(presolved.program.rows[0].limit, -4) << "divided by two";
  EXPECT_EQ(presolved.program.columns[2].lower, 4);
  EXPECT_EQ(presolved.program.columns[2].upper, 9);
  EXPECT_EQ(presolved.program.groups[0].pick, 1U);
  EXPECT_EQ(presolved.Restore({1, 0, 6}), (std::vector<int64_t>{1, 0, 1, 6}));
}

TEST(Presolve, SeesThatNothingFits) {
  Program program;
  const ColumnId a = program.AddColumn({.upper = 9, .reach = 9});
  const ColumnId b = program.AddColumn({.upper = 9, .reach = 9});
  program.AddRow({{a, 2}, {b, 4}}, 7, kGiven, true);
  EXPECT_TRUE(Presolve(program).is_infeasible) << "no even number is 7";
}

TEST(Presolve, KeepsTheOptimum) {
  int smaller = 0;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    const Program program = RandomProgram(seed);
    const auto best = TryAll(program);
    const Presolved presolved = Presolve(program);
    if (presolved.is_infeasible) {
      EXPECT_FALSE(best.has_value());
      continue;
    }
    EXPECT_EQ(TryAll(presolved.program), best);
    if (presolved.program.columns.size() < program.columns.size()) ++smaller;
  }
  EXPECT_GT(smaller, 50);
}

TEST(Components, AreSolvedApart) {
  int several = 0;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    const Presolved presolved = Presolve(RandomProgram(seed));
    if (presolved.is_infeasible) continue;
    const auto parts = Components(presolved.program);
    if (parts.size() > 1) ++several;
    std::optional<int64_t> sum = presolved.program.fixed_cost;
    for (const Component &part : parts) {
      const auto best = TryAll(part.program);
      sum = sum && best ? std::optional(*sum + *best) : std::nullopt;
    }
    EXPECT_EQ(sum, TryAll(presolved.program));
  }
  EXPECT_GT(several, 30);
}

}  // namespace
}  // namespace groma::reason
