// SPDX-License-Identifier: Apache-2.0
// A canvas holds rows of terminal cells, so that labels can be painted below the code they mean.
#pragma once

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

namespace groma::diagnostics {

enum class Style : uint8_t { Plain, Bold, Gutter, Error, Warning, Note, Help, Secondary, Added };

// Writes `text` in a style; only the text when colours are off.
void WriteStyled(llvm::raw_ostream &out, llvm::StringRef text, Style style, bool color);

class Canvas {
 public:
  // Paints over what is there. Returns the column after the last one painted.
  auto Put(size_t row, size_t column, llvm::StringRef text, Style style) -> size_t;
  // As `Put`, but lets what is there stand.
  void PutBelow(size_t row, size_t column, llvm::StringRef text, Style style);

  auto row_count() const -> size_t { return rows_.size(); }
  // Trailing blanks are left out.
  void Write(llvm::raw_ostream &out, bool color) const;

 private:
  // A wide scalar fills a cell and leaves the next one empty; combining marks join their cell.
  struct Cell {
    std::string text = " ";
    Style style = Style::Plain;
  };

  auto At(size_t row, size_t column) -> Cell &;

  std::vector<std::vector<Cell>> rows_;
};

}  // namespace groma::diagnostics
