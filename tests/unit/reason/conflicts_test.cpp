// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/conflicts.h"

#include <gtest/gtest.h>

#include "exhaustive.h"
#include "groma/reason/least.h"
#include "groma/reason/restrict.h"

namespace groma::reason {
namespace {

using test::Chance;
using test::Exhaustive;
using test::RandomProgram;

// Small programs of chance: what is said of them is compared with trying everything.
TEST(Conflicts, AreMinimalAndShareNoCause) {
  int conflicts = 0, pairs = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Chance chance(seed);
    const Program program = RandomProgram(chance, {});
    const Exhaustive all(program);
    Effort effort{2'000'000};
    const auto found = FindConflicts(program, {}, 3, MakeZ3, effort);
    EXPECT_EQ(found.empty(), all.optimum().has_value()) << seed;
    std::set<Cause> seen;
    for (const AggregateCore &conflict : found) {
      ++conflicts;
      EXPECT_TRUE(conflict.is_minimal) << seed;
      EXPECT_FALSE(all.CanHold(conflict.causes)) << seed;
      for (size_t i = 0; i < conflict.causes.size(); ++i) {
        std::vector<Cause> others = conflict.causes;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_TRUE(all.CanHold(others)) << seed << " without " << conflict.causes[i];
        EXPECT_TRUE(seen.insert(conflict.causes[i]).second) << seed;
      }
    }
    pairs += found.size() > 1 ? 1 : 0;
  }
  EXPECT_GE(conflicts, 40);
  EXPECT_GE(pairs, 3);
}

TEST(Conflicts, KeepWhatHasAHighRank) {
  // Either of 1 and 2 contradicts 3.
  Program program;
  const ColumnId x = program.AddColumn({.upper = 9, .reach = 9});
  program.AddRow({{x, 1}}, 3, 1);
  program.AddRow({{x, 1}}, 2, 2);
  program.AddRow({{x, -1}}, -5, 3);
  for (const Cause kept : {1, 2}) {
    std::vector<uint32_t> ranks{0, 0, 0, 0};
    ranks[kept] = 1;
    Effort effort{1'000'000};
    const auto found = FindConflicts(program, {ranks, {}}, 1, MakeZ3, effort);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].causes, (std::vector<Cause>{kept, 3}));
  }
}

TEST(Conflicts, NothingIsSaidWithoutEffortOrProver) {
  Program program;
  // Three Booleans, each two of which exclude each other, and two are wanted: no sum says no.
  std::vector<ColumnId> b;
  for (int i = 0; i < 3; ++i) b.push_back(program.AddColumn({}));
  program.AddRow({{b[0], 1}, {b[1], 1}}, 1, 1);
  program.AddRow({{b[1], 1}, {b[2], 1}}, 1, 2);
  program.AddRow({{b[0], 1}, {b[2], 1}}, 1, 3);
  program.AddRow({{b[0], -1}, {b[1], -1}, {b[2], -1}}, -2, 4);
  Effort none{0};
  EXPECT_TRUE(FindConflicts(program, {}, 1, MakeZ3, none).empty());
  Effort effort{1'000'000};
  const auto found = FindConflicts(program, {}, 1, MakeZ3, effort);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].causes.size(), 4U);
}

// The least of a column is what trying everything says.
TEST(Least, IsTheLeast) {
  int compared = 0;
  for (uint64_t seed = 0; seed < 150; ++seed) {
    Chance chance(seed);
    Program program = RandomProgram(chance, {});
    for (Column &column : program.columns) column.cost = 0;
    program.fixed_cost = 0;
    const auto column = static_cast<ColumnId>(seed % program.columns.size());
    Effort effort{2'000'000};
    const auto least = LeastValue(program, {}, column, MakeZ3, effort);
    EXPECT_EQ(CanHold(program, {}, MakeZ3, effort), least.has_value()) << seed;
    program.columns[column].cost = 1;
    const auto best = Exhaustive(program).optimum();
    EXPECT_EQ(best.has_value(), least.has_value()) << seed;
    if (!least || !best) continue;
    ++compared;
    EXPECT_TRUE(least->is_proved) << seed;
    EXPECT_EQ(least->value, *best) << seed;
  }
  EXPECT_GE(compared, 30);
}

}  // namespace
}  // namespace groma::reason
