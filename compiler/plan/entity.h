// SPDX-License-Identifier: Apache-2.0
// Entities as they were written, before anything is evaluated.
#pragma once

#include "groma/plan/expr.h"
#include "groma/plan/ids.h"
#include "groma/plan/kind.h"
#include "llvm/ADT/SmallVector.h"

namespace groma::plan {

// One written field. `op` is a syntax::AssignOp: Set, or one that starts from the inherited value.
struct Written {
  Slot slot = 0;
  ExprId value{};
  uint8_t op = 0;
  source::Span span;  // of the field as a whole
};

struct Goal {
  bool is_maximize = false;
  ExprId value{};
  source::Span span;
};

// `prefer EXPR weight N`
struct Preference {
  ExprId condition{};
  ExprId weight{};
  ExprId because{};
  source::Span span;
};

// `acme.lead += 8 weeks`, `given hub.circuits = 0`, `growth = 130 %`.
struct Rewrite {
  // One of the two.
  GlobalId global{};
  EntityId entity{};
  Slot slot = 0;
  uint8_t op = 0;
  ExprId value{};
  source::Span span;
};

// `expect EXPR [at QUANTITY] [because NAME]`; in a test, infeasible or feasible.
struct Expectation {
  enum class Of : uint8_t { Infeasible, Feasible, Condition };
  Of of = Of::Condition;
  ExprId condition{};
  ExprId at{};
  EntityId because{};
  source::Span span;
};

struct Entity {
  SymbolId name{};       // 0 for `test "title" {}`
  SymbolId qualified{};  // `foundation.hardening`; unique in its module
  SymbolId module_name{};  // `gdpr`: of an imported policy, which holds here like an own one
  KindId kind{};
  EntityId base{};       // another entity that it inherits from
  EntityId parent{};     // the declaration that it is nested in
  ModuleId module{};
  source::Span span;     // of the name, or of the word where there is none
  source::Span whole;
  llvm::StringRef title;
  SymbolId was{};
  bool is_library = false;
  // A nested declaration of its parent's kind that this one stands for: `train.accepted`.
  Slot nested_slot = kNoSlot;
  // Inside a playbook: `self` is the entity that the playbook is for, and nothing is evaluated.
  bool is_template = false;
  llvm::SmallVector<Written, 4> written;  // sorted by slot
  std::vector<Requirement> requirements;
  std::vector<Preference> preferences;
  std::vector<Rewrite> rewrites;
  std::vector<Expectation> expectations;
};

}  // namespace groma::plan
