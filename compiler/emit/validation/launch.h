// SPDX-License-Identifier: Apache-2.0
// Scripts that start a suite on all nodes of a pool.
#pragma once

#include "groma/acceptance/suite.h"
#include "groma/output/file.h"

namespace groma::emit::validation {

auto LaunchFiles(const acceptance::Suite &suite, const std::string &head) -> std::vector<output::File>;

}  // namespace groma::emit::validation
