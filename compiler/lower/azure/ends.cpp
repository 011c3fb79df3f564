// SPDX-License-Identifier: Apache-2.0
#include "ends.h"

#include "llvm/ADT/STLExtras.h"
#include "messages.h"

namespace groma::lower::azure {
namespace {

auto SiteOf(Reader &reader, EntityId id) -> EntityId {
  if (reader.Is(id, Kind::Site)) return id;
  const std::vector<EntityId> hubs = reader.Entities(id, Name::VirtualWanHubs);
  if (!hubs.empty()) return hubs.front();
  for (const Name name : {Name::ServiceSite, Name::PoolSite, Name::MachinesSite, Name::StorageSite,
                          Name::VirtualNetworkSite, Name::LanSite, Name::HubSpokeHub}) {
    if (const EntityId site = reader.Entity(id, name); IsSome(site)) return site;
  }
  return {};
}

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
    const EntityId site = SiteOf(context.reader, end);
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
