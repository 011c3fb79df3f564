// SPDX-License-Identifier: Apache-2.0
// A part of a program as a linear one in floating point, scaled so that a first-order method can
// walk on it. Private to the engines: what they find on it is certified on the program itself.
#pragma once

#include <vector>

#include "groma/reason/certificate.h"
#include "groma/reason/program.h"

namespace groma::reason {

// A matrix by rows or by columns: the places of line i are start[i] .. start[i + 1].
struct Lines {
  std::vector<uint32_t> start;
  std::vector<uint32_t> place;
  std::vector<double> value;
};

// Minimise cost * x with lower <= x <= upper and, for each line of `rows`, sum <= limit or ==
// limit. The first lines are rows of the program; then come the groups and their classes.
struct Relaxation {
  static constexpr RowId kNoRow = UINT32_MAX;

  Lines rows, columns;
  std::vector<double> cost, lower, upper;
  std::vector<double> limit;
  std::vector<uint8_t> is_equal;
  std::vector<RowId> of_row;      // by line, kNoRow for groups and classes
  std::vector<double> row_scale;  // a multiplier of a line times this is one of the program's row

  auto line_count() const -> size_t { return limit.size(); }
  auto column_count() const -> size_t { return cost.size(); }
};

// With `with_cost` false all costs are 0.
auto Relax(const Program &program, const Part &part, bool with_cost) -> Relaxation;

}  // namespace groma::reason
