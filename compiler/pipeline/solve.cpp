// SPDX-License-Identifier: Apache-2.0
// From a checked model to solved plans: decide, then read every requirement again under what was
// decided.
#include "groma/base/check.h"
#include "groma/evaluate/evaluate.h"
#include "groma/lower/azure/azure.h"
#include "groma/plan/known.h"
#include "groma/pipeline/compile.h"
#include "llvm/ADT/STLExtras.h"
#include "messages.h"
#include "neighbours.h"
#include "rounds.h"

namespace groma::pipeline {
namespace {

using plan::IsSome;

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
// True if a rule reads what the schedule works out.
auto WaitsForDates(const plan::Model &model, const plan::Environment &open) -> bool {
  return !open.waiting.empty() ||
         llvm::any_of(open.outcomes,
                      [&](const plan::Outcome &outcome) { return plan::IsOfDates(model, outcome); });
}

// What waited for the dates is judged here for the first time.
void Verify(plan::Model &model, const plan::Environment &open, plan::Plan &plan, Sink &sink) {
  Sink found;
  evaluate::EvaluateAll(model, plan.environment, found);
  for (const diagnostics::Diagnostic &diagnostic : found.diagnostics()) {
    if (diagnostic.row.severity == diagnostics::Severity::Error && !WaitsForDates(model, open)) {
      base::CheckFailed(("a decided plan breaks a rule: " + diagnostic.message).c_str());
    }
  }
  sink.Append(std::move(found));
}

// What aims over dates came to: they follow from what is decided, so that nothing was decided for them,
// and yet no plan may be better.
void AddAimsOfDates(const plan::Environment &open,
                    llvm::ArrayRef<std::optional<base::Rational>> best, plan::Plan &plan,
                    Sink &sink) {
  for (size_t i = 0; i < open.aims.size(); ++i) {
    const plan::Aim &aim = open.aims[i];
    const bool is_there = llvm::any_of(
        plan.aims, [&](const plan::AimResult &one) { return one.span == aim.span; });
    if (is_there) continue;
    const plan::Value value =
        i < plan.environment.aims.size() ? plan.environment.aims[i].value : plan::Value();
    const bool is_bounded = value.tag == plan::ValueTag::Number && best[i].has_value();
    if (is_bounded) {
      plan.aims.push_back(
          {value.number, *best[i], aim.is_maximize, value.number == *best[i], value, aim.span});
    }
    if (!is_bounded || !plan.aims.back().is_proved) {
      sink.Report(message::AimOfSchedule, aim.span)
          .Help("ask for the date itself, as in `by = 2027-09-30` or `require schedule.slack >= 20 days`");
    }
  }
}

// A decided environment with its dates; nothing if a step is late, or a rule over dates is broken.
auto Finish(Result &result, const plan::Environment &open, const solve::Options &options,
            Decided decided, Sink &sink, solve::Verdict &verdict) -> std::optional<plan::Plan> {
  plan::Model &model = *result.model;
  verdict = decided.result.verdict;
  sink.Append(std::move(decided.said));
  if (verdict != solve::Verdict::Solved) return std::nullopt;
  plan::Plan plan = Seal(model, open, std::move(decided.result.solution));
  if (!options.suspended.empty()) return plan;  // what breaks a suspended rule is no fault
  lower::AddAddresses(plan, options.pins, sink);
  plan.environment = open.Unread();
  plan.environment.decisions = plan.decisions.get();
  switch (decided.dates) {
    case schedule::Verdict::Late:
      verdict = solve::Verdict::Infeasible;
      if (!result.keeps_late) return std::nullopt;
      break;
    case schedule::Verdict::Failed:
      verdict = solve::Verdict::Failed;
      return std::nullopt;
    case schedule::Verdict::Scheduled:
      break;
  }
  Sink found;
  Verify(model, open, plan, found);
  AddAimsOfDates(open, decided.best, plan, found);
  const bool is_broken = found.has_errors();
  sink.Append(std::move(found));
  if (!is_broken || result.keeps_late) return plan;
  verdict = solve::Verdict::Infeasible;
  return std::nullopt;
}

// What one environment shares with nobody it has for itself; that is told, for it is hardly meant.
void WarnOfUnshared(Result &result, plan::Environment &environment, Sink &sink) {
  plan::Model &model = *result.model;
  const auto others = llvm::ArrayRef(AllWith(result, environment)).drop_front().vec();
  for (const plan::EntityId site : solve::SharedSites(model, environment)) {
    const bool is_shared = llvm::any_of(others, [&](plan::Environment *other) {
      return llvm::is_contained(solve::SharedSites(model, *other), site);
    });
    if (is_shared) continue;
    sink.Report(message::SharedByNobody, model.entity(environment.entity).span,
                model.text(environment.name).str(), model.FullName(site))
        .Help("write it into the `shares` of those that use it too: what they use then adds up");
  }
}

}  // namespace

auto SolveEnvironment(Result &result, plan::Environment &environment,
                      const solve::Options &options, Sink &sink, solve::Verdict &verdict)
    -> std::optional<plan::Plan> {
  auto decided = DecideInRounds(result, AllWith(result, environment), 1, options, sink);
  return Finish(result, environment, options, std::move(decided[0]), sink, verdict);
}

auto SolvePlan(Result &result, const solve::Options &options, Sink &sink)
    -> std::vector<plan::Plan> {
  std::vector<plan::Plan> plans;
  if (sink.error_count() != 0) return plans;
  auto &environments = result.model->environments;
  std::vector<std::optional<Decided>> solved(environments.size());
  for (size_t i = 0; i < environments.size(); ++i) {
    WarnOfUnshared(result, environments[i], sink);
    if (solved[i]) continue;
    // Those that were asked for come first.
    auto group = AllWith(result, environments[i]);
    const auto index = [&](const plan::Environment *environment) -> size_t {
      const bool is_asked = environment >= environments.data() &&
                            environment < environments.data() + environments.size();
      return is_asked ? environment - environments.data() : environments.size();
    };
    llvm::stable_sort(group, [&](auto *a, auto *b) { return index(a) < index(b); });
    const auto asked = static_cast<size_t>(
        llvm::count_if(group, [&](auto *one) { return index(one) < environments.size(); }));
    auto results = DecideInRounds(result, group, asked, options, sink);
    for (size_t k = 0; k < asked; ++k) solved[index(group[k])] = std::move(results[k]);
  }
  for (size_t i = 0; i < environments.size(); ++i) {
    Sink own;
    solve::Verdict verdict{};
    auto plan = Finish(result, environments[i], options, std::move(*solved[i]), own, verdict);
    if (environments.size() > 1) {
      own.NoteErrors("this is so in the environment `" +
                     result.model->text(environments[i].name).str() + "`");
    }
    sink.Append(std::move(own));
    if (plan) plans.push_back(std::move(*plan));
  }
  return plans;
}

}  // namespace groma::pipeline
