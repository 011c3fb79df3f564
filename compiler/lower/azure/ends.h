// SPDX-License-Identifier: Apache-2.0
// The two ends of a link, as Azure sees them.
#pragma once

#include "context.h"

namespace groma::lower::azure {

struct Ends {
  Place *here = nullptr;   // the end in Azure; none if neither is
  Place *there = nullptr;  // the other end, if that is in Azure too
  EntityId far{};          // the site of the other end, if it has one outside of Azure
  bool is_any_hub = false;  // the plan joins it to a virtual WAN as a whole, of which one hub takes it
};

auto EndsOf(Context &context, EntityId link) -> Ends;

// A link of which nothing is made.
void LeaveOut(Context &context, EntityId link, const std::string &reason);

}  // namespace groma::lower::azure
