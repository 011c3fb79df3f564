// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/program.h"

#include <gtest/gtest.h>

namespace groma::reason {
namespace {

TEST(Program, RowsAreSortedAndAddedUp) {
  Program program;
  for (int i = 0; i < 3; ++i) program.AddColumn({});
  program.AddRow({{2, 1}, {0, 3}, {2, 4}, {1, 1}, {1, -1}}, 4, kGiven);
  const auto entries = program.entries(program.rows[0]);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].column, 0U);
  EXPECT_EQ(entries[1].coefficient, 5);
}

TEST(Program, KnowsItsSolutions) {
  Program program;
  for (int i = 0; i < 3; ++i) program.AddColumn({});
  const ColumnId count = program.AddColumn({.upper = 9, .cost = 2, .reach = 9});
  program.AddGroup({{0, 1}, {1, 1}, {2, 2}}, 2, kGiven);
  program.AddRow({{0, 4}, {count, -1}}, 0, kGiven);
  program.fixed_cost = 1;
  EXPECT_TRUE(program.IsSolution({1, 0, 1, 4}));
  EXPECT_EQ(program.CostOf({1, 0, 1, 4}), 9);
  EXPECT_FALSE(program.IsSolution({1, 0, 1, 3})) << "the row";
  EXPECT_FALSE(program.IsSolution({1, 1, 0, 4})) << "two of one class";
  EXPECT_FALSE(program.IsSolution({1, 0, 0, 4})) << "too few";
  EXPECT_FALSE(program.IsSolution({1, 0, 1, 10})) << "the bound";
}

TEST(Program, SumsThatCouldOverflowDoNotFit) {
  Program program;
  program.AddColumn({.upper = 10, .cost = int64_t{1} << 58, .reach = 10});
  EXPECT_FALSE(program.Fits());
  program.columns[0].cost = 1;
  EXPECT_TRUE(program.Fits());
  program.AddRow({{0, int64_t{1} << 57}}, 0, kGiven);
  EXPECT_FALSE(program.Fits());
}

}  // namespace
}  // namespace groma::reason
