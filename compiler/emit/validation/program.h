// SPDX-License-Identifier: Apache-2.0
// What makes a program of tests: its main file and its CMake project.
#pragma once

#include "groma/emit/validation/tests.h"
#include "groma/emit/validation/validation.h"

namespace groma::emit::validation {

auto MainFile(const acceptance::Suite &suite, const std::vector<TestFile> &tests, const ValidationOrigin &origin,
              const std::string &head) -> output::File;
auto BuildFile(const acceptance::Suite &suite, const std::vector<TestFile> &tests) -> output::File;

}  // namespace groma::emit::validation
