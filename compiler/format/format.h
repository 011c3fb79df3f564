// SPDX-License-Identifier: Apache-2.0
// Formatting prints a tree as its author would have liked to write it.
#pragma once

#include <string>

#include "groma/syntax/tree.h"

namespace groma::format {

// The text of a tree without errors. Keeps what the tree says, every comment, single blank lines
// between items, and the author's choice of what stands on one line; spacing, indentation and
// columns are the formatter's. Formatting what was formatted changes nothing.
auto Format(const syntax::Tree &tree) -> std::string;

}  // namespace groma::format
