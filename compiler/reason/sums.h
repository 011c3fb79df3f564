// SPDX-License-Identifier: Apache-2.0
// Linear rows of Booleans with numbers of any size, as rows that a prover can take.
#pragma once

#include "groma/reason/prover.h"

namespace groma::reason {

// A term of a sum: of any sign and size.
struct WideTerm {
  Literal literal = 0;
  int64_t coefficient = 0;
};

// No sum of coefficients, nor a limit, may reach this in absolute value.
inline constexpr int64_t kWidest = int64_t{1} << 62;

// sum(terms) <= limit, where `guard` is true; everywhere if it is 0. No variable occurs twice.
//
// A row whose numbers are too large for a prover is cut into a high and a low row, with a carry of
// fresh variables between them: all of its solutions remain, and no others.
void AddSum(Prover &prover, std::vector<WideTerm> terms, int64_t limit, Literal guard);

// sum(terms) == limit, likewise.
void AddEqual(Prover &prover, llvm::ArrayRef<WideTerm> terms, int64_t limit, Literal guard);

}  // namespace groma::reason
