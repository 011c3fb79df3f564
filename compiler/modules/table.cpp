// SPDX-License-Identifier: Apache-2.0
#include "groma/modules/table.h"

#include <algorithm>
#include <utility>

#include "csv.h"

namespace groma::modules {
namespace {

auto IsEmptyLine(const RawCells &cells) -> bool {
  return cells.size() == 1 && cells.front().begin == cells.front().end;
}

auto TextOf(llvm::StringRef text, const RawCell &cell) -> std::string {
  const llvm::StringRef raw = text.slice(cell.begin, cell.end);
  if (!cell.has_doubled) return raw.str();
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    out += raw[i];
    if (raw[i] == '"') ++i;
  }
  return out;
}

auto SpanOf(uint32_t base, const RawCell &cell) -> source::Span {
  return {base + cell.begin, base + cell.end};
}

// `rate [Gbps]` is a field and the unit of its cells.
auto ReadColumn(llvm::StringRef text, uint32_t base, const RawCell &cell) -> Column {
  const std::string heading = TextOf(text, cell);
  const llvm::StringRef whole = llvm::StringRef(heading).trim();
  auto [field, unit] = whole.split('[');
  if (whole.ends_with("]")) {
    return {field.trim().str(), unit.drop_back().trim().str(), SpanOf(base, cell)};
  }
  return {whole.str(), {}, SpanOf(base, cell)};
}

// Returns where the rows begin.
auto ReadColumns(llvm::StringRef text, uint32_t base, std::vector<Column> &columns) -> uint32_t {
  RawCells cells;
  uint32_t at = FirstRecord(text);
  while (at < text.size()) {
    at = ScanRecord(text, at, cells);
    if (IsEmptyLine(cells)) continue;
    columns.reserve(cells.size());
    for (const RawCell &cell : cells) columns.push_back(ReadColumn(text, base, cell));
    break;
  }
  return at;
}

}  // namespace

Table::Table(std::string name, llvm::StringRef text, uint32_t base, llvm::ArrayRef<uint32_t> rows)
    : name_(std::move(name)), text_(text), base_(base), rows_(rows) {
  ReadColumns(text_, base_, columns_);
}

Table::Table(std::string name, llvm::StringRef text, uint32_t base)
    : name_(std::move(name)), text_(text), base_(base) {
  RawCells cells;
  for (uint32_t at = ReadColumns(text_, base_, columns_); at < text_.size();) {
    const uint32_t row = at;
    at = ScanRecord(text_, at, cells);
    if (!IsEmptyLine(cells)) own_rows_.push_back(row);
  }
  rows_ = own_rows_;
  // Rows of one name stay in the order of the file.
  std::vector<std::pair<llvm::StringRef, uint32_t>> named;
  named.reserve(own_rows_.size());
  for (size_t i = 0; i < own_rows_.size(); ++i) named.emplace_back(RowName(i), own_rows_[i]);
  std::sort(named.begin(), named.end());
  for (size_t i = 0; i < named.size(); ++i) own_rows_[i] = named[i].second;
}

auto Table::RowName(size_t row) const -> llvm::StringRef {
  RawCells cells;
  // Only the first cell counts, and it seldom is quoted.
  const llvm::StringRef rest = text_.drop_front(rows_[row]);
  if (!rest.starts_with("\"")) {
    return rest.take_until([](char c) { return c == ',' || c == '\n'; }).rtrim('\r');
  }
  ScanRecord(text_, rows_[row], cells);
  return text_.slice(cells.front().begin, cells.front().end);
}

auto Table::Find(llvm::StringRef name) const -> std::optional<size_t> {
  size_t low = 0;
  for (size_t count = rows_.size(); count > 0;) {
    const size_t half = count / 2;
    if (RowName(low + half) < name) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  if (low == rows_.size() || RowName(low) != name) return std::nullopt;
  return low;
}

auto Table::Cells(size_t row) const -> std::vector<Cell> {
  RawCells raw;
  ScanRecord(text_, rows_[row], raw);
  std::vector<Cell> cells;
  cells.reserve(raw.size());
  for (const RawCell &cell : raw) cells.push_back({TextOf(text_, cell), SpanOf(base_, cell)});
  return cells;
}

}  // namespace groma::modules
