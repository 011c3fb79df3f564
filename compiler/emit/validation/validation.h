// SPDX-License-Identifier: Apache-2.0
// Suites that accept pools: short programs on top of `runtime/`, which is written beside them.
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

auto Validation(const std::vector<acceptance::Suite> &suites, const ValidationOrigin &origin)
    -> std::vector<output::File>;

}  // namespace groma::emit
