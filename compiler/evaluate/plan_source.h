// SPDX-License-Identifier: Apache-2.0
// Reads members that the compiler knows by name, of one environment of a plan.
#pragma once

#include "groma/evaluate/evaluate.h"
#include "groma/plan/known.h"

namespace groma::evaluate {

using base::Date;
using base::Rational;
using plan::EntityId;
using plan::Index;
using plan::IsSome;
using plan::KnownKind;
using plan::KnownMember;
using plan::Value;
using plan::ValueTag;

class Source {
 public:
  Source(plan::Model &model, plan::Environment &environment)
      : model(model),
        environment(environment),
        known(model),
        evaluator(model, environment, ignored) {}

  plan::Model &model;
  plan::Environment &environment;
  const plan::Known known;
  Sink ignored;  // what is wrong with a value was reported before
  Evaluator evaluator;

  auto IsA(EntityId entity, KnownKind kind) const -> bool;
  auto All(KnownKind kind) const -> std::vector<EntityId>;
  auto Has(EntityId entity, KnownMember member) const -> bool;
  // None if the entity has no such member, or if what it holds is an error.
  auto Get(EntityId entity, KnownMember member) -> Value;
  auto EntityIn(EntityId entity, KnownMember member) -> EntityId;
  auto FirstDay(EntityId entity, KnownMember member) -> std::optional<Date>;
  auto LastDay(EntityId entity, KnownMember member) -> std::optional<Date>;
  auto IsTrue(EntityId entity, KnownMember member) -> bool;
  // Money in hundredths of the plan's currency; of a rate, for each second. Nothing if it is no
  // money, or if no exchange rate is known.
  auto Cents(const Value &money) -> std::optional<Rational>;
};

// A field of a record, or of what comes with the tag of a union. None if there is no such field.
auto FieldOf(const plan::Model &model, const Value &value, llvm::StringRef name) -> Value;

auto FirstDayOf(const Value &value) -> std::optional<Date>;
auto LastDayOf(const Value &value) -> std::optional<Date>;

}  // namespace groma::evaluate
