// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/booleans.h"

#include <gtest/gtest.h>

#include <set>

#include "exhaustive.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

using test::Chance;
using test::Exhaustive;
using test::RandomProgram;

// Every test that needs a decision fails if this is MakeUnknown.
constexpr MakeProver kMake = MakeZ3;
constexpr uint64_t kPlenty = 100'000'000;

auto Everything(const Program &program) -> std::vector<Cause> {
  std::set<Cause> causes;
  for (const Column &column : program.columns) causes.insert(column.cause);
  for (const Row &row : program.rows) causes.insert(row.cause);
  for (const Group &group : program.groups) causes.insert(group.cause);
  causes.erase(kGiven);
  return {causes.begin(), causes.end()};
}

void ExpectCore(const Exhaustive &truth, const Answer &answer) {
  EXPECT_EQ(answer.verdict, Verdict::Infeasible);
  EXPECT_TRUE(llvm::is_sorted(answer.core));
  EXPECT_FALSE(truth.CanHold(answer.core));
  if (!answer.is_core_minimal) return;
  for (const Cause left_out : answer.core) {
    std::vector<Cause> rest = answer.core;
    llvm::erase(rest, left_out);
    EXPECT_TRUE(truth.CanHold(rest)) << "without cause " << left_out;
  }
}

// Compares all that is said of a program with what is true of it, and counts what that was.
struct Seen {
  int solved = 0, refuted = 0, several = 0;  // several: cores of more than one cause
};
void ExpectTruth(const Program &program, Seen &seen) {
  const Exhaustive truth(program);
  Effort effort{kPlenty};
  Booleans booleans(program, kMake);
  const Answer feasible = booleans.Feasible(effort);
  if (!truth.optimum()) {
    ++seen.refuted;
    ExpectCore(truth, feasible);
    std::set<Cause> named;
    const std::vector<Answer> cores = booleans.Cores(3, {}, effort);
    EXPECT_FALSE(cores.empty());
    std::vector<Cause> open = Everything(program);
    for (const Answer &answer : cores) {
      ExpectCore(truth, answer);
      EXPECT_TRUE(answer.is_core_minimal);
      if (answer.core.size() > 1) ++seen.several;
      for (const Cause cause : answer.core) {
        EXPECT_TRUE(named.insert(cause).second) << "in two cores";
        llvm::erase(open, cause);
      }
    }
    if (cores.size() < 3 && !cores.empty() && !cores.back().core.empty()) {
      EXPECT_TRUE(truth.CanHold(open)) << "a core is missing";
    }
    return;
  }
  ++seen.solved;
  ASSERT_EQ(feasible.verdict, Verdict::Feasible);
  EXPECT_TRUE(program.IsSolution(feasible.values));
  EXPECT_TRUE(booleans.Cores(3, {}, effort).empty());
  const Answer best = booleans.Improve(feasible, effort);
  ASSERT_EQ(best.verdict, Verdict::Optimal);
  EXPECT_TRUE(program.IsSolution(best.values));
  EXPECT_EQ(best.cost, *truth.optimum());
  EXPECT_EQ(best.bound, best.cost);
  EXPECT_EQ(program.CostOf(best.values), best.cost);
}

TEST(Booleans, SayWhatIsTrueOfFiveHundredPrograms) {
  Chance chance(1);
  Seen seen;
  for (int i = 0; i < 500; ++i) {
    SCOPED_TRACE(i);
    ExpectTruth(RandomProgram(chance, {}), seen);
  }
  EXPECT_GT(seen.solved, 150);
  EXPECT_GT(seen.refuted, 150);
  EXPECT_GT(seen.several, 100);
}

TEST(Booleans, NumbersThatNoRowOfAProverHoldsChangeNothing) {
  Chance chance(2);
  Seen seen;
  for (const int bits : {20, 31, 40, 52}) {
    for (int i = 0; i < 50; ++i) {
      SCOPED_TRACE(testing::Message() << bits << " bits, " << i);
      ExpectTruth(RandomProgram(chance, {.scale = (int64_t{1} << bits) + 1}), seen);
    }
  }
  EXPECT_GT(seen.solved, 50);
  EXPECT_GT(seen.several, 50);
}

// Numbers that rounding would take for equal: 3 * 2^40 is enough, one less is not.
TEST(Booleans, OneInTwoToTheFortyCounts) {
  constexpr int64_t kLarge = int64_t{1} << 40;
  for (const int64_t missing : {0, 1}) {
    Program program;
    for (int i = 0; i < 3; ++i) program.AddColumn({});
    program.AddRow({{0, -kLarge}, {1, -kLarge - 1}, {2, 1 - kLarge}}, -3 * kLarge - missing, 1);
    Effort effort{kPlenty};
    EXPECT_EQ(Booleans(program, kMake).Feasible(effort).verdict,
              missing == 0 ? Verdict::Feasible : Verdict::Infeasible);
  }
}

TEST(Booleans, WhatDoesNotFitIsLeftUndecided) {
  Program program;
  program.AddColumn({.upper = int64_t{1} << 61, .reach = int64_t{1} << 61});
  Effort effort{kPlenty};
  EXPECT_EQ(Booleans(program, kMake).Feasible(effort).verdict, Verdict::Undecided);
}

auto Same(const Answer &a, const Answer &b) -> bool {
  return a.verdict == b.verdict && a.values == b.values && a.cost == b.cost && a.core == b.core &&
         a.bound == b.bound && a.is_core_minimal == b.is_core_minimal;
}

// Answers and the effort they take do not depend on what else the process has done.
TEST(Booleans, TheSameQuestionHasTheSameAnswer) {
  Chance chance(3);
  for (int i = 0; i < 40; ++i) {
    SCOPED_TRACE(i);
    const Program program = RandomProgram(chance, {.scale = i % 2 == 0 ? 1 : 1'000'003});
    std::optional<Answer> first;
    uint64_t left = 0;
    std::vector<std::unique_ptr<Booleans>> others;
    std::vector<Program> programs;
    programs.reserve(3);
    for (int run = 0; run < 3; ++run) {
      Effort effort{kPlenty};
      Booleans booleans(program, kMake);
      Answer answer = booleans.Improve({}, effort);
      if (answer.verdict == Verdict::Infeasible) answer = booleans.Cores(1, {}, effort)[0];
      if (!first) {
        first = answer;
        left = effort.left;
      }
      EXPECT_NE(answer.verdict, Verdict::Undecided);
      EXPECT_TRUE(Same(answer, *first));
      EXPECT_EQ(effort.left, left);
      // Another engine that stays, and memory that is no longer where it was.
      programs.push_back(RandomProgram(chance, {}));
      others.push_back(std::make_unique<Booleans>(programs.back(), kMake));
      Effort other{kPlenty};
      others.back()->Improve({}, other);
    }
  }
}

TEST(Booleans, WithoutEffortNothingIsDecided) {
  Chance chance(4);
  const Program program = RandomProgram(chance, {});
  Effort none;
  Booleans booleans(program, kMake);
  EXPECT_EQ(booleans.Feasible(none).verdict, Verdict::Undecided);
  EXPECT_EQ(booleans.Improve({}, none).verdict, Verdict::Undecided);
  EXPECT_TRUE(booleans.Cores(1, {}, none).empty());
}

// Nine pigeons, eight holes: each pigeon has a hole, no hole has two.
auto Pigeons(uint32_t pigeons) -> Program {
  Program program;
  const uint32_t holes = pigeons - 1;
  for (uint32_t i = 0; i < pigeons * holes; ++i) program.AddColumn({.cost = 1});
  for (uint32_t hole = 0; hole < holes; ++hole) {
    for (uint32_t a = 0; a < pigeons; ++a) {
      for (uint32_t b = 0; b < a; ++b) {
        program.AddRow({{a * holes + hole, 1}, {b * holes + hole, 1}}, 1, 100 + hole);
      }
    }
  }
  for (uint32_t pigeon = 0; pigeon < pigeons; ++pigeon) {
    std::vector<Entry> entries;
    for (uint32_t hole = 0; hole < holes; ++hole) entries.push_back({pigeon * holes + hole, -1});
    program.AddRow(entries, -1, 1 + pigeon);
  }
  return program;
}

TEST(Booleans, EffortEndsAHardSearchAtTheSamePlace) {
  const Program program = Pigeons(12);
  for (int run = 0; run < 2; ++run) {
    Effort effort{100'000};
    EXPECT_EQ(Booleans(program, kMake).Feasible(effort).verdict, Verdict::Undecided);
    EXPECT_EQ(effort.left, 0U);
  }
}

TEST(Booleans, ACoreOfWhichTooLittleWasTriedIsNotCalledMinimal) {
  const Program program = Pigeons(6);
  Effort effort{kPlenty};
  const std::vector<Answer> whole = Booleans(program, kMake).Cores(1, {}, effort);
  ASSERT_EQ(whole.size(), 1U);
  EXPECT_EQ(whole[0].core.size(), 11U) << "all pigeons and all holes";
  EXPECT_TRUE(whole[0].is_core_minimal);

  // Enough for the first proof, too little for what follows.
  bool was_cut = false;
  for (uint64_t steps = 1000; steps < kPlenty && !was_cut; steps += steps / 8) {
    Effort little{steps};
    const std::vector<Answer> part = Booleans(program, kMake).Cores(1, {}, little);
    was_cut = !part.empty() && !part[0].is_core_minimal;
  }
  EXPECT_TRUE(was_cut);
}

// Two limits and two demands of which any pair is too much: two cores without a cause in common.
TEST(Booleans, CoresAreDisjoint) {
  Program program;
  const ColumnId count = program.AddColumn({.upper = 99, .reach = 99});
  program.AddRow({{count, 1}}, 10, 1);
  program.AddRow({{count, 1}}, 12, 2);
  program.AddRow({{count, -1}}, -20, 3);
  program.AddRow({{count, -1}}, -30, 4);
  Effort effort{kPlenty};
  const std::vector<Answer> cores = Booleans(program, kMake).Cores(9, {}, effort);
  ASSERT_EQ(cores.size(), 2U);
  EXPECT_EQ(cores[0].core.size(), 2U);
  EXPECT_EQ(cores[1].core.size(), 2U);
}

// Finds at once that any two of its assumptions are too much, but never says which.
class Vague : public Prover {
 public:
  auto AddVariable() -> Literal override { return ++last_; }
  void AddClause(llvm::ArrayRef<Literal> literals) override {}
  void AddAtMost(llvm::ArrayRef<Term> terms, int64_t limit) override {}
  void AddExactly(llvm::ArrayRef<Term> terms, int64_t limit) override {}
  auto Check(llvm::ArrayRef<Literal> assumptions, Effort &effort) -> Finding override {
    assumed_ = assumptions.vec();
    return assumed_.size() >= 2 ? Finding::Unsat : Finding::Sat;
  }
  auto IsTrue(Literal literal) -> bool override { return false; }
  auto Core() -> std::vector<Literal> override { return assumed_; }

 private:
  Literal last_ = 0;
  std::vector<Literal> assumed_;
};

TEST(Booleans, RanksSayWhatACoreDoesWithout) {
  Program program;
  const ColumnId count = program.AddColumn({.upper = 99, .reach = 99});
  for (Cause cause = 1; cause <= 8; ++cause) program.AddRow({{count, 1}}, 10, cause);
  const auto core = [&](const std::vector<uint32_t> &rank) {
    Effort effort{kPlenty};
    const MakeProver make = [] { return std::unique_ptr<Prover>(std::make_unique<Vague>()); };
    return Booleans(program, make).Cores(1, rank, effort)[0].core;
  };
  EXPECT_EQ(core({}), (std::vector<Cause>{7, 8}));
  EXPECT_EQ(core({0, 0, 0, 5, 0, 5}), (std::vector<Cause>{3, 5}));
}

TEST(Booleans, WhatIsGivenAloneHasAnEmptyCore) {
  Program program;
  program.AddColumn({.lower = 2, .upper = 1, .reach = 3});
  Effort effort{kPlenty};
  const Answer answer = Booleans(program, kMake).Feasible(effort);
  EXPECT_EQ(answer.verdict, Verdict::Infeasible);
  EXPECT_TRUE(answer.core.empty());
  EXPECT_TRUE(answer.is_core_minimal);
}

// A bound from elsewhere ends the search as soon as it is met.
TEST(Booleans, ABoundFromElsewhereCounts) {
  Program program;
  for (int i = 0; i < 4; ++i) program.AddColumn({.cost = 3});
  program.AddRow({{0, -1}, {1, -1}, {2, -1}, {3, -1}}, -2, 1);
  Effort effort{kPlenty};
  Answer known;
  known.bound = 4;
  known.has_bound = true;
  const Answer best = Booleans(program, kMake).Improve(known, effort);
  EXPECT_EQ(best.verdict, Verdict::Optimal);
  EXPECT_EQ(best.cost, 6) << "no solution costs 4 or 5: costs go by threes";
}

TEST(Booleans, WithoutAProverNothingIsDecided) {
  Chance chance(5);
  for (int i = 0; i < 20; ++i) {
    const Program program = RandomProgram(chance, {});
    Effort effort{kPlenty};
    Booleans booleans(program, MakeUnknown);
    EXPECT_EQ(booleans.Improve({}, effort).verdict, Verdict::Undecided);
    EXPECT_TRUE(booleans.Cores(1, {}, effort).empty());
  }
}

}  // namespace
}  // namespace groma::reason
