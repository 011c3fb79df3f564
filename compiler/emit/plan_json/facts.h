// SPDX-License-Identifier: Apache-2.0
// Values of a solved plan as text, and which entries of catalogues they lead to.
#pragma once

#include <nlohmann/json.hpp>

#include "groma/diagnostics/sink.h"
#include "groma/evaluate/evaluate.h"
#include "groma/plan/plan.h"
#include "groma/source/set.h"
#include "llvm/ADT/DenseSet.h"

namespace groma::emit {

class Facts {
 public:
  using Json = nlohmann::ordered_json;
  Facts(plan::Plan &plan, const source::Set &sources);

  // A value as the language writes it. What it names will be carried.
  auto Text(const plan::Value &value) -> std::string;
  auto PlaceOf(source::Span span) const -> std::string;
  // Name, kind, title, every field that has a value, and the steps that stand in it.
  auto EntityOf(plan::EntityId id) -> Json;
  // Where it stands, what it was made from, and for each field the sort of its origin and its
  // place.
  auto OriginsOf(plan::EntityId id) const -> Json;
  // What a written field was computed from; nothing if it is as it was written.
  auto FormulaOf(plan::EntityId id, plan::Slot slot) const -> plan::ExprId;
  auto Read(plan::EntityId id, plan::Slot slot) -> plan::Fact { return evaluator_.Read(id, slot); }
  auto Evaluate(plan::ExprId expr, plan::EntityId self) -> plan::Value {
    return evaluator_.Evaluate(expr, self).value;
  }
  // The entry of a catalogue that was mentioned last and not taken yet; none if all were.
  auto TakeMentioned() -> plan::EntityId;
  // Entries of lists, such as prices, all of whose references are carried.
  void MentionLists();
  // By enum, those of which a value was met.
  llvm::DenseSet<uint32_t> enums;

 private:
  auto PartsOf(plan::EntityId id) -> Json;
  void Mention(const plan::Value &value);
  void MentionEntity(plan::EntityId id);
  auto IsDecided(const plan::Value &value) const -> bool;
  auto IsCarried(plan::EntityId id) const -> bool;
  auto IsPromisedHere(plan::EntityId entry, plan::Slot of) -> bool;
  auto LeadsHere(plan::EntityId entry) -> bool;
  auto ValueAt(plan::EntityId id, plan::Slot slot) -> plan::Value;
  auto IsRewritten(plan::EntityId id, plan::Slot slot) const -> bool;

  plan::Model &model_;
  plan::Environment &environment_;
  const source::Set &sources_;
  diagnostics::Sink ignored_;
  evaluate::Evaluator evaluator_;
  llvm::DenseSet<uint32_t> mentioned_;
  std::vector<plan::EntityId> open_;
  // By what they stand in: steps. Empty until they are asked for.
  std::map<uint32_t, std::vector<plan::EntityId>> children_;
};

}  // namespace groma::emit
