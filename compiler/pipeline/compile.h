// SPDX-License-Identifier: Apache-2.0
// Compiling runs the passes over a loaded plan, in their order.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "groma/check/check.h"
#include "groma/diagnostics/sink.h"
#include "groma/modules/module.h"
#include "groma/output/file.h"
#include "groma/plan/plan.h"
#include "groma/solve/solve.h"
#include "groma/source/set.h"

namespace groma::pipeline {

using diagnostics::Sink;

struct Options {
  check::Options check;
  // The environments that are looked at, in the model's order; all of them if empty.
  std::vector<std::string> environments;
  // Scenarios that are played in every environment, in this order.
  std::vector<std::string> scenarios;
  // Reads what deciding asks for beyond what the plan names: lists of prices and the like.
  bool will_solve = false;
};

struct Result {
  // Holds only the environments that were asked for, each of them evaluated.
  std::unique_ptr<plan::Model> model;
  // Those that were not asked for: what they share is shared all the same.
  std::vector<plan::Environment> left_out;
  // Those in which scenarios were played; their plans may point into them.
  std::deque<std::vector<plan::Environment>> played;
  // A plan whose steps are late is one all the same: it is told how it stands.
  bool keeps_late = false;
};

// Everything that can be said of a plan without deciding anything. Always returns a model; what is
// wrong in it was reported.
auto CheckPlan(const modules::Store &store, Options options, Sink &sink) -> Result;

// Decides what each environment leaves open. One plan for each that has one; why the others have none
// was reported. Nothing is decided where the check found errors.
auto SolvePlan(Result &result, const solve::Options &options, Sink &sink)
    -> std::vector<plan::Plan>;

// One environment, evaluated before, beside those with which it shares sites; nothing if it has no
// plan, for the reason of `verdict`.
auto SolveEnvironment(Result &result, plan::Environment &environment,
                      const solve::Options &options, Sink &sink, solve::Verdict &verdict)
    -> std::optional<plan::Plan>;

// Plays every scenario of the plan in the environments of `plans`, and adds what comes out to each of them. Limits
// that a scenario breaks are lifted in it: first of days, then as few budgets as will do.
void PlayScenarios(Result &result, const solve::Options &options, std::vector<plan::Plan> &plans);

// What a plan would be if one of its choices had to be another one.
struct Alternative {
  solve::Verdict verdict = solve::Verdict::Failed;
  plan::Value value;  // Solved: the nearest other one
  // By how much the first aim that differs is worse; nothing if none differs.
  struct Difference {
    plan::Value by;  // negative: it is better
    bool is_maximize = false;
    size_t aim = 0;
  };
  std::optional<Difference> difference;
  bool is_proved = false;
  // Infeasible: the lines that leave no other choice.
  std::vector<source::Span> forcing;
};

// `environment` is the one that `plan` decides. The member is a choice of it, or `placed_on`.
auto NextBest(Result &checked, plan::Environment &environment, const plan::Plan &plan,
              plan::EntityId entity, plan::Slot slot, solve::Options options) -> Alternative;

// The files of solved plans: what each `emit` asks for, `plan.json`, `trace.json`, `manifest.json`.
// With several plans, each environment has a folder. What is not written yet is reported.
auto EmitFiles(std::vector<plan::Plan> &plans, const source::Set &sources,
               llvm::StringRef version, Sink &sink) -> std::vector<output::File>;

// What became of one of the plan's own tests, in one environment.
struct TestResult {
  plan::EntityId test{};
  plan::SymbolId environment{};
  bool passed = false;
};

// Runs the tests of the plan: each under its `given` lines, on top of its scenario, in its
// environment or in each. Reports what was expected and did not come.
auto RunTests(Result &result, const solve::Options &options, Sink &sink) -> std::vector<TestResult>;

}  // namespace groma::pipeline
