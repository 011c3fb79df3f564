// SPDX-License-Identifier: Apache-2.0
// Decides what a plan leaves open.
#pragma once

#include <optional>
#include <vector>

#include "groma/base/date.h"
#include "groma/diagnostics/sink.h"
#include "groma/plan/plan.h"
#include "groma/reason/solver.h"

namespace groma::solve {

using diagnostics::Sink;

// What the schedule knows: a pool may be used from this day on.
struct Cut {
  plan::EntityId pool{};
  base::Date usable_from;
};

struct Options {
  uint64_t effort = 100;  // in hundredths of the usual one
  bool is_explaining = true;
  reason::MakeProver prover = reason::MakeZ3;
};

struct Solution {
  plan::Decisions decisions;
  std::vector<plan::Placement> placements;
  std::vector<plan::PackedMachines> packings;
  std::vector<plan::AimResult> aims;
  std::vector<plan::CostEntry> costs;
};

enum class Verdict : uint8_t { Solved, Infeasible, Undecided, Failed };

struct Result {
  Verdict verdict = Verdict::Failed;
  Solution solution;  // Solved
};

// Decides every unknown of `environment` under `cuts`. Reports why nothing can be decided: the
// smallest set of lines that contradict each other, prices that nobody states, effort that ended.
auto Solve(plan::Model &model, plan::Environment &environment, llvm::ArrayRef<Cut> cuts,
           const Options &options, Sink &sink) -> Result;

}  // namespace groma::solve
