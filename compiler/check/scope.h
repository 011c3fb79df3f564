// SPDX-License-Identifier: Apache-2.0
// A scope is what one module declares, by name; declarations are resolved when first asked for.
#pragma once

#include <vector>

#include "groma/modules/module.h"
#include "groma/plan/ids.h"
#include "llvm/ADT/DenseMap.h"

namespace groma::check {

enum class DeclaredForm : uint8_t {
  Entity,
  Param,
  Let,
  Function,
  Catalogue,
  Row,  // of a catalogue's table
  Kind,
  Record,
  Enum,
  Union,
  Alias,
  Plural,  // the collection of a kind
};

struct Declared {
  enum class State : uint8_t { Untouched, Resolving, Done };

  DeclaredForm form = DeclaredForm::Entity;
  State state = State::Untouched;
  plan::SymbolId name{};
  modules::ModuleIndex module{};
  const syntax::Tree *tree = nullptr;
  syntax::NodeId node{};
  // Row: its table's catalogue and its number. Plural: the kind.
  Declared *owner = nullptr;
  uint32_t row = 0;
  // The resolved id in the store of its form; a TypeId for an Alias.
  uint32_t id = 0;
  // Catalogue: its table and, by row, the entities made so far.
  const modules::Table *table = nullptr;
  std::vector<plan::EntityId> rows;
};

struct Scope {
  modules::ModuleIndex module{};
  // Entities, params, lets, functions, catalogues and collections.
  llvm::DenseMap<uint32_t, Declared *> values;
  // Kinds, records, enums, unions and aliases, by dotted name.
  llvm::DenseMap<uint32_t, Declared *> types;
  std::vector<Declared *> catalogues;
};

}  // namespace groma::check
