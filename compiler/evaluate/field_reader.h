// SPDX-License-Identifier: Apache-2.0
// A solved plan, read field by field: each pass lists the kinds and fields of the library that it reads in a names.def.
#pragma once

#include <string>
#include <vector>

#include "groma/evaluate/evaluate.h"
#include "llvm/ADT/ArrayRef.h"

namespace groma::evaluate {

struct FieldName {
  size_t kind;  // its place among the names of kinds
  const char *name;
};

// By places in the lists; `FieldReader` has names for them.
class FieldsByPlace {
 public:
  FieldsByPlace(plan::Model &model, plan::Environment &environment,
                llvm::ArrayRef<const char *> kinds, llvm::ArrayRef<FieldName> fields);

  auto model() const -> plan::Model & { return model_; }
  auto evaluator() -> Evaluator & { return evaluator_; }
  auto SpanOf(plan::EntityId id) const -> source::Span { return model_.entity(id).span; }
  // The tag of an enum or of a union, as it is written.
  auto WordOf(const plan::Value &value) const -> std::string;
  // A member of a union's or record's value, by its name.
  auto Part(const plan::Value &value, llvm::StringRef member) const -> plan::Value;

 protected:
  // Those of the plan that are of the kind, in order of their names; what stands for nothing is left out.
  auto All(size_t kind) const -> std::vector<plan::EntityId>;
  auto Is(plan::EntityId id, size_t kind) const -> bool;
  // Nothing, where the entity is none or of another kind.
  auto FactOf(plan::EntityId id, size_t field) -> plan::Fact;
  auto SlotOf(plan::EntityId id, size_t field) const -> plan::Slot;

 private:
  plan::Model &model_;
  llvm::ArrayRef<FieldName> fields_;
  diagnostics::Sink ignored_;
  Evaluator evaluator_;
  std::vector<plan::KindId> kinds_;
};

// The entity that a value is; none if it is none. All of a list, or the one.
auto EntityIn(const plan::Value &value) -> plan::EntityId;
auto EntitiesIn(const plan::Value &value) -> std::vector<plan::EntityId>;

template <class Kind, class Name>
class FieldReader : public FieldsByPlace {
 public:
  using FieldsByPlace::FieldsByPlace;

  auto All(Kind kind) const -> std::vector<plan::EntityId> {
    return FieldsByPlace::All(static_cast<size_t>(kind));
  }
  auto Is(plan::EntityId id, Kind kind) const -> bool {
    return FieldsByPlace::Is(id, static_cast<size_t>(kind));
  }
  auto FactOf(plan::EntityId id, Name name) -> plan::Fact {
    return FieldsByPlace::FactOf(id, static_cast<size_t>(name));
  }
  auto SlotOf(plan::EntityId id, Name name) const -> plan::Slot {
    return FieldsByPlace::SlotOf(id, static_cast<size_t>(name));
  }
  auto Entity(plan::EntityId id, Name name) -> plan::EntityId {
    return EntityIn(FactOf(id, name).value);
  }
  auto Entities(plan::EntityId id, Name name) -> std::vector<plan::EntityId> {
    return EntitiesIn(FactOf(id, name).value);
  }
  auto Word(plan::EntityId id, Name name) -> std::string { return WordOf(FactOf(id, name).value); }
};

}  // namespace groma::evaluate
