// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/simplex.h"

#include <gtest/gtest.h>

#include "groma/reason/certificate.h"
#include "random_program.h"

namespace groma::reason {
namespace {

using Outcome = Simplex::Outcome;

TEST(Simplex, SolvesASmallRelaxation) {
  Program program;  // 8/3 of the first and 5/3 of the second
  const ColumnId a = program.AddColumn({.upper = 9, .cost = -3, .reach = 9});
  const ColumnId b = program.AddColumn({.upper = 9, .cost = -2, .reach = 9});
  program.AddRow({{a, 1}, {b, 2}}, 6, kGiven);
  program.AddRow({{a, 2}, {b, 1}}, 7, kGiven);
  program.AddRow({{a, 1}}, 3, kGiven);
  Simplex simplex(program);
  Effort effort{1000};
  ASSERT_EQ(simplex.Solve(1e18, 100, effort), Outcome::Optimal);
  EXPECT_NEAR(simplex.cost(), -(3 * 8 + 2 * 5) / 3.0, 1e-9);
  EXPECT_EQ(CertifiedBound(program, {}, simplex.multipliers()), -11);
}

// What the simplex method says of many small programs is what their certificates say.
TEST(Simplex, ItsBoundsAndRaysAreCertified) {
  int with_bound = 0, with_ray = 0;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    const Program program = RandomProgram(seed);
    Simplex simplex(program);
    Effort effort{100000};
    const auto best = TryAll(program);
    const Outcome outcome = simplex.Solve(1e18, 1000, effort);
    if (outcome == Outcome::Infeasible) {
      ++with_ray;
      EXPECT_FALSE(best.has_value());
      EXPECT_TRUE(ProvesInfeasible(program, {}, simplex.multipliers()));
      continue;
    }
    ASSERT_EQ(outcome, Outcome::Optimal);
    ++with_bound;
    const auto bound = CertifiedBound(program, {}, simplex.multipliers());
    ASSERT_TRUE(bound.has_value());
    const double cost = simplex.cost() + static_cast<double>(program.fixed_cost);
    EXPECT_GE(static_cast<double>(*bound), cost - 1e-3) << "the certificate gives all of it";
    if (best) EXPECT_LE(*bound, *best);
  }
  EXPECT_GT(with_bound, 100);
  EXPECT_GT(with_ray, 20);
}

TEST(Simplex, IsTheSameAfterBoundsWereMovedAndMovedBack) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    const Program program = RandomProgram(seed);
    Simplex simplex(program);
    Effort effort{100000};
    const Outcome first = simplex.Solve(1e18, 1000, effort);
    const double cost = simplex.cost();
    for (ColumnId i = 0; i < program.columns.size(); ++i) {
      const Column &column = program.columns[i];
      simplex.SetBounds(i, column.upper, column.upper);
      simplex.Solve(1e18, 1000, effort);
      simplex.SetBounds(i, column.lower, column.upper);
    }
    ASSERT_EQ(simplex.Solve(1e18, 1000, effort), first);
    if (first == Outcome::Optimal) EXPECT_NEAR(simplex.cost(), cost, 1e-6);
  }
}

TEST(Simplex, TakesAnotherRow) {
  Program program;
  const ColumnId a = program.AddColumn({.upper = 9, .cost = -2, .reach = 9});
  program.AddRow({{a, 2}}, 7, kGiven);
  Simplex simplex(program);
  Effort effort{1000};
  ASSERT_EQ(simplex.Solve(1e18, 100, effort), Outcome::Optimal);
  EXPECT_NEAR(simplex.value(a), 3.5, 1e-9);
  const RowId cut = program.AddRow({{a, 1}}, 3, kGiven);
  simplex.AddRow(program.entries(program.rows[cut]), program.rows[cut]);
  ASSERT_EQ(simplex.Solve(1e18, 100, effort), Outcome::Optimal);
  EXPECT_NEAR(simplex.value(a), 3, 1e-9);
  EXPECT_EQ(CertifiedBound(program, {}, simplex.multipliers()), -6);
}

}  // namespace
}  // namespace groma::reason
