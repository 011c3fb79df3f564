// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/shrink.h"

#include <gtest/gtest.h>

#include "llvm/ADT/STLExtras.h"

namespace groma::reason {
namespace {

auto FirstCauses(Cause count) -> std::vector<Cause> {
  std::vector<Cause> causes;
  for (Cause cause = 1; cause <= count; ++cause) causes.push_back(cause);
  return causes;
}

// Unsat with all that was tried, as long as everything of `needed` is among it.
auto Unless(llvm::ArrayRef<Cause> needed) {
  return [needed](llvm::ArrayRef<Cause> tried) {
    const bool is_unsat =
        llvm::all_of(needed, [&](Cause cause) { return llvm::is_contained(tried, cause); });
    return Trial{is_unsat ? Finding::Unsat : Finding::Sat, tried.vec()};
  };
}

TEST(Shrink, LeavesWhatIsNeeded) {
  for (const auto &needed : {std::vector<Cause>{}, {1}, {20}, {3, 4, 19}, FirstCauses(20)}) {
    const Shrunk shrunk = Shrink(FirstCauses(20), Unless(needed));
    EXPECT_EQ(shrunk.core, needed);
    EXPECT_TRUE(shrunk.is_minimal);
  }
}

TEST(Shrink, AFewNeededOfManyTakeFewTrials) {
  int trials = 0;
  const std::vector<Cause> needed{77, 78};
  Shrink(FirstCauses(400), [&](llvm::ArrayRef<Cause> tried) {
    ++trials;
    return Unless(needed)(tried);
  });
  EXPECT_LT(trials, 40);
}

TEST(Shrink, BelievesASmallerCoreThatATrialFinds) {
  int trials = 0;
  const std::vector<Cause> needed{5};
  const Shrunk shrunk = Shrink(FirstCauses(400), [&](llvm::ArrayRef<Cause> tried) {
    ++trials;
    Trial trial = Unless(needed)(tried);
    trial.core = needed;
    return trial;
  });
  EXPECT_EQ(shrunk.core, needed);
  EXPECT_LT(trials, 10);
}

TEST(Shrink, WhatStaysUnknownStaysAndIsSaid) {
  const Shrunk shrunk = Shrink(FirstCauses(3), [&](llvm::ArrayRef<Cause> tried) {
    // Whether cause 2 is needed cannot be found out.
    if (!llvm::is_contained(tried, 2U)) return Trial{};
    return Unless({1})(tried);
  });
  EXPECT_EQ(shrunk.core, (std::vector<Cause>{1, 2}));
  EXPECT_FALSE(shrunk.is_minimal);
}

}  // namespace
}  // namespace groma::reason
