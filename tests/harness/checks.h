// SPDX-License-Identifier: Apache-2.0
// Writes a file test anew, with what its commands printed as CHECK lines.
#pragma once

#include <string>

#include "run.h"
#include "test_file.h"

namespace groma::harness {

// The text that the test's file should have. Each block of standard error stands above the line that
// it names first, as long as the blocks come in the order of the lines; the rest stands at the end.
auto WithChecks(const TestFile &test, const Result &result) -> std::string;

}  // namespace groma::harness
