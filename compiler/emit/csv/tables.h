// SPDX-License-Identifier: Apache-2.0
// The tables, one function for each.
#pragma once

#include "groma/evaluate/evaluate.h"
#include "groma/output/table.h"
#include "groma/plan/known.h"
#include "groma/plan/plan.h"

namespace groma::emit::csv {

using plan::EntityId;

class Tables {
 public:
  Tables(plan::Plan &plan, EntityId target);

  auto Schedule() -> output::Table;
  auto Costs() -> output::Table;
  auto Capacity() -> output::Table;
  auto Risks() -> output::Table;
  auto Scenarios() -> output::Table;

 private:
  struct Measure {
    plan::KnownKind kind;
    plan::KnownMember member;
    const char *name;
    const char *unit;
  };

  auto Read(EntityId entity, plan::KnownMember member) -> plan::Value;
  auto TitleOf(EntityId entity) const -> std::string;
  auto KindOf(EntityId entity) const -> std::string;
  auto WaitsOf(const plan::Timeline::Step &step) const -> std::string;
  void AddMeasure(const Measure &measure, EntityId entity, output::Table &table);
  auto Months() -> std::vector<base::Month>;
  auto All(plan::KnownKind kind) const -> std::vector<EntityId>;

  plan::Plan &plan_;
  plan::Model &model_;
  source::Span target_;
  const plan::Known known_;
  diagnostics::Sink ignored_;
  evaluate::Evaluator evaluator_;
};

}  // namespace groma::emit::csv
