// SPDX-License-Identifier: Apache-2.0
// What a plan would be if one choice had to be another one.
#pragma once

#include "instance.h"
#include "solve.h"

namespace groma::solve {

// Adds rows that rule out what was chosen. False if that is no choice of the plan.
auto RuleOut(Instance &instance, const RuledOut &out) -> bool;

// The lines that leave no other choice: a smallest set of those that contradict each other in the
// program as it is.
auto LinesThatForce(Instance &instance, reason::MakeProver prover, reason::Effort &effort)
    -> std::vector<source::Span>;

}  // namespace groma::solve
