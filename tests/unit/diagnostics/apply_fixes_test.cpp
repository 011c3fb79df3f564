// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/apply_fixes.h"

#include <gtest/gtest.h>

#include "plans.h"

namespace groma::diagnostics {
namespace {

auto Fixed(std::vector<Edit> edits, Applicability applicability = Applicability::Safe)
    -> Diagnostic {
  auto d = Say(kUnused, "fix me");
  d.fixes.push_back({"fix", std::move(edits), applicability});
  return d;
}

TEST(ApplyFixes, AppliesInOrderOfPlace) {
  const Plan plan("let a = b + c\n");
  EXPECT_EQ(ApplyFixes(plan.file(0),
                       {Fixed({{plan.Of("c"), "gamma"}}),
                        Fixed({{plan.Of("a"), ""}, {Plan::After(plan.Of("b")), "eta"}})},
                       Applicability::Safe),
            "let  = beta + gamma\n");
}

TEST(ApplyFixes, UnsafeOnesOnRequest) {
  const Plan plan("let a = b\n");
  const auto d = Fixed({{plan.Of("b"), "c"}}, Applicability::Unsafe);
  EXPECT_EQ(ApplyFixes(plan.file(0), d, Applicability::Safe), std::nullopt);
  EXPECT_EQ(ApplyFixes(plan.file(0), d, Applicability::Unsafe), "let a = c\n");
}

TEST(ApplyFixes, OnlyTheFirstFixOfADiagnostic) {
  const Plan plan("let a = b\n");
  auto d = Fixed({{plan.Of("a"), "x"}});
  d.fixes.push_back({"other", {{plan.Of("b"), "y"}}, Applicability::Safe});
  EXPECT_EQ(ApplyFixes(plan.file(0), d, Applicability::Safe), "let x = b\n");
  d.fixes.front().applicability = Applicability::Unsafe;
  EXPECT_EQ(ApplyFixes(plan.file(0), d, Applicability::Safe), std::nullopt);
}

TEST(ApplyFixes, OverlappingFixIsLeftOutAsAWhole) {
  const Plan plan("let a = b + c\n");
  EXPECT_EQ(
      ApplyFixes(
          plan.file(0),
          {Fixed({{plan.Of("b + c"), "d"}}), Fixed({{plan.Of("c"), "z"}, {plan.Of("a"), "y"}}),
           Fixed({{Plan::Before(plan.Of("+")), "x"}}), Fixed({{Plan::After(plan.Of("c")), "!"}})},
          Applicability::Safe),
      "let y = b x+ z!\n")
      << "the second begins first, so it wins over the first";
}

TEST(ApplyFixes, WhatALeftOutFixWouldEditStaysFree) {
  const Plan plan("let a = b + c\n");
  EXPECT_EQ(
      ApplyFixes(plan.file(0),
                 {Fixed({{plan.Of("a"), "x"}}), Fixed({{plan.Of("b"), "y"}, {plan.Of("a"), "z"}}),
                  Fixed({{plan.Of("b"), "w"}})},
                 Applicability::Safe),
      "let x = w + c\n");
}

TEST(ApplyFixes, InsertionsAtOnePlace) {
  const Plan plan("let a = b\n");
  const Span at = Plan::Before(plan.Of("let"));
  EXPECT_EQ(ApplyFixes(plan.file(0),
                       {Fixed({{at, "import x\n"}}), Fixed({{at, "import x\n"}}),
                        Fixed({{at, "import y\n"}}), Fixed({{plan.Of("let"), "LET"}})},
                       Applicability::Safe),
            "import x\nLET a = b\n");
}

TEST(ApplyFixes, TouchingEditsAndEnds) {
  const Plan plan("abcd");
  EXPECT_EQ(ApplyFixes(plan.file(0),
                       {Fixed({{plan.Of("ab"), "1"}}), Fixed({{plan.Of("cd"), "2"}}),
                        Fixed({{Plan::Before(plan.Of("c")), "|"}}),
                        Fixed({{Plan::After(plan.Of("d")), "$"}})},
                       Applicability::Safe),
            "1|2$");
}

TEST(ApplyFixes, AFixOverTwoFilesIsTakenOrLeftInBoth) {
  Plan plan("let a = b\n");
  plan.Add("other.groma", "let c = d\n");
  const auto wins = Fixed({{plan.Of("a"), "x"}});
  const auto loses = Fixed({{plan.Of("a = b"), "y"}, {plan.Of("c", 1, 1), "z"}});
  EXPECT_EQ(ApplyFixes(plan.file(0), {wins, loses}, Applicability::Safe), "let x = b\n");
  EXPECT_EQ(ApplyFixes(plan.file(1), {wins, loses}, Applicability::Safe), std::nullopt);
  EXPECT_EQ(ApplyFixes(plan.file(1), loses, Applicability::Safe), "let z = d\n");
  EXPECT_EQ(ChooseFixes({wins, loses}, Applicability::Safe).size(), 1u);
}

TEST(ApplyFixes, NothingForTheLibraryOrWithoutChange) {
  Plan plan("let a = b\n");
  plan.AddLibrary("stdlib/prelude.groma", "kind site {}\n");
  EXPECT_EQ(ApplyFixes(plan.file(1), Fixed({{plan.Of("site", 1, 1), "x"}}), Applicability::Safe),
            std::nullopt);
  EXPECT_EQ(ApplyFixes(plan.file(0), Fixed({{plan.Of("a"), "a"}}), Applicability::Safe),
            std::nullopt);
  EXPECT_EQ(ApplyFixes(plan.file(0), Fixed({{{0, 0}, "a"}}), Applicability::Safe), std::nullopt);
  EXPECT_EQ(ApplyFixes(plan.file(0), {}, Applicability::Safe), std::nullopt);
}

}  // namespace
}  // namespace groma::diagnostics
