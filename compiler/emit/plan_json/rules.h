// SPDX-License-Identifier: Apache-2.0
// What must hold in a plan, as expressions: policies, the invariants and bounds of kinds, and all
// that these are made of.
#pragma once

#include "groma/emit/plan_json/expressions.h"
#include "groma/emit/plan_json/facts.h"

namespace groma::emit {

class Rules {
 public:
  using Json = nlohmann::ordered_json;
  // A line of the file, and the places in the plan that it comes from.
  struct Item {
    Json json;
    std::vector<source::Span> because;
  };

  Rules(const plan::Plan &plan, Facts &facts)
      : plan_(plan),
        model_(*plan.model),
        facts_(facts),
        expressions_(model_, [&facts](const plan::Value &value) { return facts.Text(value); }) {}

  // Of an entity, the fields that were computed and what from.
  auto FormulasOf(plan::EntityId id) -> Json;
  auto Requirements() -> std::vector<Item>;
  auto Kinds(const std::set<uint32_t> &used) -> std::vector<Item>;
  // What an aim is about, by its place.
  auto AimAt(source::Span span) -> Json;
  // The last three follow from what the others met.
  auto Functions() -> std::vector<Item>;
  auto Parameters() -> std::vector<Item>;
  auto Enums() -> std::vector<Item>;
  // What was open in an entity, and what it might have become.
  auto DomainOf(plan::EntityId entity, plan::Slot slot) -> Json;

 private:
  auto RequirementOf(const plan::Requirement &requirement, plan::EntityId self) -> Json;
  void MembersOf(plan::KindId id, Json &json);

  const plan::Plan &plan_;
  plan::Model &model_;
  Facts &facts_;
  Expressions expressions_;
};

}  // namespace groma::emit
