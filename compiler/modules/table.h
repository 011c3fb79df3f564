// SPDX-License-Identifier: Apache-2.0
// A typed table: a CSV file (RFC 4180) whose first line names the columns and whose first column
// names the rows. Rows are found by name without reading the others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "groma/source/span.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace groma::modules {

// `rate [Gbps]`: the field's path (`nics.rate`) and the unit of its cells, empty if there is none.
struct Column {
  std::string field;
  std::string unit;
  source::Span span;
};

struct Cell {
  // Without quotes; doubled quotes are one.
  std::string text;
  source::Span span;
};

class Table {
 public:
  // `rows` are the local offsets of the rows in the order of their names; borrowed if the table lies
  // in the executable.
  Table(std::string name, llvm::StringRef text, uint32_t base, llvm::ArrayRef<uint32_t> rows);
  // Scans `text`. Rows need not be sorted in the file.
  Table(std::string name, llvm::StringRef text, uint32_t base);

  auto name() const -> llvm::StringRef { return name_; }
  auto columns() const -> llvm::ArrayRef<Column> { return columns_; }
  auto row_count() const -> size_t { return rows_.size(); }
  auto RowName(size_t row) const -> llvm::StringRef;
  // The row of a name; nothing if there is none.
  auto Find(llvm::StringRef name) const -> std::optional<size_t>;
  // One cell for each column; missing trailing cells are left out, surplus ones are kept, so that
  // the reader can say so.
  auto Cells(size_t row) const -> std::vector<Cell>;
  auto rows() const -> llvm::ArrayRef<uint32_t> { return rows_; }
  auto text() const -> llvm::StringRef { return text_; }
  auto base() const -> uint32_t { return base_; }

 private:
  std::string name_;
  llvm::StringRef text_;
  uint32_t base_ = 0;
  std::vector<Column> columns_;
  llvm::ArrayRef<uint32_t> rows_;
  std::vector<uint32_t> own_rows_;
};

}  // namespace groma::modules
