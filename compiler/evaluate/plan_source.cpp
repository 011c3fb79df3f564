// SPDX-License-Identifier: Apache-2.0
#include "groma/evaluate/plan_source.h"

#include "groma/plan/currency.h"

namespace groma::evaluate {

auto FieldOf(const plan::Model &model, const Value &value, llvm::StringRef name) -> Value {
  const Value *fields = &value;
  plan::RecordId record{};
  if (value.tag == ValueTag::Union) {
    record = model.unions[value.items.decl].tags[value.aux].payload;
    if (!IsSome(record) || value.elements().empty()) return Value::None();
    fields = value.elements().data();
  } else if (value.tag == ValueTag::Record) {
    record = static_cast<plan::RecordId>(value.items.decl);
  } else {
    return Value::None();
  }
  const plan::Slot slot = model.record(record).members.Find(model.symbols.Find(name));
  const bool has_it = slot != plan::kNoSlot && slot < fields->elements().size();
  return has_it ? fields->elements()[slot] : Value::None();
}

auto FirstDayOf(const Value &value) -> std::optional<Date> {
  switch (value.tag) {
    case ValueTag::Date:
      return value.date;
    case ValueTag::Month:
      return value.month.first();
    case ValueTag::Quarter:
      return value.quarter.first();
    case ValueTag::Year:
      return value.year.first();
    case ValueTag::Range:
      return FirstDayOf(value.elements()[0]);
    default:
      return std::nullopt;
  }
}

auto LastDayOf(const Value &value) -> std::optional<Date> {
  switch (value.tag) {
    case ValueTag::Date:
      return value.date;
    case ValueTag::Month:
      return value.month.last();
    case ValueTag::Quarter:
      return value.quarter.last();
    case ValueTag::Year:
      return value.year.last();
    case ValueTag::Range:
      return LastDayOf(value.elements()[1]);
    default:
      return std::nullopt;
  }
}

auto Source::IsA(EntityId entity, KnownKind kind) const -> bool {
  const plan::KindId id = known.kind(kind);
  return IsSome(id) && IsSome(entity) && model.IsA(model.entity(entity).kind, id);
}

auto Source::All(KnownKind kind) const -> std::vector<EntityId> {
  const plan::KindId id = known.kind(kind);
  return IsSome(id) ? model.Collection(id) : std::vector<EntityId>();
}

// A slot is right for all variants of its kind, and means something else in any other.
auto Source::Has(EntityId entity, KnownMember member) const -> bool {
  const plan::Slot slot = known.slot(member);
  if (!IsSome(entity) || slot == plan::kNoSlot) return false;
  const plan::Members &members = model.kind(model.entity(entity).kind).members;
  return slot < members.list.size() &&
         model.text(members.list[slot].name) == plan::Known::SpellingOf(member);
}

auto Source::Get(EntityId entity, KnownMember member) -> Value {
  if (!Has(entity, member)) return Value::None();
  const Value value = evaluator.Read(entity, known.slot(member)).value;
  return value.is_error() ? Value::None() : value;
}

auto Source::EntityIn(EntityId entity, KnownMember member) -> EntityId {
  const Value value = Get(entity, member);
  return value.tag == ValueTag::Entity ? value.entity : EntityId{};
}

auto Source::FirstDay(EntityId entity, KnownMember member) -> std::optional<Date> {
  return FirstDayOf(Get(entity, member));
}

auto Source::LastDay(EntityId entity, KnownMember member) -> std::optional<Date> {
  return LastDayOf(Get(entity, member));
}

auto Source::IsTrue(EntityId entity, KnownMember member) -> bool {
  const Value value = Get(entity, member);
  return value.tag == ValueTag::Bool && value.boolean;
}

auto Source::Cents(const Value &money) -> std::optional<Rational> {
  const Value own = Get(model.plan, KnownMember::PlanCurrency);
  if (own.tag != ValueTag::Currency) return std::nullopt;
  // The environment may not have been evaluated, so that it has no rates yet.
  std::vector<plan::ExchangeRate> rates;
  for (const EntityId id : All(KnownKind::Rate)) {
    const Value from = Get(id, KnownMember::RateFrom);
    const Value to = Get(id, KnownMember::RateTo);
    const Value value = Get(id, KnownMember::RateValue);
    if (from.tag != ValueTag::Currency || to.tag != ValueTag::Currency) continue;
    if (value.tag != ValueTag::Number || value.number.sign() <= 0) continue;
    rates.push_back({from.symbol, to.symbol, value.number, {}});
  }
  const auto amount = plan::InCurrency(model, rates, money, model.text(own.symbol));
  return amount ? base::Mul(*amount, 100) : std::nullopt;
}

}  // namespace groma::evaluate
