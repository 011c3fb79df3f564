// SPDX-License-Identifier: Apache-2.0
// From a checked model to solved plans: decide, then read every requirement again under what was
// decided.
#include "groma/base/check.h"
#include "groma/evaluate/evaluate.h"
#include "groma/pipeline/compile.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::pipeline {
namespace {

auto Seal(plan::Model &model, const plan::Environment &open, solve::Solution solution)
    -> plan::Plan {
  plan::Plan plan;
  plan.model = &model;
  plan.unknowns = open.unknowns;
  plan.decisions = std::make_unique<plan::Decisions>(std::move(solution.decisions));
  plan.placements = std::move(solution.placements);
  plan.packings = std::move(solution.packings);
  plan.aims = std::move(solution.aims);
  plan.costs = std::move(solution.costs);
  plan.environment = open.Unread();
  plan.environment.decisions = plan.decisions.get();
  return plan;
}

// The evaluator has the last word: what it finds wrong with a decided plan is a fault of groma. What
// it only warns of is for the user.
void Verify(plan::Model &model, plan::Plan &plan, Sink &sink) {
  Sink found;
  evaluate::EvaluateAll(model, plan.environment, found);
  for (const diagnostics::Diagnostic &diagnostic : found.diagnostics()) {
    if (diagnostic.row.severity == diagnostics::Severity::Error) {
      base::CheckFailed(("a decided plan breaks a rule: " + diagnostic.message).c_str());
    }
  }
  sink.Append(std::move(found));
}

}  // namespace

auto SolveEnvironment(plan::Model &model, plan::Environment &environment,
                      const solve::Options &options, Sink &sink, solve::Verdict &verdict)
    -> std::optional<plan::Plan> {
  solve::Result solved = solve::Solve(model, environment, {}, options, sink);
  verdict = solved.verdict;
  if (solved.verdict != solve::Verdict::Solved) return std::nullopt;
  plan::Plan plan = Seal(model, environment, std::move(solved.solution));
  Verify(model, plan, sink);
  return plan;
}

auto SolvePlan(Result &result, const solve::Options &options, Sink &sink)
    -> std::vector<plan::Plan> {
  std::vector<plan::Plan> plans;
  if (sink.error_count() != 0) return plans;
  for (plan::Environment &environment : result.model->environments) {
    solve::Verdict verdict{};
    Sink own;
    auto plan = SolveEnvironment(*result.model, environment, options, own, verdict);
    // Where one of several cannot be decided, its messages say which.
    if (result.model->environments.size() > 1) {
      own.NoteErrors("this is so in the environment `" +
                     result.model->text(environment.name).str() + "`");
    }
    sink.Append(std::move(own));
    if (plan) plans.push_back(std::move(*plan));
  }
  return plans;
}

}  // namespace groma::pipeline
