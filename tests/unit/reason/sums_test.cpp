// SPDX-License-Identifier: Apache-2.0
#include "groma/reason/sums.h"

#include <gtest/gtest.h>

#include "exhaustive.h"

namespace groma::reason {
namespace {

// Each choice of Booleans is a solution if and only if it keeps the row, and all are if the guard
// is false.
void ExpectExact(test::Chance &chance, int64_t scale, bool is_equal) {
  const auto prover = MakeZ3();
  std::vector<WideTerm> terms;
  for (int i = 0; i < 5; ++i) {
    terms.push_back(
        {prover->AddVariable(), chance.In(-4, 5) * scale + chance.In(-scale, scale) / 3});
  }
  const Literal guard = prover->AddVariable();
  // Every other limit is one that some choice just reaches.
  int64_t limit = chance.In(-9, 9) * scale + chance.In(0, scale);
  if (is_equal || chance.In(0, 1) == 0) {
    limit = 0;
    for (const WideTerm &term : terms) limit += chance.In(0, 1) * term.coefficient;
  }
  if (is_equal) {
    AddEqual(*prover, terms, limit, guard);
  } else {
    AddSum(*prover, terms, limit, guard);
  }
  for (uint32_t choice = 0; choice < 32; ++choice) {
    int64_t sum = 0;
    std::vector<Literal> assumed;
    for (size_t i = 0; i < terms.size(); ++i) {
      const bool is_true = (choice >> i & 1) != 0;
      sum += is_true ? terms[i].coefficient : 0;
      assumed.push_back(is_true ? terms[i].literal : -terms[i].literal);
    }
    Effort effort{1'000'000};
    EXPECT_EQ(prover->Check(assumed, effort), Finding::Sat);
    assumed.push_back(guard);
    const bool keeps = is_equal ? sum == limit : sum <= limit;
    EXPECT_EQ(prover->Check(assumed, effort), keeps ? Finding::Sat : Finding::Unsat) << choice;
  }
}

TEST(Sums, AreExactWhateverTheirSize) {
  test::Chance chance(1);
  for (int bits = 0; bits < 58; ++bits) {
    SCOPED_TRACE(bits);
    ExpectExact(chance, (int64_t{1} << bits) + 1, false);
    ExpectExact(chance, (int64_t{1} << bits) + 1, true);
  }
}

TEST(Sums, AnEquationThatOnlyMultiplesReachNeedsNoSearch) {
  const auto prover = MakeZ3();
  std::vector<WideTerm> terms;
  for (int i = 0; i < 60; ++i) terms.push_back({prover->AddVariable(), 6});
  AddEqual(*prover, terms, 100, 0);
  Effort effort{10'000};
  EXPECT_EQ(prover->Check({}, effort), Finding::Unsat);
}

}  // namespace
}  // namespace groma::reason
