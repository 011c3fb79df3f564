// SPDX-License-Identifier: Apache-2.0
// Private endpoints: an address inside a network for a service outside of it, and the names that lead there.
#pragma once

#include "context.h"

namespace groma::lower::azure {

// An endpoint at `place` for the part of `target` that Azure calls `part`, such as `vault` or `blob`. It stands in the same
// concern as its target. The zones of its names are made once for the whole plan and linked to every network that is
// routed together with the place. Tells that there is none, and returns no resource, where the place has no network.
auto AddEndpoint(Context &context, Place &place, ResourceId target, llvm::StringRef part,
                 const resources::Spans &because) -> ResourceId;

// What Azure calls the part of `target` that is wanted; the only one that it has, or its first, where none is named. Empty if
// it has no such part.
auto PartOf(Context &context, ResourceId target, llvm::StringRef wanted) -> std::string;
// True if there is an endpoint for that part at the place already.
auto HasEndpoint(Context &context, const Place &place, ResourceId target, llvm::StringRef part) -> bool;

// The zone of that name: the only one of the plan. It lies at the central site.
auto ZoneNamed(Context &context, llvm::StringRef name, const resources::Spans &because) -> ResourceId;
// Links the zone to the network, once.
void LinkZone(Context &context, ResourceId zone, ResourceId network, const resources::Spans &because);
// Links it to every network that is routed together with the place.
void LinkZoneAround(Context &context, ResourceId zone, const Place &place,
                    const resources::Spans &because);

}  // namespace groma::lower::azure
