// SPDX-License-Identifier: Apache-2.0
// What was promised on a day: the plan is compared with it, and keeps to it where nothing is lost by that.
#pragma once

#include <map>

#include "source.h"

namespace groma::schedule {

struct Baseline {
  EntityId id{};  // none: there is no baseline
  std::map<EntityId, Date> finishes;
};

// The last one that was taken by `day`, or the last of all.
auto FindBaseline(Source &source, std::optional<Date> day) -> Baseline;

}  // namespace groma::schedule
