// SPDX-License-Identifier: Apache-2.0
#include "reader.h"

#include <algorithm>

#include "groma/evaluate/plan_source.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::solve {

using plan::Index;
using plan::IsSome;

auto Months::hours(int t) const -> int64_t {
  const base::Month m = month(t);
  return int64_t{24} * (base::DaysBetween(m.first(), m.last()) + 1);
}

auto Months::Of(base::Date day) const -> int {
  return base::Month::Of(day).index() - first.index();
}

Reader::Reader(plan::Model &model, plan::Environment &environment, const std::string &suspended)
    : model(model),
      environment(environment),
      known(model),
      suspended(model, suspended),
      evaluator_(model, environment, ignored_) {
  if (!IsSome(model.plan)) return;
  const Value horizon = Get(model.plan, KnownMember::PlanHorizon);
  const auto first = FirstDay(horizon);
  const auto last = LastDay(horizon);
  if (!first || !last) return;
  months_.first = base::Month::Of(*first);
  months_.count = months_.Of(*last) + 1;
  // What an environment gives back does not run on.
  if (!IsSome(environment.entity)) return;
  if (const auto end = LastDay(Get(environment.entity, KnownMember::EnvironmentRetire))) {
    months_.count = std::clamp(months_.Of(*end) + 1, 0, months_.count);
  }
}

auto Reader::IsA(EntityId entity, KnownKind kind) const -> bool {
  const plan::KindId id = known.kind(kind);
  return IsSome(id) && model.IsA(model.entity(entity).kind, id);
}

auto Reader::All(KnownKind kind) const -> const std::vector<EntityId> & {
  const auto [at, is_new] = all_.try_emplace(kind);
  const plan::KindId id = known.kind(kind);
  if (is_new && IsSome(id)) at->second = model.Collection(id);
  return at->second;
}

auto Reader::Get(EntityId entity, KnownMember member) -> Value {
  if (suspended.Has(member)) return Value::None();
  const plan::Slot slot = known.slot(member);
  if (!IsSome(entity) || slot == plan::kNoSlot) return Value::None();
  const plan::Members &members = model.kind(model.entity(entity).kind).members;
  // A slot is right for all variants of its kind, and means something else in any other.
  if (slot >= members.list.size() ||
      model.text(members.list[slot].name) != plan::Known::SpellingOf(member)) {
    return Value::None();
  }
  const Value value = evaluator_.Read(entity, slot).value;
  return value.is_error() ? Value::None() : value;
}

auto Reader::Get(EntityId entity, KnownMember member, const Offers &offers, size_t offer) -> Value {
  return At(Get(entity, member), offers, offer);
}

auto Reader::Field(const Value &record, llvm::StringRef name) const -> Value {
  return evaluate::FieldOf(model, record, name);
}

auto Reader::Number(EntityId entity, KnownMember member) -> std::optional<Rational> {
  const Value value = Get(entity, member);
  if (value.tag != ValueTag::Number) return std::nullopt;
  return value.number;
}

auto Reader::EntityIn(EntityId entity, KnownMember member) -> EntityId {
  const Value value = Get(entity, member);
  return value.tag == ValueTag::Entity ? value.entity : EntityId{};
}

auto Reader::OffersOf(EntityId entity) const -> Offers {
  Offers offers;
  offers.entity = entity;
  for (uint32_t i = 1; i < environment.unknowns.size(); ++i) {
    const plan::Unknown &unknown = environment.unknowns[i];
    if (unknown.entity != entity || unknown.is_count) continue;
    offers.choices.push_back(plan::UnknownId{i});
    offers.count *= unknown.choices.size();
  }
  return offers;
}

auto Reader::At(const Value &value, const Offers &offers, size_t offer) const -> Value {
  if (value.tag == ValueTag::Unknown) {
    size_t rest = offer;
    for (const plan::UnknownId id : llvm::reverse(offers.choices)) {
      const auto choices = environment.unknowns[Index(id)].choices;
      if (id == value.unknown) return choices[rest % choices.size()];
      rest /= choices.size();
    }
    return value;
  }
  if (value.tag != ValueTag::PerOffer) return value;
  // The digits of the offer that the table asks for, in its order.
  const plan::PerOffer &table = *value.per_offer;
  size_t index = 0;
  for (const plan::UnknownId wanted : table.choices) {
    size_t rest = offer, digit = 0;
    bool is_mine = false;
    for (const plan::UnknownId id : llvm::reverse(offers.choices)) {
      const size_t size = environment.unknowns[Index(id)].choices.size();
      if (id == wanted) {
        digit = rest % size;
        is_mine = true;
        break;
      }
      rest /= size;
    }
    if (!is_mine) return value;
    index = index * environment.unknowns[Index(wanted)].choices.size() + digit;
  }
  return table.table[index];
}

auto Reader::InMonth(const Value &value, int t) const -> Value {
  if (value.tag != ValueTag::Curve) return value;
  if (value.map().empty()) return Value::None();
  if (value.op == 1) return value.map()[0].value;
  const base::Date day = months_.month(t).first();
  Value found = Value::None();
  for (const plan::MapEntry &step : value.map()) {
    if (step.key.date > day) break;
    found = step.value;
  }
  return found;
}

auto Reader::NumberIn(const Value &value, int t) const -> std::optional<Rational> {
  const Value at = InMonth(value, t);
  // Before its first step a curve is zero.
  if (value.tag == ValueTag::Curve && at.is_none()) return Rational(0);
  if (at.tag != ValueTag::Number) return std::nullopt;
  return at.number;
}

auto Reader::FirstDay(const Value &value) const -> std::optional<base::Date> {
  return evaluate::FirstDayOf(value);
}

auto Reader::LastDay(const Value &value) const -> std::optional<base::Date> {
  return evaluate::LastDayOf(value);
}

auto Reader::RangeOf(const Value &period) const -> MonthRange {
  const auto first = FirstDay(period);
  const auto last = LastDay(period);
  if (!first || !last) return {0, months_.count - 1};
  return {std::max(0, months_.Of(*first)), std::min(months_.count - 1, months_.Of(*last))};
}

}  // namespace groma::solve
