// SPDX-License-Identifier: Apache-2.0
// A network seen in a mirror: what is last comes first. A schedule of it, read backwards, has every
// task as late as it can be.
#pragma once

#include "groma/timing/workforce.h"

namespace groma::timing {

struct Mirror {
  Network network;
  Workforce workforce;
};

// Links and lags, calendars and teams; not what says when a single task may start, which a search
// can do without.
[[nodiscard]] auto MirrorOf(const Network &network, const Workforce &workforce) -> Mirror;

}  // namespace groma::timing
