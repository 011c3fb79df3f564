// SPDX-License-Identifier: Apache-2.0
// How little of something is enough, and whether all can hold at all: what a repair rests on.
#pragma once

#include <optional>

#include "groma/reason/certificate.h"
#include "groma/reason/prover.h"

namespace groma::reason {

struct Least {
  int64_t value = 0;
  bool is_proved = false;  // less was ruled out
};

// The least value of one column while the part of the program holds; nothing if none was found.
auto LeastValue(const Program &program, const Part &part, ColumnId column, MakeProver prover,
                Effort &effort) -> std::optional<Least>;

// True if a solution of the part was found.
auto CanHold(const Program &program, const Part &part, MakeProver prover, Effort &effort) -> bool;

}  // namespace groma::reason
