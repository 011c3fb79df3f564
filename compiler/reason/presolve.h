// SPDX-License-Identifier: Apache-2.0
// Smaller programs with the same optimum: what is decided already is taken out, and what does not
// hang together is taken apart.
#pragma once

#include <vector>

#include "groma/reason/program.h"

namespace groma::reason {

struct Presolved {
  // Proved to have no solution; `program` is then empty, and the reason is to be sought in the
  // original, which still has its causes.
  bool is_infeasible = false;
  Program program;
  std::vector<ColumnId> columns;  // of the original, for each column of `program`
  std::vector<int64_t> fixed;     // of the original, for its columns that are not in `program`

  // The solution of the original that belongs to a solution of `program`; of the same cost.
  auto Restore(llvm::ArrayRef<int64_t> values) const -> std::vector<int64_t>;
};

// Narrows bounds, takes out what is fixed, and drops rows that cannot bind or that another row
// implies. Every solution stays one. No cause counts in what is left. The program has to fit.
auto Presolve(const Program &program) -> Presolved;

// Columns that no chain of rows and groups joins, as programs of their own.
struct Component {
  Program program;
  std::vector<ColumnId> columns;  // of the whole, for each column of `program`
};
// In the order of their first columns. Rows without columns and the fixed cost are in none.
auto Components(const Program &program) -> std::vector<Component>;

}  // namespace groma::reason
