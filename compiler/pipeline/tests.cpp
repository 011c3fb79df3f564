// SPDX-License-Identifier: Apache-2.0
// The plan's own tests: rewrite, decide, compare with what was expected.
#include "groma/evaluate/evaluate.h"
#include "groma/pipeline/compile.h"
#include "groma/plan/known.h"
#include "groma/plan/print.h"
#include "llvm/ADT/STLExtras.h"
#include "messages.h"

namespace groma::pipeline {
namespace {

using plan::EntityId;
using plan::IsSome;

class Tester {
 public:
  Tester(Result &result, const solve::Options &options, Sink &sink)
      : result_(result), model_(*result.model), options_(options), sink_(sink) {}

  auto Run(EntityId test, const plan::Environment &base) -> bool {
    test_ = test;
    environment_ = base.Unread();
    Rewrite(EntityIn(test, "scenario"));
    Rewrite(test);
    bool passed = true;
    for (const plan::Expectation &expectation : model_.entity(test).expectations) {
      passed &= Meets(expectation);
    }
    return passed;
  }

  // None if the test is for every environment.
  auto EnvironmentOf(EntityId test, plan::Environment &base) -> EntityId {
    Sink ignored;
    evaluate::Evaluator evaluator(model_, base, ignored);
    const plan::Slot slot = Slot(test, "environment");
    const plan::Value value = evaluator.Read(test, slot).value;
    return value.tag == plan::ValueTag::Entity ? value.entity : EntityId{};
  }

 private:
  auto Slot(EntityId entity, llvm::StringRef member) const -> plan::Slot {
    return model_.kind(model_.entity(entity).kind).members.Find(model_.symbols.Find(member));
  }
  auto EntityIn(EntityId entity, llvm::StringRef member) -> EntityId {
    Sink ignored;
    plan::Environment scratch = environment_.Unread();
    evaluate::Evaluator evaluator(model_, scratch, ignored);
    const plan::Value value = evaluator.Read(entity, Slot(entity, member)).value;
    return value.tag == plan::ValueTag::Entity ? value.entity : EntityId{};
  }
  void Rewrite(EntityId by) {
    if (!IsSome(by)) return;
    for (const plan::Rewrite &rewrite : model_.entity(by).rewrites) {
      environment_.rewrites.push_back(&rewrite);
    }
  }

  struct Outcome {
    solve::Verdict verdict = solve::Verdict::Failed;
    std::optional<plan::Plan> plan;
    std::vector<diagnostics::Diagnostic> said;
  };

  // Decides the environment with some policies left out.
  auto Decide(llvm::ArrayRef<EntityId> suspended, bool is_explaining = false) -> Outcome {
    options_.is_explaining = is_explaining;
    Outcome outcome;
    Sink sink;
    attempts_.push_back(environment_.Unread());
    plan::Environment &environment = attempts_.back();
    environment.suspended.assign(suspended.begin(), suspended.end());
    evaluate::EvaluateAll(model_, environment, sink);
    const bool has_other = llvm::any_of(sink.diagnostics(), [](const auto &diagnostic) {
      return diagnostic.row.severity == diagnostics::Severity::Error &&
             diagnostic.row.name != "PolicyViolated";
    });
    if (has_other) {
      outcome.verdict = solve::Verdict::Failed;
    } else if (sink.has_errors()) {
      // A policy that is broken as it stands leaves nothing to decide.
      outcome.verdict = solve::Verdict::Infeasible;
    } else {
      outcome.plan = SolveEnvironment(result_, environment, options_, sink, outcome.verdict);
    }
    outcome.said = sink.diagnostics();
    return outcome;
  }

  auto Meets(const plan::Expectation &expectation) -> bool {
    Outcome outcome = Decide({});
    if (outcome.verdict == solve::Verdict::Undecided || outcome.verdict == solve::Verdict::Failed) {
      return Fail(expectation, "it could not be decided", outcome);
    }
    const bool is_feasible = outcome.verdict == solve::Verdict::Solved;
    switch (expectation.of) {
      case plan::Expectation::Of::Feasible:
        return is_feasible || FailWithoutPlan(expectation);
      case plan::Expectation::Of::Infeasible:
        return MeetsInfeasible(expectation, outcome);
      case plan::Expectation::Of::Condition:
        break;
    }
    if (!is_feasible) return FailWithoutPlan(expectation);
    Sink sink;
    evaluate::Evaluator evaluator(model_, outcome.plan->environment, sink);
    const plan::Value value = evaluator.Evaluate(expectation.condition, test_).value;
    if (value.tag == plan::ValueTag::Bool && value.boolean) return true;
    const bool is_known = value.tag == plan::ValueTag::Bool;
    auto report = Report(expectation, is_known ? "it does not hold" : "it could not be worked out");
    size_t told = 0;
    TellValues(expectation.condition, evaluator, report, told);
    return false;
  }

  // What the condition is about, and what that came to.
  void TellValues(plan::ExprId id, evaluate::Evaluator &evaluator, diagnostics::Builder &report,
                  size_t &told) {
    constexpr size_t kMostTold = 4;
    if (!IsSome(id) || told >= kMostTold) return;
    const plan::Expr expr = model_.exprs.expr(id);
    switch (expr.kind) {
      case plan::ExprKind::Binary:
        TellValues(model_.exprs.child(id, 0), evaluator, report, told);
        TellValues(model_.exprs.child(id, 1), evaluator, report, told);
        return;
      case plan::ExprKind::Not:
      case plan::ExprKind::Negate:
      case plan::ExprKind::Convert:
        TellValues(model_.exprs.child(id, 0), evaluator, report, told);
        return;
      case plan::ExprKind::Field:
      case plan::ExprKind::Method:
      case plan::ExprKind::Index:
      case plan::ExprKind::Global:
      case plan::ExprKind::Call:
      case plan::ExprKind::Builtin: {
        const plan::Value value = evaluator.Evaluate(id, test_).value;
        if (value.is_error() || value.is_residual()) return;
        report.Label(expr.span, "this is " + plan::Print(model_, value));
        ++told;
        return;
      }
      default:
        return;
    }
  }

  // Decides once more, and this time tells why it cannot.
  auto FailWithoutPlan(const plan::Expectation &expectation) -> bool {
    const Outcome why = Decide({}, /*is_explaining=*/true);
    auto report = Report(expectation, "there is no plan");
    for (const diagnostics::Diagnostic &diagnostic : why.said) {
      if (diagnostic.row.severity != diagnostics::Severity::Error) continue;
      for (const diagnostics::Label &label : diagnostic.labels) {
        if (!label.text.empty()) report.Label(label.span, label.text);
      }
      report.Note(diagnostic.message);
      for (const std::string &help : diagnostic.helps) report.Help(help);
      break;
    }
    return false;
  }

  auto MeetsInfeasible(const plan::Expectation &expectation, const Outcome &outcome) -> bool {
    if (outcome.verdict == solve::Verdict::Solved) {
      return Fail(expectation, "there is a plan all the same", outcome);
    }
    if (!IsSome(expectation.because)) return true;
    const Outcome without = Decide(expectation.because);
    if (without.verdict == solve::Verdict::Solved) return true;
    return Fail(expectation,
                "without `" + model_.FullName(expectation.because) + "` there is no plan either",
                without);
  }

  auto Report(const plan::Expectation &expectation, const std::string &why)
      -> diagnostics::Builder {
    return sink_.Report(message::TestFailed, expectation.span, model_.entity(test_).title.str(),
                        why);
  }

  auto Fail(const plan::Expectation &expectation, const std::string &why, const Outcome &outcome)
      -> bool {
    auto report = Report(expectation, why);
    size_t shown = 0;
    for (const diagnostics::Diagnostic &diagnostic : outcome.said) {
      if (diagnostic.row.severity != diagnostics::Severity::Error || shown++ >= 3) continue;
      report.Label(diagnostic.primary(), diagnostic.message);
    }
    return false;
  }

  Result &result_;
  plan::Model &model_;
  solve::Options options_;
  Sink &sink_;
  EntityId test_{};
  plan::Environment environment_;
  // What plans point into must stay where it is.
  std::deque<plan::Environment> attempts_;
};

}  // namespace

auto RunTests(Result &result, const solve::Options &options, Sink &sink)
    -> std::vector<TestResult> {
  std::vector<TestResult> results;
  plan::Model &model = *result.model;
  Tester tester(result, options, sink);
  for (const EntityId id : model.plan_entities) {
    if (model.text(model.kind(model.entity(id).kind).name) != "test") continue;
    for (plan::Environment &environment : model.environments) {
      const EntityId wanted = tester.EnvironmentOf(id, environment);
      if (IsSome(wanted) && wanted != environment.entity) continue;
      results.push_back({id, environment.name, tester.Run(id, environment)});
    }
  }
  return results;
}

}  // namespace groma::pipeline
