// SPDX-License-Identifier: Apache-2.0
// What the steps of a check hand to each other.
#pragma once

#include <string>
#include <vector>

#include "groma/modules/module.h"
#include "groma/plan/model.h"

namespace groma::check {

using modules::ModuleIndex;
using plan::EntityId;
using plan::KindId;
using plan::SymbolId;
using plan::TypeId;
using source::Span;
using syntax::NodeId;
using syntax::Tree;

// A variable of a comprehension, a quantifier or a function.
struct Local {
  SymbolId name{};
  TypeId type{};
  uint32_t index = 0;
  // `it` of a `where`: its members are found bare.
  bool is_it = false;
};

// A dotted name of what may be absent, and the part of the plan where a condition says that it is not.
struct Present {
  std::string name;
  Span within;
};

// Where an expression stands: what its names mean.
struct Frame {
  const Tree *tree = nullptr;
  ModuleIndex module{};
  // The type of `self`; none where there is no self.
  TypeId self{};
  // The declaration whose nested names are visible, and its parents'.
  EntityId enclosing{};
  // What `self` is in something of a playbook.
  EntityId owner{};
  // What it is was to be read from something that is wrong, and reported.
  bool has_wrong_self = false;
  // `expect` in a suite: the members of self are found bare.
  bool has_bare_members = false;
  // A `choose` may stand here: the value of an entity's field, as a whole.
  bool allows_choose = false;
  std::vector<Local> locals;
  std::vector<Present> present;
  uint32_t next_local = 0;
};

// Where a kind says something of an entity that each of its own has: `milestone accepted {}`.
struct Promise {
  const Tree *tree = nullptr;
  NodeId decl{};
  ModuleIndex module{};
  bool is_of_playbook = false;
};

// The tasks and milestones that each entity of a kind gets.
struct Playbook {
  Promise text;
  KindId of{};
};

}  // namespace groma::check
