// SPDX-License-Identifier: Apache-2.0
#include "ends.h"

#include "llvm/ADT/STLExtras.h"
#include "messages.h"

namespace groma::lower::azure {
namespace {

// A spoke is reached through its hub, where the gateways stand.
auto GatewaysOf(Context &context, EntityId site) -> Place * {
  Place *place = context.PlaceOf(site);
  if (place == nullptr || place->wan_hub != resources::kNoResource) return place;
  for (const EntityId network : context.reader.All(Kind::HubSpoke)) {
    const std::vector<EntityId> spokes = context.reader.Entities(network, Name::HubSpokeSpokes);
    if (!llvm::is_contained(spokes, site)) continue;
    Place *hub = context.PlaceOf(context.reader.Entity(network, Name::HubSpokeHub));
    if (hub != nullptr) return hub;
  }
  return place;
}

}  // namespace

auto EndsOf(Context &context, EntityId link) -> Ends {
  Ends ends;
  for (const EntityId end : context.reader.Entities(link, Name::LinkBetween)) {
    // What is joined to a WAN as a whole lands in its central hub, or else in its first.
    const std::vector<EntityId> hubs = context.reader.Entities(end, Name::VirtualWanHubs);
    const bool is_central = !context.places.empty() && llvm::is_contained(hubs, context.Central().site);
    const EntityId site = is_central ? context.Central().site
                          : hubs.empty() ? context.SiteOf(end)
                                         : hubs.front();
    ends.is_any_hub |= context.reader.Is(end, Kind::VirtualWan);
    Place *place = GatewaysOf(context, site);
    if (place == nullptr) {
      ends.far = site;
    } else if (ends.here == nullptr) {
      ends.here = place;
    } else {
      ends.there = place;
    }
  }
  return ends;
}

void LeaveOut(Context &context, EntityId link, const std::string &reason) {
  context.sink.Report(message::LinkLeftOut, context.reader.SpanOf(link),
                      context.reader.model().FullName(link), reason);
}

}  // namespace groma::lower::azure
