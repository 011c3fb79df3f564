// SPDX-License-Identifier: Apache-2.0
// Compiling runs the passes over a loaded plan, in their order.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "groma/check/check.h"
#include "groma/diagnostics/sink.h"
#include "groma/modules/module.h"
#include "groma/plan/plan.h"
#include "groma/solve/solve.h"

namespace groma::pipeline {

using diagnostics::Sink;

struct Options {
  check::Options check;
  // The environments that are looked at, in the model's order; all of them if empty.
  std::vector<std::string> environments;
  // Reads what deciding asks for beyond what the plan names: lists of prices and the like.
  bool will_solve = false;
};

struct Result {
  // Holds only the environments that were asked for, each of them evaluated.
  std::unique_ptr<plan::Model> model;
};

// Everything that can be said of a plan without deciding anything. Always returns a model; what is
// wrong in it was reported.
auto CheckPlan(const modules::Store &store, Options options, Sink &sink) -> Result;

// Decides what each environment leaves open. One plan for each that has one; why the others have none
// was reported. Nothing is decided where the check found errors.
auto SolvePlan(Result &result, const solve::Options &options, Sink &sink)
    -> std::vector<plan::Plan>;

}  // namespace groma::pipeline
