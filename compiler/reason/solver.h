// SPDX-License-Identifier: Apache-2.0
// The engines in their order: what is small is solved and proved, what is large is searched and
// bounded.
#pragma once

#include "groma/reason/prover.h"
#include "groma/reason/watch.h"

namespace groma::reason {

// Steps of the effort that a user has who asks for nothing else.
inline constexpr uint64_t kUsualEffort = 5'000'000;
// The same for a program of this size: where each step is longer, as many of them take more.
auto UsualEffort(const Program &program) -> uint64_t;

// The cheapest solution, with the best bound that the effort allows. `start`: values of a solution
// to begin with, or null. `watch` is told how far it is. Infeasible answers have no core: `Booleans::Cores` finds them.
auto Solve(const Program &program, Effort &effort, MakeProver prover,
           const std::vector<int64_t> *start = nullptr, const Watch &watch = {}) -> Answer;

}  // namespace groma::reason
