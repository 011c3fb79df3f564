// SPDX-License-Identifier: Apache-2.0
// Small programs by chance, with groups, counts and equalities, and their optimum by trying all.
#pragma once

#include <cstdint>
#include <optional>

#include "groma/reason/program.h"

namespace groma::reason {

// The same program for the same seed everywhere; about one in four has no solution.
auto RandomProgram(uint32_t seed) -> Program;

// The least cost of a solution; nothing if there is none.
auto TryAll(const Program &program) -> std::optional<int64_t>;

}  // namespace groma::reason
