// SPDX-License-Identifier: Apache-2.0
// Addresses of a cluster: those of its pods and services, and room for its nodes in the subnet of the site's machines.
#pragma once

#include "context.h"

namespace groma::lower::azure {

// Pods that a node may run. In a subnet each of them takes an address of it.
constexpr int64_t kPodsInOverlay = 110, kPodsInSubnet = 30;

struct Ranges {
  std::string pods = "100.64.0.0/16", services = "100.127.0.0/16", dns = "100.127.0.10";
};
// They stay inside the cluster, but must not be those of anything that pods speak to.
auto RangesOf(Context &context, int64_t nodes) -> Ranges;

// Machines, at most.
struct Need {
  int64_t nodes = 0, system = 0;  // of the cluster
  int64_t others = 0;             // that stand beside it
};
// Tells where the subnet of the site's machines has no room for them, and what to do.
void CheckRoom(Context &context, const Place &place, const Need &need, bool pods_in_subnet,
               const resources::Spans &because);

}  // namespace groma::lower::azure
