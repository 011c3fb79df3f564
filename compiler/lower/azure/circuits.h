// SPDX-License-Identifier: Apache-2.0
// Circuits of private lines, with the peering that runs on each.
#pragma once

#include "ends.h"

namespace groma::lower::azure {

// The part of the output with peerings and what hangs on them. It fails until lines are provisioned, and lets no other part fail.
inline constexpr const char *kPeerings = "peerings";

// One circuit: of the plan's own, or one that somebody else keeps.
struct OneCircuit {
  std::string mark;  // in symbols: where it meets Azure, as in `amsterdam2`
  ResourceId peering = resources::kNoResource;
  Value id, peering_id;
  Value authorization;  // for one that somebody else keeps
};

struct Line {
  EntityId link{};
  Place *place = nullptr;
  int64_t mbps = 0;  // of each circuit
  std::vector<OneCircuit> circuits;
};

// The circuits of the link. Nothing if it cannot be made, which is reported.
auto AddCircuits(Context &context, EntityId link, const Ends &ends) -> std::optional<Line>;

// Joins the circuits of lines with each other where the plan says so: Global Reach.
void JoinCircuits(Context &context, const std::vector<Line> &lines);

}  // namespace groma::lower::azure
