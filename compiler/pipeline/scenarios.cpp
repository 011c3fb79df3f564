// SPDX-License-Identifier: Apache-2.0
// Every scenario beside the plan: the same environments with some fields rewritten, decided once
// more.
#include "groma/plan/scenarios.h"

#include <map>

#include "groma/evaluate/plan_source.h"
#include "groma/pipeline/compile.h"
#include "groma/plan/currency.h"
#include "groma/plan/known.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::pipeline {
namespace {

using plan::EntityId;
using plan::IsSome;
using plan::KnownKind;
using plan::KnownMember;
using plan::Played;
using plan::Value;
using plan::ValueTag;

auto IsDecided(const Value &value) -> bool {
  if (value.is_error() || value.is_residual()) return false;
  switch (value.tag) {
    case ValueTag::Map:
    case ValueTag::Curve:
      return llvm::all_of(value.map(), [](const auto &entry) { return IsDecided(entry.value); });
    case ValueTag::List:
    case ValueTag::Record:
    case ValueTag::Union:
    case ValueTag::Range:
    case ValueTag::Spread:
    case ValueTag::Bound:
      return llvm::all_of(value.elements(), IsDecided);
    default:
      return true;
  }
}

class Stage {
 public:
  Stage(Result &result, const solve::Options &options, EntityId scenario)
      : result_(result),
        model_(*result.model),
        known_(model_),
        options_(options),
        scenario_(scenario) {
    options_.is_explaining = false;
    options_.is_comparing = false;
    options_.watch = nullptr;
  }

  void PlayAll(std::vector<plan::Plan> &plans) {
    std::vector<plan::Environment> environments = Rewritten(model_.environments);
    std::vector<plan::Environment> left_out = Rewritten(result_.left_out);
    // Whoever shares a site with them looks for them in the model.
    std::swap(model_.environments, environments);
    std::swap(result_.left_out, left_out);
    std::vector<Sink> said(model_.environments.size());
    for (size_t i = 0; i < said.size(); ++i) {
      evaluate::EvaluateAll(model_, model_.environments[i], said[i]);
    }
    for (plan::Plan &plan : plans) {
      for (size_t i = 0; i < said.size(); ++i) {
        if (model_.environments[i].entity != plan.environment.entity) continue;
        plan.scenarios.push_back(Play(plan, model_.environments[i], said[i]));
      }
    }
    std::swap(model_.environments, environments);
    std::swap(result_.left_out, left_out);
    result_.played.push_back(std::move(environments));
    result_.played.push_back(std::move(left_out));
  }

 private:
  auto Rewritten(const std::vector<plan::Environment> &from) const
      -> std::vector<plan::Environment> {
    std::vector<plan::Environment> to;
    for (const plan::Environment &one : from) {
      to.push_back(one.Unread());
      for (const plan::Rewrite &by : model_.entity(scenario_).rewrites)
        to.back().rewrites.push_back(&by);
    }
    return to;
  }

  // True if nothing that the scenario rewrites has another value than before.
  auto IsUntouched(plan::Environment &base, plan::Environment &played) -> bool {
    Sink ignored;
    evaluate::Evaluator before(model_, base, ignored), after(model_, played, ignored);
    return llvm::all_of(model_.entity(scenario_).rewrites, [&](const plan::Rewrite &by) {
      const bool is_field = IsSome(by.entity);
      const Value a =
          is_field ? before.Read(by.entity, by.slot).value : before.ReadGlobal(by.global).value;
      const Value b =
          is_field ? after.Read(by.entity, by.slot).value : after.ReadGlobal(by.global).value;
      return IsDecided(a) && IsDecided(b) && a.tag == b.tag && plan::Compare(a, b) == 0;
    });
  }

  auto Play(plan::Plan &base, plan::Environment &environment, const Sink &said) -> Played {
    Played played;
    played.scenario = scenario_;
    if (said.has_errors()) {
      played.why = FirstError(said);
      return played;
    }
    if (IsUntouched(base.environment, environment)) {
      played.outcome = Played::Outcome::Unchanged;
      return played;
    }
    std::vector<EntityId> lifted = StepsWithDays();
    Sink why;
    auto found = Solve(environment, lifted, why);
    if (!found && verdict_ == solve::Verdict::Infeasible) {
      // Workloads may come before their pools are accepted: that is a day too.
      llvm::append_range(lifted, All(KnownKind::Pool));
      Sink ignored;
      found = Solve(environment, lifted, ignored);
    }
    if (!found && verdict_ == solve::Verdict::Infeasible) {
      found = SolveOverBudget(environment, lifted);
    }
    if (!found) {
      played.outcome = verdict_ == solve::Verdict::Undecided ? Played::Outcome::Undecided
                                                             : Played::Outcome::NoPlan;
      if (played.outcome == Played::Outcome::NoPlan) {
        played.why = why.has_errors()
                         ? FirstError(why)
                         : "its requirements contradict each other; `groma check --scenario " +
                               model_.FullName(scenario_) + "` says which";
      }
      return played;
    }
    played.outcome = Played::Outcome::Solved;
    played.plan = std::make_shared<plan::Plan>(std::move(*found));
    AddLateness(*played.plan, played);
    AddExcess(*played.plan, played);
    return played;
  }

  static auto FirstError(const Sink &sink) -> std::string {
    for (const auto &one : sink.diagnostics()) {
      if (one.row.severity == diagnostics::Severity::Error) return one.message;
    }
    return "";
  }

  auto Solve(plan::Environment &open, const std::vector<EntityId> &lifted, Sink &sink)
      -> std::optional<plan::Plan> {
    result_.played.emplace_back().push_back(open.Unread());
    plan::Environment &environment = result_.played.back().back();
    environment.suspended.insert(environment.suspended.end(), lifted.begin(), lifted.end());
    evaluate::EvaluateAll(model_, environment, sink);
    if (sink.has_errors()) {
      verdict_ = solve::Verdict::Failed;
      return std::nullopt;
    }
    return SolveEnvironment(result_, environment, options_, sink, verdict_);
  }

  // Without any budget there may be a plan; then each that can bind again does, in order of their
  // names.
  auto SolveOverBudget(plan::Environment &open, const std::vector<EntityId> &days)
      -> std::optional<plan::Plan> {
    std::vector<EntityId> lifted = days;
    const std::vector<EntityId> budgets = All(KnownKind::Budget);
    lifted.insert(lifted.end(), budgets.begin(), budgets.end());
    Sink ignored;
    auto found = Solve(open, lifted, ignored);
    if (!found) return found;
    for (const EntityId budget : budgets) {
      std::vector<EntityId> fewer = lifted;
      llvm::erase(fewer, budget);
      Sink silent;
      auto better = Solve(open, fewer, silent);
      if (!better) continue;
      found = std::move(better);
      lifted = std::move(fewer);
    }
    verdict_ = solve::Verdict::Solved;
    return found;
  }

  auto All(KnownKind kind) const -> std::vector<EntityId> {
    return IsSome(known_.kind(kind)) ? model_.Collection(known_.kind(kind))
                                     : std::vector<EntityId>();
  }
  auto StepsWithDays() const -> std::vector<EntityId> { return All(KnownKind::Step); }

  static void AddLateness(const plan::Plan &plan, Played &played) {
    for (const plan::Timeline::Step &step : plan.decisions->timeline.steps) {
      if (!step.deadline || step.finished || step.finish <= *step.deadline) continue;
      const auto by =
          base::Date::FromDays((plan.decisions->timeline.LocalAt(*step.deadline) - 1) / (24 * 60));
      played.relaxed.push_back({step.id, base::DaysBetween(by, step.last_day), 0, std::nullopt});
    }
  }

  // What a plan spends beyond each of its budgets; no less than what the solver was let.
  void AddExcess(plan::Plan &plan, Played &played) {
    Sink ignored;
    evaluate::Evaluator evaluator(model_, plan.environment, ignored);
    const auto read = [&](EntityId id, KnownMember member) {
      return evaluator.Read(id, known_.slot(member)).value;
    };
    for (const EntityId budget : All(KnownKind::Budget)) {
      const Value amount = read(budget, KnownMember::BudgetAmount),
                  covers = read(budget, KnownMember::BudgetCovers);
      if (amount.tag != ValueTag::Number || covers.tag != ValueTag::List) continue;
      const bool is_once = llvm::none_of(
          model_.units.dimensions().factors(amount.dimension),
          [](const auto &factor) { return factor.base == base::DimensionId::kMonth; });
      const auto granted = plan::InCurrency(model_, plan.environment.rates, amount,
                                            plan::CurrencyOf(model_, plan.environment));
      if (!granted) continue;
      const auto [first, last] = MonthsOf(read(budget, KnownMember::BudgetOver));
      std::map<base::Month, base::Rational> spent;
      for (const plan::CostEntry &cost : plan.costs) {
        if ((first && cost.month < *first) || (last && cost.month > *last)) continue;
        const bool is_covered = llvm::any_of(covers.elements(), [&](const Value &one) {
          return one.tag == ValueTag::Entity && one.entity == cost.of;
        });
        if (!is_covered) continue;
        base::Rational &sum = spent[is_once ? base::Month() : cost.month];
        sum = base::Add(sum, cost.amount).value_or(sum);
      }
      Played::Relaxed worst{budget, std::nullopt, 0, std::nullopt};
      for (const auto &[month, sum] : spent) {
        const auto over = base::Sub(sum, *granted);
        if (!over || *over <= worst.amount) continue;
        worst.amount = *over;
        if (!is_once) worst.month = month;
      }
      if (worst.amount.sign() > 0) played.relaxed.push_back(worst);
    }
  }

  static auto MonthsOf(const Value &over)
      -> std::pair<std::optional<base::Month>, std::optional<base::Month>> {
    const auto month = [](std::optional<base::Date> day) {
      return day ? std::optional(base::Month::Of(*day)) : std::nullopt;
    };
    return {month(evaluate::FirstDayOf(over)), month(evaluate::LastDayOf(over))};
  }

  Result &result_;
  plan::Model &model_;
  const plan::Known known_;
  solve::Options options_;
  EntityId scenario_{};
  solve::Verdict verdict_ = solve::Verdict::Failed;
};

}  // namespace

void PlayScenarios(Result &result, const solve::Options &options, std::vector<plan::Plan> &plans) {
  const plan::Model &model = *result.model;
  const plan::KindId kind = plan::Known(model).kind(KnownKind::Scenario);
  if (!IsSome(kind)) return;
  for (const EntityId id : model.Collection(kind)) Stage(result, options, id).PlayAll(plans);
}

}  // namespace groma::pipeline
