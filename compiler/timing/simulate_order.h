// SPDX-License-Identifier: Apache-2.0
// A levelled schedule as a network that needs no levelling any more.
#pragma once

#include "groma/timing/workforce.h"

namespace groma::timing {

// Tasks that had the people of another one before wait for it, and those that share their people
// take so much more work; so that each has the dates that it has in `schedule`, and moves if what
// it waits for does.
[[nodiscard]] auto KeepOrder(const Network &network, const Workforce &workforce,
                             const Levelled &schedule) -> Network;

}  // namespace groma::timing
