// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/gradient.h"

#include <gtest/gtest.h>

#include "small_programs.h"

namespace groma::reason {
namespace {

TEST(Gradient, FindsTheBoundOfAFractionalSolution) {
  Program program;
  program.AddColumn({.upper = 9, .cost = 5, .reach = 9});
  program.AddColumn({.upper = 9, .cost = 7, .reach = 9});
  program.AddRow({{0, -3}, {1, -4}}, -10, 1);
  Effort effort{1'000'000};
  const Multipliers found = BoundByGradient(program, {}, effort);
  ASSERT_TRUE(found.has_bound);
  EXPECT_EQ(found.bound, 17) << "10 / 3 machines at cost 5, rounded up";
  EXPECT_NEAR(found.rows[0], 5.0 / 3, 1e-2);
  EXPECT_NEAR(found.reduced[1], 7 - 20.0 / 3, 3e-2);
  EXPECT_GT(effort.left, 0U) << "it stops by itself";
}

TEST(Gradient, SpendsNoMoreThanItMay) {
  const Program program = SmallProgram(1);
  Effort effort{10};
  const Multipliers found = BoundByGradient(program, {}, effort);
  EXPECT_EQ(effort.left, 0U);
  EXPECT_TRUE(found.has_bound) << "even no multipliers are worth something";
}

TEST(Gradient, BoundsAndRaysAgreeWithBruteForce) {
  int infeasible = 0, rays = 0, close = 0, feasible = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const Program program = SmallProgram(seed);
    ASSERT_TRUE(program.Fits());
    const auto best = BruteForce(program);
    Effort effort{2'000'000};
    const Multipliers found = BoundByGradient(program, {}, effort);
    Effort ray_effort{500'000};
    const auto ray = FindRay(program, {}, ray_effort);
    if (best) {
      ++feasible;
      EXPECT_LE(found.bound, *best) << seed;
      EXPECT_FALSE(ray) << seed;
      close += found.bound * 2 >= *best ? 1 : 0;
    } else {
      ++infeasible;
      rays += ray ? 1 : 0;
      if (ray) EXPECT_TRUE(ProvesInfeasible(program, {}, *ray)) << seed;
    }
  }
  EXPECT_GT(feasible, 10);
  EXPECT_GT(infeasible, 5);
  EXPECT_GE(close, feasible * 3 / 4);
  EXPECT_GE(rays, 1);
}

TEST(Gradient, ARayIsGoneWhenItsCauseIsDropped) {
  Program program;
  program.AddColumn({.upper = 9, .reach = 9});
  program.AddColumn({.upper = 9, .reach = 9});
  program.AddRow({{0, -3}, {1, -4}}, -10, 1);
  program.AddRow({{0, 2}, {1, 3}}, 6, 2);
  Effort effort{1'000'000};
  EXPECT_TRUE(FindRay(program, {}, effort));
  const std::vector<uint8_t> dropped{0, 0, 1};
  EXPECT_FALSE(FindRay(program, {.dropped = dropped}, effort));
}

}  // namespace
}  // namespace groma::reason
