// SPDX-License-Identifier: Apache-2.0
// A preview shows the lines that a small fix would change, as they would be.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "groma/diagnostics/snippet.h"

namespace groma::diagnostics {

struct PreviewMark {
  // Bytes of the changed line.
  size_t begin = 0;
  size_t end = 0;
  // `+` for an insertion, `~` for a replacement.
  char sign = '~';
};

struct PreviewLine {
  uint32_t number = 0;
  // `|`, or `-` and `+` where whole lines go and come.
  char sign = '|';
  std::string text;
  std::vector<PreviewMark> marks;
};

struct FixPreview {
  // Where the first change is.
  source::Place place;
  std::vector<PreviewLine> lines;

  auto largest_line() const -> uint32_t;
};

// Nothing for a fix that is too large to show, or whose edits overlap, lie in several files or in
// the standard library.
auto PreviewFix(const source::Set &sources, const Fix &fix) -> std::optional<FixPreview>;

void WritePreview(const FixPreview &preview, const SnippetOptions &options, llvm::raw_ostream &out);

}  // namespace groma::diagnostics
