// SPDX-License-Identifier: Apache-2.0
// Bounds that hold whoever proposed them: multipliers may come from floating point, the bound that
// follows from them is computed in integers.
#pragma once

#include <optional>

#include "groma/reason/program.h"

namespace groma::reason {

// Part of a program: narrower bounds of its columns, and causes that do not count.
struct Part {
  llvm::ArrayRef<int64_t> lower = {}, upper = {};  // of each column; empty: the program's own
  llvm::ArrayRef<uint8_t> dropped = {};  // by cause, 1 if it does not count; empty: all count
};

// No solution within the part costs less than this. `multipliers` has one number for each row; a
// negative one of a row with `<=` counts as 0. kNoSolution if the part has none; nothing if the
// numbers are too large to tell.
inline constexpr int64_t kNoSolution = INT64_MAX;
auto CertifiedBound(const Program &program, const Part &part, llvm::ArrayRef<double> multipliers)
    -> std::optional<int64_t>;

// The same bound for a part that has all causes, and narrows its `lower` and `upper` to what may
// still cost at most `limit`. They stay as they are if the bound is above the limit.
auto NarrowByCost(const Program &program, llvm::MutableArrayRef<int64_t> lower,
                  llvm::MutableArrayRef<int64_t> upper, llvm::ArrayRef<double> multipliers,
                  int64_t limit) -> std::optional<int64_t>;

// True if the multipliers prove that the part has no solution, whatever it costs.
auto ProvesInfeasible(const Program &program, const Part &part, llvm::ArrayRef<double> multipliers)
    -> bool;

}  // namespace groma::reason
