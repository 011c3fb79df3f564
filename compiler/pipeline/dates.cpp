// SPDX-License-Identifier: Apache-2.0
#include "dates.h"

#include "llvm/ADT/STLExtras.h"

namespace groma::pipeline {
namespace {

using plan::EntityId;
using plan::IsSome;
using plan::KnownKind;
using plan::KnownMember;
using plan::Value;
using plan::ValueTag;

}  // namespace

Dates::Dates(plan::Model &model, plan::Environment &environment,
             llvm::ArrayRef<schedule::Shift> shifts)
    : model_(model), environment_(environment), shifts_(shifts), known_(model) {
  const plan::KindId steps = known_.kind(KnownKind::Step);
  if (!IsSome(steps)) return;
  for (const EntityId step : model.Collection(steps)) {
    const plan::Entity &entity = model.entity(step);
    if (model.text(entity.name) == "order") orders_.emplace(entity.parent, step);
  }
  const std::tuple<KnownKind, KnownMember, KnownMember> kinds[] = {
      {KnownKind::PoolOwned, KnownMember::PoolOwnedDelivered, KnownMember::PoolAccepted},
      {KnownKind::PoolRented, KnownMember::PoolAccepted, KnownMember::PoolAccepted},
      {KnownKind::Machines, KnownMember::MachinesDelivered, KnownMember::MachinesDelivered},
      {KnownKind::Storage, KnownMember::StorageDelivered, KnownMember::StorageDelivered},
      {KnownKind::Link, KnownMember::LinkProvisioned, KnownMember::LinkProvisioned},
      {KnownKind::Service, KnownMember::ServiceLive, KnownMember::ServiceLive},
      {KnownKind::Network, KnownMember::NetworkLive, KnownMember::NetworkLive},
  };
  diagnostics::Sink ignored;
  evaluate::Evaluator evaluator(model_, environment_, ignored);
  for (const auto &[kind, present, usable] : kinds) {
    if (!IsSome(known_.kind(kind))) continue;
    for (const EntityId thing : model.Collection(known_.kind(kind))) {
      Add(evaluator, thing, present, usable);
    }
  }
}

void Dates::Add(evaluate::Evaluator &evaluator, EntityId thing, KnownMember present,
                KnownMember usable) {
  const auto step = [&](KnownMember member) {
    const Value value = evaluator.Read(thing, known_.slot(member)).value;
    return value.tag == ValueTag::Entity ? value.entity : EntityId{};
  };
  Coming coming{thing, {}, step(present), step(usable)};
  if (!IsSome(coming.present)) return;
  const auto order = orders_.find(thing);
  coming.order = order == orders_.end() ? coming.present : order->second;
  coming_.push_back(coming);
  const plan::KindId pool = known_.kind(KnownKind::Pool);
  if (IsSome(pool) && model_.IsA(model_.entity(thing).kind, pool)) {
    accepted_.emplace(thing, coming.usable);
  }
}

auto Dates::NeedsOf(const solve::Solution &solution) const -> std::vector<schedule::Need> {
  std::map<EntityId, base::Date> first;
  for (const plan::Placement &placement : solution.placements) {
    const auto accepted = accepted_.find(placement.pool);
    if (accepted == accepted_.end() || placement.gpus.tag != ValueTag::Curve) continue;
    for (const plan::MapEntry &step : placement.gpus.map()) {
      if (step.value.number.sign() <= 0) continue;
      const base::Date by = step.key.date.AddDays(-1);
      const auto [at, is_new] = first.emplace(accepted->second, by);
      if (!is_new) at->second = std::min(at->second, by);
      break;
    }
  }
  std::vector<schedule::Need> needs;
  for (const auto &[step, by] : first) needs.push_back({step, by});
  return needs;
}

auto Dates::FinishOf(const plan::Decisions &decisions, EntityId step) const
    -> std::optional<base::Date> {
  const auto *result = decisions.FindResult(step, known_.slot(KnownMember::StepFinish), {});
  if (result == nullptr || result->value.tag != ValueTag::Date) return std::nullopt;
  return result->value.date;
}

auto Dates::ArrivalsBy(const plan::Decisions &decisions) const -> std::vector<solve::Arrival> {
  std::vector<solve::Arrival> arrivals;
  for (const Coming &coming : coming_) {
    const auto present = FinishOf(decisions, coming.present);
    if (!present) continue;
    solve::Arrival arrival{coming.thing, *present,       *present,
                           *present,     coming.present, coming.usable};
    if (const auto ordered = FinishOf(decisions, coming.order)) arrival.ordered = *ordered;
    if (const auto usable = FinishOf(decisions, coming.usable)) arrival.usable = *usable;
    arrivals.push_back(arrival);
  }
  return arrivals;
}

auto Dates::CutBy(schedule::Miss miss) const -> solve::Cut {
  solve::Cut cut;
  cut.step = miss.step;
  cut.finish = miss.finish;
  cut.is_proved = miss.is_proved;
  cut.chain = std::move(miss.lead.chain);
  for (auto &[span, text] : miss.lead.lines) cut.lines.push_back({span, std::move(text)});
  for (const auto &[entity, slot, value] : miss.lead.choices) {
    cut.choices.push_back({entity, slot, value});
  }
  if (!miss.is_own) cut.pool = PoolOf(miss.step);
  return cut;
}

auto Dates::PoolOf(EntityId step) const -> EntityId {
  const auto pool =
      llvm::find_if(accepted_, [&](const auto &one) { return one.second == step; });
  return pool == accepted_.end() ? EntityId{} : pool->first;
}

auto Dates::ForAllSizes(schedule::Miss miss, const plan::Decisions &decisions) -> schedule::Miss {
  if (!miss.is_proved) return miss;
  const std::vector<schedule::Lead::Choice> choices = miss.lead.choices;
  for (const schedule::Lead::Choice &choice : choices) {
    const plan::Unknown *unknown = nullptr;
    for (const plan::Unknown &one : environment_.unknowns) {
      if (one.entity == choice.entity && one.slot == choice.slot) unknown = &one;
    }
    if (unknown == nullptr || choice.value.tag != ValueTag::Number) continue;
    const auto range = base::Sub(choice.value.number, unknown->low.number);
    const auto steps = range ? base::Div(*range, unknown->step.number) : std::nullopt;
    if (!steps) continue;
    // It is missed with `high` steps more than the lowest number; with how few?
    int64_t low = 0, high = steps->Floor();
    while (low < high) {
      const int64_t middle = low + (high - low) / 2;
      plan::Decisions fewer = decisions;
      llvm::erase_if(fewer.results, [&](const plan::Decisions::Result &result) {
        const plan::KindId kind = known_.kind(KnownKind::Step);
        return model_.IsA(model_.entity(result.entity).kind, kind);
      });
      for (plan::Decisions::Choice &one : fewer.choices) {
        if (one.entity != choice.entity || one.slot != choice.slot) continue;
        const auto more = base::Mul(unknown->step.number, middle);
        one.value.number = base::Add(unknown->low.number, more.value_or(0)).value_or(0);
      }
      const schedule::Need need{miss.step, miss.by};
      auto missed = schedule::Foresee(model_, environment_, fewer, need, shifts_).missed;
      if (!missed.empty()) {
        const bool is_own = miss.is_own;
        miss = std::move(missed.front());
        miss.is_own = is_own;
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    // There is always so much of it.
    if (low == 0) {
      llvm::erase_if(miss.lead.choices, [&](const schedule::Lead::Choice &one) {
        return one.entity == choice.entity && one.slot == choice.slot;
      });
    }
  }
  return miss;
}

auto Dates::Foreseen() -> solve::FromSchedule {
  plan::Decisions &lowest = soonest_;
  for (size_t i = 1; i < environment_.unknowns.size(); ++i) {
    const plan::Unknown &unknown = environment_.unknowns[i];
    Value value = unknown.is_count ? unknown.low : unknown.choices.front();
    if (unknown.is_count && unknown.period != plan::ChoosePeriod::Once) {
      Value key = Value::Of(ValueTag::Date);
      key.date = base::Date::FromDays(base::DaysFromCivil({1, 1, 1}));
      value = Value::Entries(
          ValueTag::Curve, model_.Keep(llvm::ArrayRef<plan::MapEntry>({{key, value}})), false);
    }
    lowest.choices.push_back({unknown.entity, unknown.slot, value, {}, {}});
  }
  lowest.Sort();
  schedule::Outcome outcome = schedule::Foresee(model_, environment_, lowest, {}, shifts_);
  if (outcome.verdict == schedule::Verdict::Failed) return {};
  return {{}, ArrivalsBy(lowest), std::move(outcome.labour)};
}

auto Dates::BestOf(const plan::Aim &aim) const -> std::optional<base::Rational> {
  if (aim.value.tag != ValueTag::Linear || aim.value.linear->terms.size() != 1) return std::nullopt;
  const plan::Linear &linear = *aim.value.linear;
  const plan::Term &term = linear.terms.front();
  if (term.of != plan::Term::Of::Outcome || !term.choices.empty()) return std::nullopt;
  const plan::Outcome &outcome = environment_.outcomes[term.variable];
  const KnownMember larger[] = {KnownMember::TimelineSlack, KnownMember::StepSlack};
  const KnownMember smaller[] = {KnownMember::TimelineLength};
  const bool is_served = llvm::any_of(
      aim.is_maximize ? llvm::ArrayRef(larger) : llvm::ArrayRef(smaller),
      [&](KnownMember member) {
        const plan::KindId kind = known_.kind(plan::Known::KindOf(member));
        return known_.slot(member) == outcome.slot &&
               model_.IsA(model_.entity(outcome.entity).kind, kind);
      });
  const auto *found = soonest_.FindResult(outcome.entity, outcome.slot, {});
  if (!is_served || term.coefficients[0].sign() <= 0 || found == nullptr) return std::nullopt;
  return base::Mul(found->value.number, term.coefficients[0]);
}

}  // namespace groma::pipeline
