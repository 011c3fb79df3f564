// SPDX-License-Identifier: Apache-2.0
// What a question of "can it hold" comes down to once some causes do not count: columns that
// nothing pulls away from where they do no harm are put there, and rows that then hold are left
// out. Private to the engines.
#pragma once

#include <vector>

#include "groma/reason/certificate.h"
#include "groma/reason/presolve.h"

namespace groma::reason {

// The parts that do not hang together. The program has a solution within the part if each of these
// has, and one of the same cost; what has none is refuted by the causes that it mentions and what
// is given. No cost may be negative.
auto Slim(const Program &program, const Part &part) -> std::vector<Component>;

// The causes that a program mentions, in their order, kGiven left out.
auto CausesOf(const Program &program) -> std::vector<Cause>;

}  // namespace groma::reason
