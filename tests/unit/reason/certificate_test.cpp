// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/certificate.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "random_program.h"

namespace groma::reason {
namespace {

// Two machines at cost 5 and 7 that carry 3 and 4; together at least 10.
auto Covering() -> Program {
  Program program;
  program.AddColumn({.upper = 9, .cost = 5, .reach = 9});
  program.AddColumn({.upper = 9, .cost = 7, .reach = 9});
  program.AddRow({{0, -3}, {1, -4}}, -10, 1);
  return program;
}

TEST(Certificate, AnyMultiplierGivesABoundAndTheRightOneTheBest) {
  const Program program = Covering();
  EXPECT_EQ(CertifiedBound(program, {}, {0.0}), 0);
  EXPECT_EQ(CertifiedBound(program, {}, {5.0 / 3}), 17) << "16 and two thirds, rounded up";
  EXPECT_LE(*CertifiedBound(program, {}, {100.0}), 17);
  EXPECT_EQ(CertifiedBound(program, {}, {-3.0}), 0) << "a row of <= takes no negative one";
}

TEST(Certificate, GroupsPickTheCheapestOfDistinctClasses) {
  Program program;
  for (const int64_t cost : {1, 2, 9}) program.AddColumn({.cost = cost});
  program.AddGroup({{0, 1}, {1, 1}, {2, 2}}, 2, 1);
  EXPECT_EQ(CertifiedBound(program, {}, {}), 10);
  const std::array<int64_t, 3> lower{0, 1, 0}, upper{1, 1, 1};
  EXPECT_EQ(CertifiedBound(program, {.lower = lower, .upper = upper}, {}), 11);
  const std::array<int64_t, 3> none{0, 0, 0}, two{1, 1, 0};
  EXPECT_EQ(CertifiedBound(program, {.lower = none, .upper = two}, {}), kNoSolution);
  const std::array<uint8_t, 2> dropped{0, 1};
  EXPECT_EQ(CertifiedBound(program, {.lower = none, .upper = two, .dropped = dropped}, {}), 0);
}

TEST(Certificate, ProvesThatNothingFits) {
  Program program = Covering();
  program.AddRow({{0, 3}, {1, 4}}, 9, 2);
  const std::array<double, 2> both{1.0, 1.0};
  EXPECT_TRUE(ProvesInfeasible(program, {}, both));
  const std::array<uint8_t, 3> dropped{0, 0, 1};
  EXPECT_FALSE(ProvesInfeasible(program, {.dropped = dropped}, both));
}

TEST(Certificate, NarrowingKeepsEverySolutionThatIsCheapEnough) {
  int narrowed = 0;
  for (uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    Program program = RandomProgram(seed);
    const auto best = TryAll(program);
    if (!best) continue;
    std::mt19937 engine(seed);
    std::vector<double> multipliers;
    for (size_t i = 0; i < program.rows.size(); ++i) {
      multipliers.push_back(static_cast<double>(engine() % 9) / 4);
    }
    std::vector<int64_t> lower, upper;
    for (const Column &column : program.columns) {
      lower.push_back(column.lower);
      upper.push_back(column.upper);
    }
    const auto bound = NarrowByCost(program, lower, upper, multipliers, *best);
    ASSERT_TRUE(bound.has_value());
    ASSERT_LE(*bound, *best);
    EXPECT_EQ(bound, CertifiedBound(program, {}, multipliers));
    bool is_narrower = false;
    for (size_t i = 0; i < lower.size(); ++i) {
      is_narrower |= lower[i] != program.columns[i].lower || upper[i] != program.columns[i].upper;
      program.columns[i].lower = lower[i];
      program.columns[i].upper = upper[i];
    }
    if (is_narrower) ++narrowed;
    EXPECT_EQ(TryAll(program), best);
  }
  EXPECT_GT(narrowed, 100);
}

}  // namespace
}  // namespace groma::reason
