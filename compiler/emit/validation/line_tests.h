// SPDX-License-Identifier: Apache-2.0
// The tests of a line between two sites.
#pragma once

#include "groma/emit/validation/tests.h"

namespace groma::emit::validation {

auto LineTestsOf(const acceptance::Suite &suite) -> std::vector<TestFile>;

}  // namespace groma::emit::validation
