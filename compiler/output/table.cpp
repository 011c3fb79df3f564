// SPDX-License-Identifier: Apache-2.0
#include "groma/output/table.h"

#include <algorithm>

namespace groma::output {
namespace {

auto FieldOf(const Cell &cell) -> std::string {
  std::string text = cell.text;
  const bool is_formula =
      !text.empty() && std::string("=+-@\t\r").find(text[0]) != std::string::npos;
  if (is_formula && !cell.is_number) text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

auto PrintCsv(const Table &table) -> File {
  File file;
  file.path = table.path;
  size_t line = 0;
  const auto add = [&](const std::vector<Cell> &cells, const std::vector<source::Span> &because) {
    std::string row;
    for (size_t i = 0; i < cells.size(); ++i) row += (i == 0 ? "" : ",") + FieldOf(cells[i]);
    // A field may hold line ends, and then a row is more than one line.
    const auto lines = static_cast<size_t>(std::count(row.begin(), row.end(), '\n')) + 1;
    for (size_t i = 0; i < lines; ++i) file.Trace(++line, because);
    file.text += row + "\r\n";
  };
  std::vector<Cell> header(table.header.begin(), table.header.end());
  add(header, table.because);
  for (const TableRow &row : table.rows) add(row.cells, row.because);
  return file;
}

auto Decimal(base::Rational number, int digits) -> std::string {
  int64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  const auto scaled = base::Mul(base::Abs(number), scale);
  if (!scaled) return std::to_string(number.Round());
  const int64_t all = scaled->Round();
  std::string rest = std::to_string(all % scale);
  rest.insert(0, static_cast<size_t>(digits) - std::min<size_t>(rest.size(), digits), '0');
  const std::string sign = number.sign() < 0 && all != 0 ? "-" : "";
  return sign + std::to_string(all / scale) + (digits == 0 ? "" : "." + rest);
}

}  // namespace groma::output
