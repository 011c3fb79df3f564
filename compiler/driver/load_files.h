// SPDX-License-Identifier: Apache-2.0
// Reads the files of one module: trees, and the tables that they name.
#pragma once

#include <optional>
#include <string>

#include "load.h"

namespace groma::driver {

// Reads and parses a file. `name` is how messages call it.
auto LoadTree(llvm::StringRef path, const std::string &name, diagnostics::Span at,
              source::Set &sources, Sink &sink) -> std::optional<syntax::Tree>;

// The CSV files that strings of the trees name, in order, each once.
auto NamedTables(llvm::ArrayRef<syntax::Tree> trees) -> std::vector<std::string>;

// Reads a table and reports what is malformed in it. `name` is how messages call it.
auto LoadTable(llvm::StringRef path, const std::string &name, source::Set &sources, Sink &sink)
    -> std::optional<modules::Table>;

// `[A-Za-z_][A-Za-z0-9_]*`
auto IsName(llvm::StringRef text) -> bool;

// The folders that imports may lead to besides the plan's: those that a `groma.workspace` lists, in
// the plan's folder or the nearest one above it that has such a file. Real paths.
auto WorkspaceRoots(llvm::StringRef folder, source::Set &sources, Sink &sink)
    -> std::vector<std::string>;

// The facts of a solved plan as declarations; nothing if the text breaks its schema. `name` is how
// messages call the file, `at` the import.
auto FactsToText(llvm::StringRef json, const std::string &name, diagnostics::Span at, Sink &sink)
    -> std::optional<std::string>;

// The tree of `given PATH = VALUE`, its file's only item; nothing unless `value` is one value and
// no more. `name` is how messages call the text.
auto ParseGiven(const std::string &name, llvm::StringRef path, llvm::StringRef value,
                source::Set &sources, Sink &sink) -> std::optional<syntax::Tree>;

}  // namespace groma::driver
