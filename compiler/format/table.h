// SPDX-License-Identifier: Apache-2.0
// The lines of a block, and the columns in which neighbours are aligned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"

namespace groma::format {

// Part of a line that may begin at the same column as its neighbours'.
struct Cell {
  // What it is: neighbours are aligned as long as their cells are the same in turn.
  char tag;
  std::string text;
  // The author put more than one space before it: the sign that the column is wanted.
  bool is_wide = false;
};

struct Line {
  // Lines of different groups are never aligned; an empty group is alone.
  std::string group;
  // Fields of a body are aligned without being asked.
  bool always = false;
  // More than one line: the cells' text holds newlines.
  bool is_broken = false;
  bool has_blank_before = false;
  std::vector<Cell> cells;
  // A trailing comment and the spaces that the author left before it.
  std::string comment;
  unsigned gap = 0;
};

// Prints the lines, each indented and ended by a newline.
auto PrintLines(std::vector<Line> &lines, unsigned indent) -> std::string;

// In columns: Unicode scalars.
auto Width(llvm::StringRef text) -> size_t;

}  // namespace groma::format
