// SPDX-License-Identifier: Apache-2.0
// What the plan promises of a pool, and which tests look after it.
#pragma once

#include "groma/lower/validation/reader.h"

namespace groma::lower::validation {

// The names of the tests that the suite has, in the order in which they run.
auto TestsOf(const acceptance::Suite &suite) -> std::vector<std::string>;

void AddLinePromises(Reader &reader, EntityId link, acceptance::Suite &suite);
void AddPromises(Reader &reader, plan::Plan &plan, EntityId pool, acceptance::Suite &suite);

}  // namespace groma::lower::validation
