// SPDX-License-Identifier: Apache-2.0
// Where one task lies between what it must come after and what it must come before.
#pragma once

#include "groma/timing/network.h"

namespace groma::timing {

struct Dates {
  Moment start = kEver;
  Moment finish = kEver;

  friend auto operator==(const Dates &, const Dates &) -> bool = default;
};

// The earliest dates with a start and a finish at these moments or later, of a task that has not
// been started. It takes no more time than it needs, so a late finish makes for a late start; but
// it may be finished while nobody works.
[[nodiscard]] auto Earliest(const Network &network, const Task &task, Dates after) -> Dates;

// The same of any task: what has happened, or is fixed, stays as it is.
[[nodiscard]] auto Place(const Network &network, const Task &task, Dates after) -> Dates;

// The latest dates with a start and a finish at these moments or earlier. A finish within time in
// which nobody works stays there.
[[nodiscard]] auto Latest(const Network &network, const Task &task, Dates before) -> Dates;

}  // namespace groma::timing
