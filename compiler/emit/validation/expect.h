// SPDX-License-Identifier: Apache-2.0
// The limits of a suite, as C++ and as JSON.
#pragma once

#include "groma/acceptance/suite.h"
#include "groma/output/file.h"

namespace groma::emit::validation {

auto ExpectHeader(const acceptance::Suite &suite, const std::string &head) -> output::File;
// `expect/expected.json`, and the same text as a constant for the program.
auto ExpectedJson(const acceptance::Suite &suite, const std::string &plan) -> output::File;
auto ExpectedSource(const output::File &json, const std::string &head, const acceptance::Spans &because)
    -> output::File;

}  // namespace groma::emit::validation
