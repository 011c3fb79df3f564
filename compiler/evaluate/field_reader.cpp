// SPDX-License-Identifier: Apache-2.0
#include "groma/evaluate/field_reader.h"

namespace groma::evaluate {

using plan::EntityId;
using plan::IsSome;
using plan::Slot;
using plan::Value;
using plan::ValueTag;

FieldsByPlace::FieldsByPlace(plan::Model &model, plan::Environment &environment,
                             llvm::ArrayRef<const char *> kinds, llvm::ArrayRef<FieldName> fields)
    : model_(model),
      fields_(fields),
      evaluator_(model, environment, ignored_),
      kinds_(kinds.size()) {
  for (uint32_t i = 1; i < model_.kinds.size(); ++i) {
    // A plan's own kind may have the name of one in a module that was not imported.
    if (!model_.kinds[i].is_library) continue;
    const llvm::StringRef name = model_.text(model_.kinds[i].name);
    for (size_t k = 0; k < kinds.size(); ++k) {
      if (!IsSome(kinds_[k]) && name == kinds[k]) kinds_[k] = plan::KindId{i};
    }
  }
}

auto FieldsByPlace::All(size_t kind) const -> std::vector<EntityId> {
  return IsSome(kinds_[kind]) ? model_.Collection(kinds_[kind]) : std::vector<EntityId>();
}

auto FieldsByPlace::Is(EntityId id, size_t kind) const -> bool {
  return IsSome(id) && IsSome(kinds_[kind]) && model_.IsA(model_.entity(id).kind, kinds_[kind]);
}

auto FieldsByPlace::SlotOf(EntityId id, size_t field) const -> Slot {
  if (!Is(id, fields_[field].kind)) return plan::kNoSlot;
  const plan::SymbolId symbol = model_.symbols.Find(fields_[field].name);
  if (!IsSome(symbol)) return plan::kNoSlot;
  return model_.kind(model_.entity(id).kind).members.Find(symbol);
}

auto FieldsByPlace::FactOf(EntityId id, size_t field) -> plan::Fact {
  const Slot slot = SlotOf(id, field);
  return slot == plan::kNoSlot ? plan::Fact{Value::None(), {}} : evaluator_.Read(id, slot);
}

auto FieldsByPlace::WordOf(const Value &value) const -> std::string {
  if (value.tag == ValueTag::Enum) {
    return model_.text(model_.enums[Index(value.enumeration)].tags[value.aux]).str();
  }
  if (value.tag == ValueTag::Union) {
    return model_.text(model_.unions[value.items.decl].tags[value.aux].name).str();
  }
  return {};
}

auto FieldsByPlace::Part(const Value &value, llvm::StringRef member) const -> Value {
  if (value.tag == ValueTag::Union) {
    return value.elements().empty() ? Value::None() : Part(value.elements().front(), member);
  }
  if (value.tag != ValueTag::Record) return Value::None();
  const plan::SymbolId symbol = model_.symbols.Find(member);
  const auto &members = model_.record(static_cast<plan::RecordId>(value.items.decl)).members;
  const Slot slot = IsSome(symbol) ? members.Find(symbol) : plan::kNoSlot;
  return slot < value.elements().size() ? value.elements()[slot] : Value::None();
}

auto EntityIn(const Value &value) -> EntityId {
  return value.tag == ValueTag::Entity ? value.entity : EntityId{};
}

auto EntitiesIn(const Value &value) -> std::vector<EntityId> {
  if (value.tag == ValueTag::Entity) return {value.entity};
  std::vector<EntityId> entities;
  if (value.tag != ValueTag::List) return entities;
  for (const Value &one : value.elements()) {
    if (one.tag == ValueTag::Entity) entities.push_back(one.entity);
  }
  return entities;
}

}  // namespace groma::evaluate
