// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/prover.h"

#include <gtest/gtest.h>

#include "llvm/ADT/StringRef.h"

namespace groma::reason {
namespace {

TEST(Prover, Z3IsThereAndSaysItsVersion) {
  EXPECT_EQ(EngineFault(), "");
  EXPECT_TRUE(llvm::StringRef(EngineVersion()).starts_with("4.")) << EngineVersion();
}

TEST(Prover, CoresNameWhatWasAssumed) {
  const auto prover = MakeZ3();
  std::vector<Literal> literals;
  for (int i = 0; i < 4; ++i) literals.push_back(prover->AddVariable());
  prover->AddAtMost({{literals[0], 2}, {literals[1], 3}}, 4);
  Effort effort{100'000};
  EXPECT_EQ(prover->Check(literals, effort), Finding::Unsat);
  EXPECT_EQ(prover->Core(), (std::vector<Literal>{literals[0], literals[1]}));
  EXPECT_LT(effort.left, 100'000U) << "effort has been spent";

  // A negated assumption is named as it was made.
  prover->AddClause({literals[2], literals[3]});
  EXPECT_EQ(prover->Check({-literals[2], -literals[3], literals[0]}, effort), Finding::Unsat);
  EXPECT_EQ(prover->Core(), (std::vector<Literal>{-literals[3], -literals[2]}));

  EXPECT_EQ(prover->Check({literals[1], -literals[2]}, effort), Finding::Sat);
  EXPECT_TRUE(prover->IsTrue(literals[3]));
  EXPECT_TRUE(prover->IsTrue(-literals[0]));
}

TEST(Prover, WhatIsNotAskedForIsFalse) {
  const auto prover = MakeZ3();
  std::vector<Term> terms;
  for (int i = 0; i < 30; ++i) terms.push_back({prover->AddVariable(), 1 + i % 3});
  prover->AddAtMost(terms, 50);
  Effort effort{100'000};
  ASSERT_EQ(prover->Check({}, effort), Finding::Sat);
  for (const Term &term : terms) EXPECT_FALSE(prover->IsTrue(term.literal));
}

TEST(Prover, NoEffortNoFinding) {
  const auto prover = MakeZ3();
  prover->AddClause({});
  Effort effort;
  EXPECT_EQ(prover->Check({}, effort), Finding::Unknown);
  effort.left = 1000;
  EXPECT_EQ(prover->Check({}, effort), Finding::Unsat);
}

TEST(ProverDeathTest, ARowThatWouldOverflowIsAMistakeOfGroma) {
  const auto prover = MakeZ3();
  const Literal a = prover->AddVariable(), b = prover->AddVariable();
  EXPECT_DEATH(prover->AddAtMost({{a, 1 << 29}, {b, 1 << 29}}, 5), "a row fits");
}

TEST(Prover, TheOneThatKnowsNothingSaysSo) {
  const auto prover = MakeUnknown();
  prover->AddClause({prover->AddVariable()});
  Effort effort{1000};
  EXPECT_EQ(prover->Check({}, effort), Finding::Unknown);
}

}  // namespace
}  // namespace groma::reason
