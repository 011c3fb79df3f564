// SPDX-License-Identifier: Apache-2.0
// Bounds and proofs of infeasibility by a first-order method: floating point looks for multipliers,
// the certificate says in integers what they are worth. Scales to millions of entries.
#pragma once

#include <optional>
#include <vector>

#include "groma/reason/certificate.h"
#include "groma/reason/program.h"

namespace groma::reason {

struct Multipliers {
  std::vector<double> rows;     // one for each row of the program
  std::vector<double> reduced;  // cost of one unit of each column once the rows are paid for
  int64_t bound = 0;            // certified; kNoSolution if the part has no solution
  bool has_bound = false;
};

// The best bound found before the effort is spent or no better one is in sight. `start`:
// multipliers to begin with, such as those of a similar part.
auto BoundByGradient(const Program &program, const Part &part, Effort &effort,
                     llvm::ArrayRef<double> start = {}) -> Multipliers;

// Multipliers of the rows that prove that the part has no solution; nothing if none were found,
// be it that there are solutions, fractional ones, or too little effort.
auto FindRay(const Program &program, const Part &part, Effort &effort,
             llvm::ArrayRef<double> start = {}) -> std::optional<std::vector<double>>;

}  // namespace groma::reason
