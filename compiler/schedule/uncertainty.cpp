// SPDX-License-Identifier: Apache-2.0
#include "uncertainty.h"

#include "groma/base/check.h"
#include "llvm/ADT/STLExtras.h"
#include "uncertainty_warning.h"

namespace groma::schedule {
namespace {

// As many causes of a day are told; `groma why` goes on from each of them.
constexpr size_t kMostCauses = 8;

class Results {
 public:
  Results(Source &source, const Steps &steps, const Layout &layout, const Inputs &inputs,
          const timing::Outcomes &outcomes, plan::Decisions &decisions)
      : source_(source),
        steps_(steps),
        layout_(layout),
        inputs_(inputs),
        outcomes_(outcomes),
        decisions_(decisions) {}

  void Add() {
    for (uint32_t i = 0; i < steps_.list.size(); ++i) AddStep(i);
    for (uint32_t i = 0; i < inputs_.risks.size(); ++i) AddRisk(i);
    for (uint32_t i = 0; i < inputs_.vendors.size(); ++i) {
      std::vector<plan::Binding> causes;
      Bind(inputs_.vendors[i], KnownMember::VendorPenalty, causes);
      Bind(inputs_.vendors[i], KnownMember::VendorLead, causes);
      AddResult(inputs_.vendors[i], KnownMember::VendorExpectedPenalty,
                Money(outcomes_.mean_penalty[i]), causes);
    }
    const size_t last = (outcomes_.losses.size() * 19 + 19) / 20 - 1;
    // The library declares it, so it is none of the plan's own.
    for (uint32_t i = 1; i < source_.model.entities.size(); ++i) {
      if (!source_.IsA(EntityId{i}, KnownKind::Ledger)) continue;
      AddResult(EntityId{i}, KnownMember::LedgerAtRisk,
                Money(std::max<int64_t>(0, outcomes_.losses[last])), Stakes());
    }
    llvm::append_range(decisions_.results, std::move(added_));
    decisions_.Sort();
  }

 private:
  void AddStep(uint32_t i) {
    const EntityId id = steps_.list[i].id;
    const timing::TaskId task = layout_.ends[i].finish;
    const std::vector<plan::Binding> causes = CausesOf(i);
    const std::pair<KnownMember, int64_t> quantiles[] = {
        {KnownMember::StepP50, 50}, {KnownMember::StepP80, 80}, {KnownMember::StepP95, 95}};
    for (const auto &[member, percent] : quantiles) {
      AddResult(id, member, Day(id, task, percent), causes);
    }
    const Rational share =
        base::Div(Rational(outcomes_.critical[task]), outcomes_.runs).value_or(0);
    AddResult(id, KnownMember::StepCriticality,
              Value::Number(share, base::DimensionId::kNumber, UnitOf("%")), {});
  }

  // The day that the schedule says, where the simulation has the same one: it knows what ends of
  // days and starts of days are called.
  auto Day(EntityId id, timing::TaskId task, int64_t percent) -> Value {
    const size_t day = outcomes_.DayOf(task, percent);
    if (day == outcomes_.finishes[task].likely_day) {
      const auto *finish =
          decisions_.FindResult(id, source_.known.slot(KnownMember::StepFinish), {});
      if (finish != nullptr) return finish->value;
    }
    Value value = Value::Of(ValueTag::Date);
    value.date = std::max(inputs_.DateOf(day), layout_.first_day());
    return value;
  }

  // The finish in the schedule, what is uncertain on the way to it, and which risks make it later.
  auto CausesOf(uint32_t step) -> std::vector<plan::Binding> {
    std::vector<plan::Binding> causes;
    Bind(steps_.list[step].id, KnownMember::StepFinish, causes);
    std::vector<EntityId> risks;
    const std::vector<timing::TaskId> chain = layout_.ChainTo(layout_.ends[step].finish);
    for (const timing::TaskId task : llvm::reverse(chain)) {
      if (causes.size() >= kMostCauses) break;
      if (llvm::is_contained(inputs_.uncertain, layout_.step_of[task])) {
        const Step &uncertain = steps_.list[layout_.step_of[task]];
        Bind(uncertain.id, uncertain.duration ? KnownMember::TaskDuration : KnownMember::TaskEffort,
             causes);
      }
      const auto found = inputs_.risks_of.find(task);
      if (found != inputs_.risks_of.end()) llvm::append_range(risks, found->second);
    }
    for (size_t k = 0; k < inputs_.targets.size(); ++k) {
      for (uint32_t i = 0; inputs_.targets[k] == step && i < inputs_.risks.size(); ++i) {
        if (outcomes_.targets[k].lost[i] > 0) risks.push_back(inputs_.risks[i]);
      }
    }
    for (const EntityId risk : llvm::ArrayRef(risks).take_front(kMostCauses)) {
      Bind(risk, KnownMember::RiskChance, causes);
      Bind(risk, KnownMember::RiskDelay, causes);
    }
    return causes;
  }

  void AddRisk(uint32_t i) {
    const EntityId id = inputs_.risks[i];
    std::vector<plan::Binding> causes;
    Bind(id, KnownMember::RiskChance, causes);
    Bind(id, KnownMember::RiskDelay, causes);
    if (!inputs_.simulation.mishaps[i].mitigated_by.empty()) {
      Bind(id, KnownMember::RiskMitigatedBy, causes);
    }
    AddResult(id, KnownMember::RiskDaysLost, Days(outcomes_.lost[i]), causes);
    // By names, as targets are.
    std::vector<plan::MapEntry> delays;
    for (size_t k = 0; k < inputs_.targets.size(); ++k) {
      if (outcomes_.targets[k].lost[i] <= 0) continue;
      delays.push_back(
          {Value::Entity(steps_.list[inputs_.targets[k]].id), Days(outcomes_.targets[k].lost[i])});
    }
    AddResult(id, KnownMember::RiskDelays,
              Value::Entries(ValueTag::Map,
                             source_.model.Keep(llvm::ArrayRef<plan::MapEntry>(delays)), false),
              causes);
    const timing::Mishap &mishap = inputs_.simulation.mishaps[i];
    const auto mean =
        Rational::Make(base::Int128{mishap.loss.low} + mishap.loss.likely + mishap.loss.high, 3);
    // What tasks leave of it depends on when they are done, and so on the runs.
    const auto chance = mishap.mitigated_by.empty()
                            ? base::Div(Rational(static_cast<int64_t>(mishap.chance)),
                                        static_cast<int64_t>(timing::kCertain))
                            : base::Div(Rational(outcomes_.came[i]), outcomes_.runs);
    const auto expected = base::Mul(mean.value_or(0), chance.value_or(0));
    std::vector<plan::Binding> stakes;
    Bind(id, KnownMember::RiskChance, stakes);
    Bind(id, KnownMember::RiskLoss, stakes);
    AddResult(id, KnownMember::RiskExpectedLoss, Money(expected ? expected->Round() : 0), stakes);
  }

  auto Stakes() -> std::vector<plan::Binding> {
    std::vector<plan::Binding> stakes;
    for (const EntityId risk : inputs_.risks) Bind(risk, KnownMember::RiskLoss, stakes);
    for (const EntityId vendor : inputs_.vendors) Bind(vendor, KnownMember::VendorPenalty, stakes);
    return stakes;
  }

  // The mean of all runs, in tenths of days.
  auto Days(timing::Minutes sum) -> Value {
    const int64_t tenths =
        (sum * 10 + outcomes_.runs * timing::kDay / 2) / (outcomes_.runs * timing::kDay);
    const auto seconds = base::Div(Rational(tenths * 86'400), 10);
    return Value::Number(seconds.value_or(0), base::DimensionId::kTime, UnitOf("days"));
  }

  auto Money(int64_t cents) -> Value {
    const Value own = source_.Get(source_.model.plan, KnownMember::PlanCurrency);
    const base::ParsedUnit money = source_.model.units.Parse(
        own.tag == ValueTag::Currency ? source_.model.text(own.symbol) : "money");
    const auto amount = base::Div(Rational(cents), 100);
    return Value::Number(amount.value_or(0), source_.model.units.unit(money.id).dimension,
                         static_cast<uint32_t>(money.id));
  }

  auto UnitOf(llvm::StringRef name) const -> uint32_t {
    const auto unit = source_.model.units.Find(name);
    return unit ? static_cast<uint32_t>(*unit) : 0;
  }

  void Bind(EntityId id, KnownMember member, std::vector<plan::Binding> &bindings) const {
    if (!source_.Has(id, member)) return;
    const plan::Slot slot = source_.known.slot(member);
    const bool is_there = llvm::any_of(
        bindings, [&](const plan::Binding &one) { return one.entity == id && one.slot == slot; });
    if (!is_there) bindings.push_back({id, slot, {}});
  }

  void AddResult(EntityId id, KnownMember member, const Value &value,
                 std::vector<plan::Binding> bindings) {
    if (!source_.Has(id, member)) return;
    added_.push_back({id, source_.known.slot(member), {}, value, std::move(bindings)});
  }

  Source &source_;
  const Steps &steps_;
  const Layout &layout_;
  const Inputs &inputs_;
  const timing::Outcomes &outcomes_;
  plan::Decisions &decisions_;
  std::vector<plan::Decisions::Result> added_;
};

}  // namespace

void AddUncertainty(Source &source, const Steps &steps, Layout &layout, plan::Decisions &decisions,
                    Sink &sink) {
  const Inputs inputs = InputsOf(source, steps, layout);
  const auto outcomes = timing::Simulate(inputs.simulation);
  base::Check(outcomes.has_value(), "a levelled schedule has an order");
  Results(source, steps, layout, inputs, *outcomes, decisions).Add();
  WarnOfUnsure(source, steps, layout, inputs, *outcomes, sink);
}

}  // namespace groma::schedule
