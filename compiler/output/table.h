// SPDX-License-Identifier: Apache-2.0
// A table and its only printer, as RFC 4180 asks: fields with commas, quotes or line ends are
// quoted, and lines end with CRLF.
#pragma once

#include <string>
#include <vector>

#include "groma/base/rational.h"
#include "groma/output/file.h"

namespace groma::output {

struct Cell {
  std::string text;
  bool is_number = false;

  Cell(std::string words) : text(std::move(words)) {}  // NOLINT(google-explicit-constructor)
  Cell(const char *words) : text(words) {}             // NOLINT(google-explicit-constructor)
  static auto Number(std::string digits) -> Cell {
    Cell cell(std::move(digits));
    cell.is_number = true;
    return cell;
  }
};

struct TableRow {
  std::vector<Cell> cells;
  std::vector<source::Span> because;
};

struct Table {
  std::string path;
  std::vector<std::string> header;
  std::vector<source::Span> because;  // of the header
  std::vector<TableRow> rows;
};

// Words that a spreadsheet would take for a formula get an apostrophe in front; numbers stay as
// they are.
auto PrintCsv(const Table &table) -> File;

// Rounded to so many digits behind the point.
auto Decimal(base::Rational number, int digits) -> std::string;

}  // namespace groma::output
