// SPDX-License-Identifier: Apache-2.0
#include "groma/diagnostics/canvas.h"

#include "groma/diagnostics/scalars.h"

namespace groma::diagnostics {
namespace {

auto Escape(Style style) -> llvm::StringRef {
  switch (style) {
    case Style::Plain:
      return "";
    case Style::Bold:
      return "\x1b[1m";
    case Style::Gutter:
    case Style::Secondary:
      return "\x1b[1;34m";
    case Style::Error:
      return "\x1b[1;31m";
    case Style::Warning:
      return "\x1b[1;33m";
    case Style::Note:
    case Style::Added:
      return "\x1b[1;32m";
    case Style::Help:
      return "\x1b[1;36m";
  }
  return "";
}

}  // namespace

void WriteStyled(llvm::raw_ostream &out, llvm::StringRef text, Style style, bool color) {
  const llvm::StringRef escape = color && !text.empty() ? Escape(style) : "";
  out << escape << text;
  if (!escape.empty()) out << "\x1b[0m";
}

auto Canvas::At(size_t row, size_t column) -> Cell & {
  if (rows_.size() <= row) rows_.resize(row + 1);
  if (rows_[row].size() <= column) rows_[row].resize(column + 1);
  return rows_[row][column];
}

auto Canvas::Put(size_t row, size_t column, llvm::StringRef text, Style style) -> size_t {
  if (rows_.size() <= row) rows_.resize(row + 1);
  const size_t start = column;
  for (size_t at = 0; at < text.size();) {
    const Scalar scalar = DecodeScalar(text, at);
    const Shown shown = Show(text, at, scalar);
    at += scalar.bytes;
    if (shown.columns == 0) {
      if (column > start) {
        size_t base = column - 1;
        while (base > start && rows_[row][base].text.empty()) --base;
        rows_[row][base].text += shown.text;
      }
    } else if (scalar.value == '\t') {
      for (uint32_t i = 0; i < shown.columns; ++i) At(row, column++) = {" ", style};
    } else {
      At(row, column++) = {shown.text, style};
      for (uint32_t i = 1; i < shown.columns; ++i) At(row, column++) = {"", style};
    }
  }
  return column;
}

void Canvas::PutBelow(size_t row, size_t column, llvm::StringRef text, Style style) {
  for (const char c : text) {
    Cell &cell = At(row, column++);
    if (cell.text == " ") cell = {std::string(1, c), style};
  }
}

void Canvas::Write(llvm::raw_ostream &out, bool color) const {
  for (const std::vector<Cell> &row : rows_) {
    size_t size = row.size();
    while (size > 0 && row[size - 1].text == " ") --size;
    for (size_t i = 0; i < size;) {
      std::string run;
      const Style style = row[i].style;
      // Blanks look the same in every style, so they do not break a run.
      for (; i < size && (row[i].style == style || row[i].text == " "); ++i) run += row[i].text;
      const llvm::StringRef inked = llvm::StringRef(run).rtrim(' ');
      WriteStyled(out, inked, style, color);
      out.indent(static_cast<unsigned>(run.size() - inked.size()));
    }
    out << '\n';
  }
}

}  // namespace groma::diagnostics
