// SPDX-License-Identifier: Apache-2.0
#include "csv.h"

namespace groma::modules {
namespace {

// True at a line's end; a lone carriage return is text.
auto EndsLine(llvm::StringRef text, size_t at) -> bool {
  return at >= text.size() || text[at] == '\n' ||
         (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n');
}

auto EndsCell(llvm::StringRef text, size_t at) -> bool {
  return EndsLine(text, at) || text[at] == ',';
}

// Scans the cell at `at` and moves behind it.
auto ScanCell(llvm::StringRef text, size_t &at, RawCell &cell) -> CsvMistake {
  CsvMistake mistake;
  cell.begin = static_cast<uint32_t>(at);
  if (at < text.size() && text[at] == '"') {
    const size_t open = at++;
    cell.begin = static_cast<uint32_t>(at);
    while (at < text.size()) {
      at = text.find('"', at);
      if (at == llvm::StringRef::npos) break;
      if (at + 1 >= text.size() || text[at + 1] != '"') break;
      cell.has_doubled = true;
      at += 2;
    }
    if (at >= text.size()) {
      at = text.size();
      cell.end = static_cast<uint32_t>(at);
      return {CsvFault::Unterminated, static_cast<uint32_t>(open)};
    }
    cell.end = static_cast<uint32_t>(at++);
    if (EndsCell(text, at)) return mistake;
    mistake = {CsvFault::AfterQuote, static_cast<uint32_t>(at)};
    while (!EndsCell(text, at)) ++at;
    return mistake;
  }
  while (!EndsCell(text, at)) {
    if (text[at] == '"' && mistake.fault == CsvFault::None) {
      mistake = {CsvFault::StrayQuote, static_cast<uint32_t>(at)};
    }
    ++at;
  }
  cell.end = static_cast<uint32_t>(at);
  return mistake;
}

auto Scan(llvm::StringRef text, uint32_t begin, RawCells &cells, CsvMistake &first) -> uint32_t {
  cells.clear();
  size_t at = begin;
  while (true) {
    RawCell cell;
    const CsvMistake mistake = ScanCell(text, at, cell);
    if (first.fault == CsvFault::None) first = mistake;
    cells.push_back(cell);
    if (EndsLine(text, at)) break;
    ++at;  // the comma
  }
  if (at < text.size()) at += text[at] == '\r' ? 2 : 1;
  return static_cast<uint32_t>(at);
}

}  // namespace

auto FirstRecord(llvm::StringRef text) -> uint32_t {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

auto ScanRecord(llvm::StringRef text, uint32_t at, RawCells &cells) -> uint32_t {
  CsvMistake mistake;
  return Scan(text, at, cells, mistake);
}

auto FindCsvMistake(llvm::StringRef text) -> std::optional<CsvMistake> {
  CsvMistake mistake;
  RawCells cells;
  for (uint32_t at = FirstRecord(text); at < text.size();) {
    at = Scan(text, at, cells, mistake);
    if (mistake.fault != CsvFault::None) return mistake;
  }
  return std::nullopt;
}

}  // namespace groma::modules
