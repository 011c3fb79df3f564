// SPDX-License-Identifier: Apache-2.0
#include "groma/plan/scenarios.h"

#include <algorithm>
#include <map>
#include <set>

#include "groma/plan/known.h"
#include "groma/plan/print.h"

namespace groma::plan {
namespace {

auto Days(int64_t days) -> std::string {
  const std::string sign = days > 0 ? "+" : "";
  return sign + std::to_string(days) + (days == 1 || days == -1 ? " day" : " days");
}

class Comparer {
 public:
  Comparer(const Plan &base, const Played &played)
      : base_(base), model_(*base.model), played_(played) {}

  auto Compare() -> std::vector<Difference> {
    AddLimits();
    if (played_.plan != nullptr) {
      AddDates();
      AddMoney();
      AddCapacity();
      AddCriticalPath();
    }
    return std::move(all_);
  }

 private:
  void Add(std::string area, std::string name, std::string measure, std::string base,
           std::string played, std::string change, bool is_brief, source::Span at) {
    std::vector<source::Span> because = {at};
    for (const Rewrite &rewrite : model_.entity(played_.scenario).rewrites) {
      because.push_back(rewrite.span);
    }
    all_.push_back({std::move(area), std::move(name), std::move(measure), std::move(base),
                    std::move(played), std::move(change), is_brief, std::move(because)});
  }

  auto Currency() const -> std::string {
    const std::string name = CurrencyOf(model_, base_.environment);
    return name.empty() ? "" : " " + name;
  }

  static auto Signed(base::Rational amount) -> std::string {
    return (amount.sign() > 0 ? "+" : "") + std::to_string(amount.Round());
  }

  void AddLimits() {
    for (const Played::Relaxed &one : played_.relaxed) {
      const std::string name = model_.FullName(one.of);
      const source::Span at = model_.entity(one.of).span;
      if (one.days) {
        Add("limit", name, "by", "", "", Days(*one.days).substr(1) + " late", true, at);
      } else {
        const std::string in = one.month ? " in " + one.month->ToString() : "";
        Add("limit", name, "amount", "", "",
            std::to_string(one.amount.Ceil()) + Currency() + " too much" + in, true, at);
      }
    }
  }

  void AddDates() {
    const Timeline &before = base_.decisions->timeline, &after = played_.plan->decisions->timeline;
    std::map<EntityId, const Timeline::Step *> steps;
    for (const Timeline::Step &step : after.steps) steps[step.id] = &step;
    const auto last_of = [](const Timeline &line) {
      std::optional<base::Date> last;
      for (const Timeline::Step &step : line.steps) {
        // The plan is finished without what comes after use.
        if (!step.is_after_use) last = std::max(last.value_or(step.last_day), step.last_day);
      }
      return last;
    };
    const std::optional<base::Date> last = last_of(before), last_played = last_of(after);
    for (const Timeline::Step &step : before.steps) {
      const auto found = steps.find(step.id);
      if (found == steps.end() || step.sort == Timeline::Sort::Task) continue;
      AddDate(model_.FullName(step.id), step.last_day, found->second->last_day,
              step.deadline.has_value(), step.span);
      AddSureDay(step);
    }
    if (last && last_played)
      AddDate("everything", *last, *last_played, true, model_.entity(played_.scenario).span);
  }

  // The day by which a step is sure to be finished, to a percentage, where the schedule says it.
  void AddSureDay(const Timeline::Step &step) {
    const Slot slot =
        model_.kind(model_.entity(step.id).kind).members.Find(model_.symbols.Find("p80"));
    if (slot == kNoSlot) return;
    const auto *before = base_.decisions->FindResult(step.id, slot, {});
    const auto *after = played_.plan->decisions->FindResult(step.id, slot, {});
    if (before == nullptr || after == nullptr || before->value.tag != ValueTag::Date) return;
    AddDate(model_.FullName(step.id), before->value.date, after->value.date,
            step.deadline.has_value(), step.span, "p80");
  }

  void AddDate(std::string name, base::Date before, base::Date after, bool is_brief,
               source::Span at, std::string measure = "finish") {
    if (before == after) return;
    Add("date", std::move(name), std::move(measure), before.ToString(), after.ToString(),
        Days(base::DaysBetween(before, after)), is_brief, at);
  }

  void AddMoney() {
    base::Rational before = 0, after = 0;
    std::map<base::Month, std::pair<base::Rational, base::Rational>> months;
    for (const CostEntry &cost : base_.costs) {
      before = base::Add(before, cost.amount).value_or(before);
      auto &month = months[cost.month].first;
      month = base::Add(month, cost.amount).value_or(month);
    }
    for (const CostEntry &cost : played_.plan->costs) {
      after = base::Add(after, cost.amount).value_or(after);
      auto &month = months[cost.month].second;
      month = base::Add(month, cost.amount).value_or(month);
    }
    AddSum("total", before, after, true);
    for (const auto &[month, both] : months)
      AddSum(month.ToString(), both.first, both.second, false);
  }

  void AddSum(std::string measure, base::Rational before, base::Rational after, bool is_brief) {
    if (before == after) return;
    const std::string currency = Currency();
    Add("money", "cost", std::move(measure), std::to_string(before.Round()) + currency,
        std::to_string(after.Round()) + currency,
        Signed(base::Sub(after, before).value_or(0)) + currency, is_brief,
        model_.entity(played_.scenario).span);
  }

  void AddCapacity() {
    for (const Decisions::Choice &choice : base_.decisions->choices) {
      const auto *other = played_.plan->decisions->FindChoice(choice.entity, choice.slot);
      const std::string before = Print(model_, choice.value);
      const std::string after = other == nullptr ? "" : Print(model_, other->value);
      if (before == after) continue;
      const auto &members = model_.kind(model_.entity(choice.entity).kind).members.list;
      Add("capacity", model_.FullName(choice.entity), model_.text(members[choice.slot].name).str(),
          before, after, "", true, model_.entity(choice.entity).span);
    }
    std::map<std::pair<EntityId, EntityId>, std::pair<std::string, std::string>> placed;
    for (const Placement &one : base_.placements)
      placed[{one.workload, one.pool}].first = Print(model_, one.gpus);
    for (const Placement &one : played_.plan->placements) {
      placed[{one.workload, one.pool}].second = Print(model_, one.gpus);
    }
    for (const auto &[who, both] : placed) {
      if (both.first == both.second) continue;
      Add("capacity", model_.FullName(who.first) + " on " + model_.FullName(who.second), "gpus",
          both.first, both.second, "", true, model_.entity(who.first).span);
    }
  }

  void AddCriticalPath() {
    const auto critical = [](const Plan &plan) {
      std::set<EntityId> ids;
      for (const Timeline::Step &step : plan.decisions->timeline.steps) {
        if (step.is_critical) ids.insert(step.id);
      }
      return ids;
    };
    const std::set<EntityId> before = critical(base_), after = critical(*played_.plan);
    for (const Timeline::Step &step : base_.decisions->timeline.steps) {
      const bool was = before.contains(step.id), is = after.contains(step.id);
      if (was == is) continue;
      Add("critical path", model_.FullName(step.id), "critical", was ? "yes" : "no",
          is ? "yes" : "no", "", false, step.span);
    }
  }

  const Plan &base_;
  const Model &model_;
  const Played &played_;
  std::vector<Difference> all_;
};

// Names of one sort, the first few of them.
auto Few(const std::vector<std::string> &names) -> std::string {
  constexpr size_t kMost = 3;
  std::string text;
  for (size_t i = 0; i < std::min(names.size(), kMost); ++i)
    text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kMost) text += " and " + std::to_string(names.size() - kMost) + " more";
  return text;
}

}  // namespace

auto Compare(const Plan &base, const Played &played) -> std::vector<Difference> {
  return Comparer(base, played).Compare();
}

auto CurrencyOf(const Model &model, const Environment &environment) -> std::string {
  const Slot slot = Known(model).slot(KnownMember::PlanCurrency);
  if (!IsSome(model.plan) || slot == kNoSlot) return "";
  const auto *facts = environment.facts_of[Index(model.plan)].get();
  if (facts == nullptr || facts[slot] == 0) return "";
  const Value &value = environment.facts[facts[slot]].value;
  return value.tag == ValueTag::Currency ? model.text(value.symbol).str() : "";
}

auto OutcomeText(const Played &played) -> llvm::StringRef {
  switch (played.outcome) {
    case Played::Outcome::Solved:
      return "solved";
    case Played::Outcome::Unchanged:
      return "unchanged";
    case Played::Outcome::NoPlan:
      return "no plan";
    case Played::Outcome::Undecided:
      return "undecided";
  }
  return "";
}

auto ScenarioSummary(const Plan &plan) -> std::string {
  const Model &model = *plan.model;
  std::string out;
  for (const Played &played : plan.scenarios) {
    const Entity &scenario = model.entity(played.scenario);
    out += "  scenario " + model.FullName(played.scenario);
    if (!scenario.title.empty()) out += " (" + scenario.title.str() + ")";
    const std::vector<Difference> all = Compare(plan, played);
    if (played.outcome != Played::Outcome::Solved) {
      out +=
          ": " + OutcomeText(played).str() + (played.why.empty() ? "" : ": " + played.why) + "\n";
      continue;
    }
    out += all.empty() ? ": nothing differs\n" : "\n";
    std::vector<std::string> came, went;
    for (const Difference &one : all) {
      if (one.area == "critical path") (one.played == "yes" ? came : went).push_back(one.name);
      if (!one.is_brief) continue;
      std::string line = one.name + "." + one.measure;
      if (one.area == "capacity" && one.measure == "gpus") line = one.name;
      if (!one.played.empty() || !one.base.empty()) {
        line += " = " + (one.played.empty() ? "nothing" : one.played) + ", not " +
                (one.base.empty() ? "nothing" : one.base);
        if (!one.change.empty()) line += " (" + one.change + ")";
      } else {
        line += ": " + one.change;
      }
      out += "    " + line + "\n";
    }
    if (!came.empty()) out += "    critical now: " + Few(came) + "\n";
    if (!went.empty()) out += "    critical no more: " + Few(went) + "\n";
  }
  return out;
}

}  // namespace groma::plan
