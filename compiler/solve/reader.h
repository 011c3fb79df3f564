// SPDX-License-Identifier: Apache-2.0
// Reads what the solver must know of a plan: values of known members, by offer and by month.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "groma/base/period.h"
#include "groma/evaluate/evaluate.h"
#include "groma/plan/known.h"
#include "suspended.h"

namespace groma::solve {

using base::Rational;
using plan::EntityId;
using plan::KnownKind;
using plan::KnownMember;
using plan::Value;
using plan::ValueTag;

// The months of the plan's horizon, numbered from 0. An environment may end before it.
struct Months {
  base::Month first;
  int count = 0;

  auto month(int t) const -> base::Month { return first.Add(t); }
  // Hours of the month, as they really are.
  auto hours(int t) const -> int64_t;
  // The month in which a day lies; less than 0 or beyond the last if outside.
  auto Of(base::Date day) const -> int;
};

// Months first .. last, both included; empty if last < first.
struct MonthRange {
  int first = 0;
  int last = -1;
  auto is_empty() const -> bool { return last < first; }
  auto Has(int t) const -> bool { return first <= t && t <= last; }
};

// The combinations of the `choose from` fields of one entity; one, if it has none.
struct Offers {
  EntityId entity{};
  std::vector<plan::UnknownId> choices;  // sorted
  size_t count = 1;
};

class Reader {
 public:
  Reader(plan::Model &model, plan::Environment &environment, const std::string &suspended = {});

  plan::Model &model;
  plan::Environment &environment;
  const plan::Known known;
  const Suspended suspended;

  auto IsA(EntityId entity, KnownKind kind) const -> bool;
  // In the order of the plan's entities; gathered once.
  auto All(KnownKind kind) const -> const std::vector<EntityId> &;
  // None if the entity has no such member, or if what it holds is an error.
  auto Get(EntityId entity, KnownMember member) -> Value;
  auto Get(EntityId entity, KnownMember member, const Offers &offers, size_t offer) -> Value;
  auto Read(EntityId entity, plan::Slot slot) -> Value {
    return evaluator_.Read(entity, slot).value;
  }
  // A field by the name that it has, for members of records and unions.
  auto Field(const Value &record, llvm::StringRef name) const -> Value;
  auto Number(EntityId entity, KnownMember member) -> std::optional<Rational>;
  auto EntityIn(EntityId entity, KnownMember member) -> EntityId;

  auto OffersOf(EntityId entity) const -> Offers;
  // What an open value is under an offer.
  auto At(const Value &value, const Offers &offers, size_t offer) const -> Value;
  // The value of a curve, or of a constant, in a month.
  auto InMonth(const Value &value, int t) const -> Value;
  auto NumberIn(const Value &value, int t) const -> std::optional<Rational>;

  // Where the horizon lies; nothing if the plan has none.
  auto months() const -> const Months & { return months_; }
  auto HasHorizon() const -> bool { return months_.count > 0; }
  // The months that a period names; the whole horizon if it is none.
  auto RangeOf(const Value &period) const -> MonthRange;
  // The first and the last month in which something exists.
  auto FirstDay(const Value &value) const -> std::optional<base::Date>;
  auto LastDay(const Value &value) const -> std::optional<base::Date>;
  auto NameOf(EntityId entity) const -> std::string { return model.FullName(entity); }
  // With its field: `train.nodes`.
  auto NameOf(EntityId entity, plan::Slot slot) const -> std::string {
    const plan::Kind &kind = model.kind(model.entity(entity).kind);
    return NameOf(entity) + "." + model.text(kind.members.list[slot].name).str();
  }

 private:
  diagnostics::Sink ignored_;
  evaluate::Evaluator evaluator_;
  Months months_;
  mutable std::map<KnownKind, std::vector<EntityId>> all_;
};

}  // namespace groma::solve
