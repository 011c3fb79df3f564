// SPDX-License-Identifier: Apache-2.0
// What a person reads first: promises, their tests, the limits and why.
#pragma once

#include "groma/emit/validation/tests.h"

namespace groma::emit::validation {

auto ReadmeFile(const acceptance::Suite &suite, const std::vector<TestFile> &tests) -> output::File;

}  // namespace groma::emit::validation
