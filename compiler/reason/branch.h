// SPDX-License-Identifier: Apache-2.0
// The cheapest solution of a program and the proof that it is one, or the proof that there is
// none.
#pragma once

#include "groma/reason/program.h"
#include "groma/reason/watch.h"

namespace groma::reason {

// What it took, for measurements.
struct BranchCounts {
  uint64_t nodes = 0;
};

// Optimal; Infeasible, without a core; or when the effort is out Feasible or Undecided, with a
// certified bound if one was found. `incumbent` may be a solution known from elsewhere: it saves
// effort. A step of effort is about a thousand matrix entries, which is a pivot of a small program.
auto Branch(const Program &program, const std::vector<int64_t> *incumbent, Effort &effort,
            BranchCounts *counts = nullptr, const Watch &watch = {}) -> Answer;

}  // namespace groma::reason
