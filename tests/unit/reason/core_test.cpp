// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/core.h"

#include <gtest/gtest.h>

#include "groma/reason/restrict.h"
#include "small_programs.h"

namespace groma::reason {
namespace {

// Three workloads of two machines each; a budget for five (cause 4), power for five (5), and space
// for nine (6) that explains nothing.
auto Crowded() -> Program {
  Program program;
  std::vector<Entry> cover;
  for (Cause cause = 1; cause <= 3; ++cause) {
    const ColumnId pick = program.AddColumn({});
    program.AddGroup({{pick, 0}}, 1, cause);
    cover.push_back({pick, 2});
  }
  const ColumnId size = program.AddColumn({.upper = 20, .cost = 1, .reach = 20});
  cover.push_back({size, -1});
  program.AddRow(cover, 0, kGiven);
  program.AddRow({{size, 3}}, 15, 4);
  program.AddRow({{size, 1}}, 5, 5);
  program.AddRow({{size, 1}}, 9, 6);
  return program;
}

TEST(Core, LetsGoOfLowRanksFirstAndCountsTheAggregate) {
  const Program program = Crowded();
  const std::vector<uint8_t> is_aggregate{0, 1, 1, 1, 0, 0, 0};
  const std::vector<uint32_t> power_first{0, 0, 0, 0, 2, 1, 1}, budget_first{0, 0, 0, 0, 1, 2, 1};
  Effort effort{10'000'000};
  auto core = FindCore(program, {power_first, is_aggregate}, effort);
  ASSERT_TRUE(core);
  EXPECT_EQ(core->causes, std::vector<Cause>{4});
  EXPECT_EQ(core->aggregate, (std::vector<Cause>{1, 2, 3}));
  EXPECT_TRUE(core->is_minimal);
  ASSERT_EQ(core->shortages.size(), 1U);
  EXPECT_EQ(core->shortages[0].row, 1U);
  EXPECT_EQ(core->shortages[0].least, 18) << "six machines at 3, where 15 may be spent";
  core = FindCore(program, {budget_first, is_aggregate}, effort);
  ASSERT_TRUE(core);
  EXPECT_EQ(core->causes, std::vector<Cause>{5});
}

TEST(Core, AGroupThatCannotBeFilledIsItsOwnReason) {
  Program program = Crowded();
  const ColumnId closed = program.AddColumn({.upper = 0, .cause = 8});
  program.AddGroup({{closed, 0}}, 1, 7);
  Effort effort{10'000'000};
  const auto core = FindCore(program, {}, effort);
  ASSERT_TRUE(core);
  EXPECT_EQ(core->causes, (std::vector<Cause>{7, 8}));
}

TEST(Core, NoCoreWhereThereIsASolution) {
  Program program = Crowded();
  program.rows[1].limit = 18;
  program.rows[2].limit = 6;
  Effort effort{10'000'000};
  EXPECT_FALSE(FindCore(program, {}, effort));
}

TEST(Core, CoresOfSmallProgramsHoldAndAreMinimal) {
  int cores = 0;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    const Program program = SmallProgram(seed);
    Effort effort{20'000'000};
    const auto core = FindCore(program, {}, effort);
    if (!core) continue;
    ++cores;
    std::vector<uint8_t> dropped(64, 1);
    dropped[kGiven] = 0;
    for (const Cause cause : core->causes) dropped[cause] = 0;
    EXPECT_FALSE(BruteForce(Restrict(program, {.dropped = dropped}))) << seed;
    if (!core->is_minimal) continue;
    for (const Cause cause : core->causes) {
      dropped[cause] = 1;
      EXPECT_TRUE(BruteForce(Restrict(program, {.dropped = dropped}))) << seed << ' ' << cause;
      dropped[cause] = 0;
    }
  }
  EXPECT_GE(cores, 3);
}

}  // namespace
}  // namespace groma::reason
