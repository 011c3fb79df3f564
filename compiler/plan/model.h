// SPDX-License-Identifier: Apache-2.0
// The model: a checked plan, typed and resolved, that may still hold unknowns. `Environment` holds
// what it evaluates to in one environment.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "groma/base/units.h"
#include "groma/plan/decisions.h"
#include "groma/plan/entity.h"
#include "groma/plan/expr.h"
#include "groma/plan/kind.h"
#include "groma/plan/linear.h"
#include "groma/plan/origin.h"
#include "groma/plan/symbols.h"
#include "groma/plan/type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Allocator.h"

namespace groma::plan {

// A `param` or `let` at file level.
struct Global {
  SymbolId name{};
  TypeId type{};
  ExprId value{};  // none: a param that must be set
  bool is_param = false;
  ModuleId module{};
  source::Span span;   // of the name
  source::Span whole;
  bool is_library = false;
};

struct Function {
  SymbolId name{};
  std::vector<Parameter> parameters;
  TypeId result{};
  ExprId body{};
  source::Span span;
  bool is_library = false;
};

// `catalogue gpu_skus : gpu_sku { ... }`: a list of entries.
struct Catalogue {
  SymbolId name{};
  KindId kind{};
  std::vector<EntityId> entries;  // in order of their names
  source::Span span;
};

// `rate usd { from = USD, to = EUR, ... }` after evaluation.
struct ExchangeRate {
  SymbolId from{}, to{};
  base::Rational value;
  OriginId origin{};
};

// A requirement, or a preference, for one subject, under one environment. `formula` is null if it
// holds as it stands.
struct Demand {
  EntityId owner{};    // the policy, or the entity whose kind demands it
  EntityId subject{};  // the element of the outermost `all`
  const Formula *formula = nullptr;
  source::Span span;
  OriginId origin{};
  base::Rational weight = {};
  bool is_preference = false;
  // Why it is asked, in the words of the rule; may be empty.
  llvm::StringRef because = {};
  // Covers the subject until its date: as long as it does, the demand need not hold.
  EntityId waiver{};
};

struct Aim {
  bool is_maximize = false;
  Value value;
  source::Span span;
};

// What the model evaluates to in one environment.
struct Environment {
  SymbolId name{};     // 0: the plan has no environments, the parameters' defaults hold
  EntityId entity{};
  // Of a solved environment: what every `choose` and every member without a formula came to.
  const Decisions *decisions = nullptr;
  // Policies that are not asked, to see whether they are what makes a plan impossible; budgets that do not bind,
  // and steps that may be finished after their `by`.
  std::vector<EntityId> suspended;
  std::vector<const Rewrite *> rewrites;  // in order; later ones see the effect of earlier ones
  Origins origins;
  std::vector<Fact> facts;                // 0 is the error fact
  // For each entity the index of its facts by slot; 0 is "not evaluated". Empty until first use.
  std::vector<std::unique_ptr<uint32_t[]>> facts_of;
  std::vector<Fact> globals;              // by GlobalId; tag Error and no origin until evaluated
  std::vector<Unknown> unknowns{1};
  std::vector<Outcome> outcomes{1};
  std::vector<ExchangeRate> rates;
  std::vector<Demand> demands;
  // Requirements over dates, which the schedule decides; they have no formula.
  std::vector<Demand> waiting;
  std::vector<Aim> aims;

  // The same alternative before anything is evaluated.
  auto Unread() const -> Environment;
};

class Model {
 public:
  Symbols symbols;
  base::UnitTable units;
  Types types;
  Exprs exprs;

  // Id 0 of each is unused.
  std::deque<Kind> kinds{1};
  std::deque<RecordDecl> records{1};
  std::deque<EnumDecl> enums{1};
  std::deque<UnionDecl> unions{1};
  std::deque<Entity> entities{1};
  std::deque<Global> globals{1};
  std::deque<Function> functions{1};
  std::deque<Catalogue> catalogues{1};

  // What the plan itself declares, in order of qualified names: the order in which every engine
  // sees entities, so that moving declarations moves nothing.
  std::vector<EntityId> plan_entities;
  std::vector<Goal> goals;
  // `--set name=value`, in the order given; every environment applies them last.
  std::deque<Rewrite> settings;
  EntityId plan{};  // the `plan` declaration, if there is one
  std::vector<Environment> environments;

  auto kind(KindId id) const -> const Kind & { return kinds[Index(id)]; }
  auto entity(EntityId id) const -> const Entity & { return entities[Index(id)]; }
  auto record(RecordId id) const -> const RecordDecl & { return records[Index(id)]; }
  auto text(SymbolId id) const -> llvm::StringRef { return symbols.text(id); }
  auto FullName(EntityId id) const -> std::string;

  // True if `kind` is `base` or derives from it.
  auto IsA(KindId kind, KindId base) const -> bool;
  // The entities of the plan of a kind or its variants, in order of names. Templates are left out.
  auto Collection(KindId kind) const -> std::vector<EntityId>;

  // Memory for values that are longer than a Value; lives as long as the model.
  auto Keep(llvm::StringRef text) -> llvm::StringRef;
  template <typename T>
  auto Keep(llvm::ArrayRef<T> items) -> llvm::ArrayRef<T> {
    if (items.empty()) return {};
    T *copy = arena_.Allocate<T>(items.size());
    std::uninitialized_copy(items.begin(), items.end(), copy);
    return {copy, items.size()};
  }
  template <typename T>
  auto New(T value) -> const T * {
    return new (arena_.Allocate<T>()) T(std::move(value));
  }

 private:
  llvm::BumpPtrAllocator arena_;
};

}  // namespace groma::plan
