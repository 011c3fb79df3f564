// SPDX-License-Identifier: Apache-2.0
// Capacity and dates, decided together in rounds.
#pragma once

#include "dates.h"
#include "groma/pipeline/compile.h"

namespace groma::pipeline {

// An environment as it was decided, with the dates of its steps among the decisions.
struct Decided {
  solve::Result result;
  schedule::Verdict dates = schedule::Verdict::Failed;  // where there is a result
  Sink said;                                            // of its dates
  std::vector<std::optional<base::Rational>> best;      // of each aim, where sooner dates serve it
};

// Decides environments that share sites, and schedules them. What was decided asks for dates (a pool
// must be accepted before its workloads come) and what is paid follows dates, so that where the schedule
// does not agree everything is decided again under what the schedule knows. What the last round says of
// the first `asked` of them is reported, but for what it says of dates. `shifts` are those of the first.
auto DecideInRounds(Result &result, llvm::ArrayRef<plan::Environment *> environments,
                    size_t asked, const solve::Options &options, Sink &sink,
                    llvm::ArrayRef<schedule::Shift> shifts = {}) -> std::vector<Decided>;

}  // namespace groma::pipeline
