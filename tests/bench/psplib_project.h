// SPDX-License-Identifier: Apache-2.0
// Projects of PSPLIB as networks with teams.
#pragma once

#include <optional>
#include <string>

#include "groma/timing/workforce.h"

namespace groma::bench {

struct PsplibProject {
  timing::Network network;
  timing::Workforce workforce;
};

// Reads a project in Patterson's format (`.rcp`) or in that of ProGen (`.sm`); nothing if it is
// neither.
[[nodiscard]] auto ReadPsplib(const std::string &text) -> std::optional<PsplibProject>;

}  // namespace groma::bench
