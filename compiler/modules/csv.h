// SPDX-License-Identifier: Apache-2.0
// Splits CSV text (RFC 4180) into cells, without copying any of it.
#pragma once

#include <cstdint>
#include <optional>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace groma::modules {

// Where a cell stands; without its quotes, if it has any.
struct RawCell {
  uint32_t begin = 0;
  uint32_t end = 0;
  // A quote inside stands for itself and is doubled.
  bool has_doubled = false;
};

enum class CsvFault : uint8_t { None, Unterminated, AfterQuote, StrayQuote };

struct CsvMistake {
  CsvFault fault = CsvFault::None;
  uint32_t at = 0;
};

using RawCells = llvm::SmallVector<RawCell, 24>;

// The offset of the first record: behind a byte order mark.
auto FirstRecord(llvm::StringRef text) -> uint32_t;

// Fills `cells` with those of the record at `at` and returns where the next one begins. An empty
// line is a record with one empty cell. What is malformed is read as well as it goes.
auto ScanRecord(llvm::StringRef text, uint32_t at, RawCells &cells) -> uint32_t;

// The first malformed quote of the text, if there is one.
auto FindCsvMistake(llvm::StringRef text) -> std::optional<CsvMistake>;

}  // namespace groma::modules
