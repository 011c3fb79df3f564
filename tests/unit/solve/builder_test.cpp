// SPDX-License-Identifier: Apache-2.0
#include "builder.h"

#include "gtest/gtest.h"

namespace groma::solve {
namespace {

auto Share(int64_t a, int64_t b) -> Rational { return Rational::Make(a, b).value(); }

TEST(Builder, RowsAreOfWholeNumbers) {
  Builder builder;
  const ColumnId x = builder.Count(0, 10, 10, kGiven), y = builder.Count(0, 10, 10, kGiven);
  Form form = Form::Of(x, Share(1, 2));
  form.Add(Form::Of(y, Share(1, 3)));
  builder.AtMost(form, Share(7, 4), kGiven);
  ASSERT_EQ(builder.program.rows.size(), 1U);
  const reason::Row &row = builder.program.rows[0];
  // 3 x + 2 y <= 10.5, which whole numbers keep if they keep 10.
  EXPECT_EQ(builder.program.entries(row)[0].coefficient, 3);
  EXPECT_EQ(builder.program.entries(row)[1].coefficient, 2);
  EXPECT_EQ(row.limit, 10);
  EXPECT_EQ(builder.ScaleOf(0), Rational(6));
  EXPECT_EQ(builder.LimitOf(0), Share(21, 2));
}

TEST(Builder, StrictIsOneLessWhereTheLimitCanBeMet) {
  Builder builder;
  const ColumnId x = builder.Count(0, 10, 10, kGiven);
  builder.AtMost(Form::Of(x), 4, kGiven, true);
  builder.AtMost(Form::Of(x), Share(9, 2), kGiven, true);
  EXPECT_EQ(builder.program.rows[0].limit, 3);
  ASSERT_EQ(builder.program.rows.size(), 2U);
  EXPECT_EQ(builder.program.rows[1].limit, 4);
}

TEST(Builder, LeavesOutWhatNothingCanBreakAndWhatIsThere) {
  Builder builder;
  const ColumnId x = builder.Count(0, 10, 10, kGiven);
  builder.AtMost(Form::Of(x), 10, kGiven);
  EXPECT_TRUE(builder.program.rows.empty());
  builder.AtMost(Form::Of(x), 9, kGiven);
  builder.AtMost(Form::Of(x, 2), 18, kGiven);
  EXPECT_EQ(builder.program.rows.size(), 1U);
}

TEST(Builder, NoWholeNumbersGiveAFraction) {
  Builder builder;
  const ColumnId x = builder.Count(0, 10, 10, kGiven);
  builder.Equal(Form::Of(x, 2), 5, kGiven);
  ASSERT_EQ(builder.program.rows.size(), 1U);
  EXPECT_FALSE(builder.program.IsSolution({2}));
  EXPECT_FALSE(builder.program.IsSolution({3}));
}

TEST(Builder, AGuardThatIsDownLetsAllThrough) {
  Builder builder;
  const ColumnId x = builder.Count(0, 10, 20, kGiven), guard = builder.Boolean();
  builder.AtMostIf(guard, Form::Of(x), 4, false, kGiven);
  EXPECT_TRUE(builder.program.IsSolution({4, 1}));
  EXPECT_FALSE(builder.program.IsSolution({5, 1}));
  EXPECT_TRUE(builder.program.IsSolution({10, 0}));
  // Also where the column's own end is let go.
  builder.program.columns[x].upper = 20;
  EXPECT_TRUE(builder.program.IsSolution({20, 0}));
}

TEST(Builder, CostsAreComparedExactly) {
  Builder builder;
  const ColumnId x = builder.Boolean(), y = builder.Boolean();
  Form form = Form::Of(x, Share(1, 2));
  form.Add(Form::Of(y, Share(2, 3)));
  builder.Minimize(form);
  EXPECT_EQ(builder.cost_scale(), Rational(6));
  EXPECT_EQ(builder.program.CostOf({1, 0}), 3);
  EXPECT_EQ(builder.program.CostOf({0, 1}), 4);
}

}  // namespace
}  // namespace groma::solve
