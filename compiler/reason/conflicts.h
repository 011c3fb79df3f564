// SPDX-License-Identifier: Apache-2.0
// Why a program has no solution: small sets of causes that cannot hold together. What follows from
// bounds alone is found first, then what adds up to too much, then what only trying out tells.
#pragma once

#include <vector>

#include "groma/reason/core.h"
#include "groma/reason/prover.h"

namespace groma::reason {

// Up to `several` that share no cause; one without causes if what is given contradicts itself.
// Empty if the program has a solution or nothing is proved.
auto FindConflicts(const Program &program, const CoreWish &wish, uint32_t several,
                   MakeProver prover, Effort &effort) -> std::vector<AggregateCore>;

}  // namespace groma::reason
