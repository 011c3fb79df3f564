// SPDX-License-Identifier: Apache-2.0
// The linear normal form: what every expression over undecided values must become, so that the
// solver can take it. Linear in (one-hot offer x count); what is not is an error of the plan.
//
// An entity's `choose from` fields are its discrete choices; a combination of them is an offer. A
// number reached through them is a table, looked up per offer. A `choose a .. b` field is a count.
#pragma once

#include <vector>

#include "groma/plan/expr.h"
#include "groma/plan/origin.h"
#include "groma/plan/value.h"
#include "llvm/ADT/ArrayRef.h"

namespace groma::plan {

// One `choose` of one entity.
struct Unknown {
  EntityId entity{};
  Slot slot = 0;
  source::Span span;
  OriginId origin{};
  bool is_count = false;
  // Counts: the numbers low, low + step, ... high, in the unit of `low`.
  Value low, high, step;
  ChoosePeriod period = ChoosePeriod::Once;
  bool is_rising = false;
  // Choices, in the order of the list; never empty.
  llvm::ArrayRef<Value> choices;
};

// Something that the solver or the schedule works out: a member without a formula, of one entity.
struct Outcome {
  EntityId entity{};
  Slot slot = 0;
  llvm::ArrayRef<Value> arguments;
};

// The discrete choices, all of one entity, that something depends on: sorted, not empty.
using Choices = llvm::ArrayRef<UnknownId>;

// A value for each combination of choices; the last choice varies fastest.
struct PerOffer {
  Choices choices;
  llvm::ArrayRef<Value> table;
};

// coefficient(choices) * variable. The variable is a count, an outcome, or 1.
struct Term {
  enum class Of : uint8_t { One, Count, Outcome };
  Of of = Of::One;
  uint32_t variable = 0;  // UnknownId or OutcomeId
  Choices choices;        // empty: the same coefficient for every offer
  llvm::ArrayRef<base::Rational> coefficients;
};

// The sum of the terms, in the base unit of `dimension`. Terms are sorted by (of, variable, choices)
// and none occurs twice; a constant is a term of One without choices.
struct Linear {
  base::DimensionId dimension{};
  uint32_t unit = 0;  // for printing
  llvm::ArrayRef<Term> terms;
};

enum class Relation : uint8_t { LessEqual, Equal, GreaterEqual, Less, Greater, NotEqual };

struct Formula {
  enum class Of : uint8_t {
    True,
    False,
    Row,      // linear `relation` 0
    Offers,   // the entity's choices lie in a set: `allowed` has one flag for each combination
    Outcome,  // a truth value that is worked out, such as s.reachable(failures = 1)
    And,
    Or,
    Not,
    During,   // the part holds on the days from .. until; on others nothing is asked
  };
  Of of = Of::True;
  Relation relation = Relation::LessEqual;
  const Linear *linear = nullptr;
  Choices choices;
  llvm::ArrayRef<uint8_t> allowed;
  OutcomeId outcome{};
  llvm::ArrayRef<const Formula *> parts;
  base::Date from = base::Date::First(), until = base::Date::Last();
};

// A list whose elements are there if their condition holds; a null condition always holds.
struct Guarded {
  struct Element {
    Value value;
    const Formula *condition = nullptr;
  };
  llvm::ArrayRef<Element> elements;
  // Where the plan decides what is in the list, such as `w.placed_on`: an outcome of this entity, with
  // these arguments and the element. Its conditions are made when one is asked for, since most never
  // are: a plan has many pairs of a dataset and a site.
  EntityId entity{};
  Slot slot = 0;
  llvm::ArrayRef<Value> arguments;

  auto is_decided_later() const -> bool { return IsSome(entity); }
};

struct Extremum {
  bool is_max = false;
  struct Element {
    const Linear *linear = nullptr;
    const Formula *condition = nullptr;
  };
  llvm::ArrayRef<Element> elements;
};

// An expression that waits for the schedule: dates, and what is computed from them. The captured
// values are the frame in which it is to be evaluated.
struct Deferred {
  ExprId expr{};
  Value self;
  llvm::ArrayRef<Value> locals;
};

}  // namespace groma::plan
