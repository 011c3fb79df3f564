// SPDX-License-Identifier: Apache-2.0
// What a proof rests on. Private to the engines.
#pragma once

#include <vector>

#include "groma/reason/certificate.h"

namespace groma::reason {

// The causes that a ray's proof makes use of, in their order, kGiven left out: the rest could be
// dropped and the proof would still hold. Perhaps a few too many.
auto SupportOf(const Program &program, const Part &part, llvm::ArrayRef<double> ray)
    -> std::vector<Cause>;

}  // namespace groma::reason
