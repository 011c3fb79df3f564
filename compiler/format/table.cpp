// SPDX-License-Identifier: Apache-2.0
#include "table.h"

#include <algorithm>

namespace groma::format {
namespace {

// The width of the last line of a text, as far as it is printed.
auto EndColumn(llvm::StringRef text) -> size_t {
  const size_t newline = text.rfind('\n');
  return Width(newline == llvm::StringRef::npos ? text : text.substr(newline + 1));
}

auto IsNeighbour(const Line &a, const Line &b) -> bool {
  return !b.has_blank_before && !a.is_broken && !b.is_broken && !a.group.empty() &&
         a.group == b.group;
}

// Whether two lines have the same cells up to and including `column`.
auto SameCells(const Line &a, const Line &b, size_t column) -> bool {
  if (a.cells.size() <= column || b.cells.size() <= column) return false;
  for (size_t i = 0; i <= column; ++i) {
    if (a.cells[i].tag != b.cells[i].tag) return false;
  }
  return true;
}

// Aligns one column of lines [begin, end); `texts` hold what stands before it.
void AlignColumn(std::vector<Line> &lines, std::vector<std::string> &texts, size_t begin,
                 size_t end, size_t column) {
  for (size_t i = begin; i < end;) {
    if (lines[i].cells.size() <= column) {
      ++i;
      continue;
    }
    size_t last = i + 1;
    while (last < end && SameCells(lines[i], lines[last], column)) ++last;
    bool is_wanted = lines[i].always;
    size_t width = 0;
    for (size_t k = i; k < last; ++k) {
      is_wanted |= lines[k].cells[column].is_wide;
      width = std::max(width, Width(texts[k]));
    }
    for (size_t k = i; k < last; ++k) {
      const size_t pad = is_wanted && last - i > 1 ? width - Width(texts[k]) : 0;
      texts[k] += std::string(pad + 1, ' ') + lines[k].cells[column].text;
    }
    i = last;
  }
}

// Comments beside consecutive lines stand in one column; one that is alone keeps its distance.
void PlaceComments(const std::vector<Line> &lines, std::vector<std::string> &texts) {
  for (size_t i = 0; i < lines.size();) {
    if (lines[i].comment.empty()) {
      ++i;
      continue;
    }
    size_t last = i + 1;
    while (last < lines.size() && !lines[last].comment.empty() && !lines[last].has_blank_before &&
           !lines[last].is_broken) {
      ++last;
    }
    size_t column = 0;
    unsigned gap = ~0U;
    for (size_t k = i; k < last; ++k) {
      column = std::max(column, EndColumn(texts[k]));
      gap = std::min(gap, std::max(1U, lines[k].gap));
    }
    for (size_t k = i; k < last; ++k) {
      texts[k] += std::string(column + gap - EndColumn(texts[k]), ' ') + lines[k].comment;
    }
    i = last;
  }
}

}  // namespace

auto Width(llvm::StringRef text) -> size_t {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

auto PrintLines(std::vector<Line> &lines, unsigned indent) -> std::string {
  std::vector<std::string> texts(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    texts[i] = std::string(indent, ' ') + lines[i].cells.front().text;
  }
  for (size_t begin = 0; begin < lines.size();) {
    size_t end = begin + 1;
    while (end < lines.size() && IsNeighbour(lines[end - 1], lines[end])) ++end;
    size_t columns = 0;
    for (size_t i = begin; i < end; ++i) columns = std::max(columns, lines[i].cells.size());
    for (size_t column = 1; column < columns; ++column) {
      AlignColumn(lines, texts, begin, end, column);
    }
    begin = end;
  }
  PlaceComments(lines, texts);
  std::string out;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].has_blank_before) out += '\n';
    out += texts[i];
    out += '\n';
  }
  return out;
}

}  // namespace groma::format
