// SPDX-License-Identifier: Apache-2.0
// Suites that accept pools and links: short programs on top of `runtime/`, which is written beside them.
#pragma once

#include <string>
#include <vector>

#include "groma/acceptance/suite.h"
#include "groma/output/file.h"

namespace groma::emit {

// What the suites say of themselves.
struct ValidationOrigin {
  std::string plan;   // hash of the plan's text
  std::string groma;  // version of the compiler
};

auto Validation(const acceptance::Acceptance &acceptance, const ValidationOrigin &origin)
    -> std::vector<output::File>;

}  // namespace groma::emit
