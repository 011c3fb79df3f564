// SPDX-License-Identifier: Apache-2.0
// A part of a program as a program of its own, for engines that know only whole ones.
#pragma once

#include "groma/reason/certificate.h"
#include "groma/reason/program.h"

namespace groma::reason {

// The same columns, in the bounds of the part; rows and groups whose causes count.
auto Restrict(const Program &program, const Part &part) -> Program;

// The same program without these rows (1 for each that goes) and without costs: what it cannot do,
// the whole cannot.
auto Without(const Program &program, llvm::ArrayRef<uint8_t> rows) -> Program;

}  // namespace groma::reason
