// SPDX-License-Identifier: Apache-2.0
// A snippet is the lines of one file that the labels of a diagnostic point at, with the labels.
#pragma once

#include <string>
#include <vector>

#include "groma/diagnostics/canvas.h"
#include "groma/diagnostics/region.h"

namespace groma::diagnostics {

struct Pointer {
  Region region;
  std::string text;
  bool is_primary = false;
};

struct SnippetOptions {
  bool color = false;
  // Columns of source text shown of a line; longer lines are cut around their labels.
  uint32_t width = 160;
  // Digits of the largest line number of the diagnostic.
  size_t gutter = 1;
  // Of carets and the text beside them.
  Style primary = Style::Error;
};

// The last line a region touches. A region that ends just behind a newline does not touch the line
// after it.
auto LastLine(const Region &region) -> uint32_t;

// Writes the lines under ` --> file:line:column`, all pointers being in one file.
void WriteSnippet(const source::Set &sources, const std::vector<Pointer> &pointers,
                  const SnippetOptions &options, llvm::raw_ostream &out);

}  // namespace groma::diagnostics
