// SPDX-License-Identifier: Apache-2.0
// What the README of a link's suite says that those of pools do not.
#pragma once

#include "groma/acceptance/suite.h"
#include "groma/output/lines.h"

namespace groma::emit::validation {

void AddLineTitle(output::Lines &lines, const acceptance::Suite &suite, size_t tests);
void AddLineCalls(output::Lines &lines, const acceptance::Suite &suite);
void AddLineHints(output::Lines &lines);
void AddLineLimits(output::Lines &lines, const acceptance::Suite &suite);

}  // namespace groma::emit::validation
