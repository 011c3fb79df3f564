// SPDX-License-Identifier: Apache-2.0
// What starts each end of a line, where it stands.
#pragma once

#include "groma/acceptance/suite.h"
#include "groma/output/file.h"

namespace groma::emit::validation {

auto LineLaunchFiles(const acceptance::Suite &suite, const std::string &head) -> std::vector<output::File>;
// How a person calls them: one for each end and launcher.
auto LineCalls(const acceptance::Suite &suite) -> std::vector<std::string>;

}  // namespace groma::emit::validation
