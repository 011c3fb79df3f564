// SPDX-License-Identifier: Apache-2.0
// Modules: folders of trees with their tables and imports, as the loader hands them to `check`.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "groma/modules/table.h"
#include "groma/source/span.h"
#include "groma/syntax/tree.h"
#include "llvm/ADT/StringMap.h"

namespace groma::modules {

// An index into `Store::modules`.
enum class ModuleIndex : uint32_t {};

// An `import` that the loader followed. One that it could not follow was reported and is left out.
struct Import {
  source::Span span;
  ModuleIndex target{};
  // `azure.regions` for a library path; the last part of a relative path otherwise.
  std::string path;
};

struct Module {
  // `azure.gpu` in the library, the path relative to the root of the plan elsewhere; empty for the plan.
  std::string path;
  bool is_library = false;
  // Facts of another, solved plan (`import plan`): read only.
  bool is_facts = false;
  // One tree a file, in the order of their names.
  std::vector<syntax::Tree> trees;
  // The CSV files that stand beside them, in the order of their names.
  std::vector<Table> tables;
  std::vector<Import> imports;
};

struct Store {
  std::deque<Module> modules;
  // The files of `stdlib/prelude`: visible everywhere without an import.
  ModuleIndex prelude{};
  ModuleIndex plan{};

  auto module(ModuleIndex index) const -> const Module & {
    return modules[static_cast<uint32_t>(index)];
  }
};

}  // namespace groma::modules
