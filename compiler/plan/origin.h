// SPDX-License-Identifier: Apache-2.0
// Origins say why a value holds: an append-only graph whose premises have smaller ids.
#pragma once

#include <vector>

#include "groma/base/check.h"
#include "groma/plan/ids.h"
#include "groma/plan/value.h"
#include "groma/source/span.h"
#include "llvm/ADT/ArrayRef.h"

namespace groma::plan {

enum class OriginKind : uint8_t {
  Stated,      // written in the plan
  Imported,    // written in the standard library
  Pinned,      // from groma.lock
  Overridden,  // by an environment, a scenario or --set
  Derived,     // follows from its premises by the expression at the span
  Chosen,      // decided by the solver; the premises are the requirements that bind it
};

struct Origin {
  OriginKind kind;
  source::Span span;
  llvm::ArrayRef<OriginId> premises;
};

// 16 bytes an origin; equal premise lists in a row are shared.
class Origins {
 public:
  Origins() { rows_.push_back({}); }

  auto Add(OriginKind kind, source::Span span, llvm::ArrayRef<OriginId> premises = {}) -> OriginId {
    const auto id = static_cast<OriginId>(rows_.size());
    for (const OriginId premise : premises) {
      base::Check(Index(premise) < Index(id), "a premise must precede what follows from it");
    }
    Row row{span.begin, (span.end - span.begin) | static_cast<uint32_t>(kind) << 28,
            static_cast<uint32_t>(premises_.size()), static_cast<uint32_t>(premises.size())};
    if (SharesLast(premises)) {
      row.first = rows_.back().first;
    } else {
      premises_.insert(premises_.end(), premises.begin(), premises.end());
    }
    rows_.push_back(row);
    return id;
  }

  auto origin(OriginId id) const -> Origin {
    const Row &row = rows_[Index(id)];
    return {static_cast<OriginKind>(row.length >> 28),
            {row.begin, row.begin + (row.length & 0x0FFFFFFF)},
            llvm::ArrayRef<OriginId>(premises_).slice(row.first, row.count)};
  }
  auto size() const -> size_t { return rows_.size(); }

 private:
  struct Row {
    uint32_t begin, length, first, count;
  };
  auto SharesLast(llvm::ArrayRef<OriginId> premises) const -> bool {
    const Row &last = rows_.back();
    return !premises.empty() && last.count == premises.size() &&
           llvm::ArrayRef<OriginId>(premises_).slice(last.first, last.count) == premises;
  }

  std::vector<Row> rows_;
  std::vector<OriginId> premises_;
};

// A value together with the reason it holds.
struct Fact {
  Value value;
  OriginId origin{};
};

}  // namespace groma::plan
