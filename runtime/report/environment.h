// SPDX-License-Identifier: Apache-2.0
// Which variables of the environment may be in a report. All others may hold secrets.
#pragma once

#include <map>
#include <string>

namespace groma::runtime {

// Of NULL-terminated NAME=VALUE texts, those whose names are known to say how a run was set up.
auto AllowedEnvironment(const char *const *environment) -> std::map<std::string, std::string>;
// The value, with all that looks like a token or a password replaced.
auto MaskSecrets(const std::string &value) -> std::string;

}  // namespace groma::runtime
