// SPDX-License-Identifier: Apache-2.0
// An excerpt is the part of one source line that fits a terminal, with columns for its bytes.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "groma/diagnostics/canvas.h"
#include "llvm/ADT/StringRef.h"

namespace groma::diagnostics {

class Excerpt {
 public:
  // The whole line if it fits `width` columns, else a window around bytes [begin, end). Looks at no
  // more of the line than it shows.
  Excerpt(llvm::StringRef line, size_t begin, size_t end, uint32_t width);

  // True if the bytes [begin, end) of the line are shown.
  auto Holds(size_t begin, size_t end) const -> bool;
  // The column, from 0, at which the scalar of a byte is shown; a byte outside the window counts as
  // its nearer edge.
  auto ColumnOf(size_t byte) const -> size_t;
  // The column behind the scalar that holds the byte before `byte`.
  auto ColumnAfter(size_t byte) const -> size_t;

  void Put(Canvas &canvas, size_t row, size_t column, Style style) const;

 private:
  struct Step {
    size_t byte;
    size_t column;
  };

  llvm::StringRef line_;
  size_t begin_ = 0;
  size_t end_ = 0;
  // Where each scalar of the window begins; the last step is the window's end.
  std::vector<Step> steps_;
};

}  // namespace groma::diagnostics
