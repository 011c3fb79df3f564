// SPDX-License-Identifier: Apache-2.0
// What of a plan is tested, and what is not.
#pragma once

#include "groma/acceptance/suite.h"
#include "groma/output/file.h"

namespace groma::emit::validation {

auto IndexFile(const acceptance::Acceptance &acceptance) -> output::File;

}  // namespace groma::emit::validation
