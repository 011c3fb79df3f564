// SPDX-License-Identifier: Apache-2.0
#include "joined.h"

namespace groma::lower::azure {

auto SiteOf(Reader &reader, EntityId id) -> EntityId {
  if (reader.Is(id, Kind::Site)) return id;
  for (const Name name : {Name::ServiceSite, Name::PoolSite, Name::MachinesSite, Name::StorageSite,
                          Name::VirtualNetworkSite, Name::LanSite, Name::HubSpokeHub}) {
    if (const EntityId site = reader.Entity(id, name); IsSome(site)) return site;
  }
  return {};
}

Joined::Joined(Reader &reader) {
  const auto all = [&](EntityId first, const std::vector<EntityId> &others) {
    for (const EntityId other : others) Join(first, other);
  };
  for (const EntityId wan : reader.All(Kind::VirtualWan)) {
    const std::vector<EntityId> hubs = reader.Entities(wan, Name::VirtualWanHubs);
    if (!hubs.empty()) all(hubs.front(), hubs);
  }
  for (const EntityId id : reader.All(Kind::HubSpoke)) {
    all(reader.Entity(id, Name::HubSpokeHub), reader.Entities(id, Name::HubSpokeSpokes));
  }
  for (const EntityId link : reader.All(Kind::Link)) {
    if (reader.Is(link, Kind::PrivateEndpoint)) continue;
    const std::vector<EntityId> ends = reader.Entities(link, Name::LinkBetween);
    if (ends.size() == 2) Join(SiteOf(reader, ends[0]), SiteOf(reader, ends[1]));
  }
}

auto Joined::PartOf(EntityId site) const -> EntityId {
  for (auto at = over_.find(site); at != over_.end() && at->second != site; at = over_.find(site)) {
    site = at->second;
  }
  return site;
}

auto Joined::Are(EntityId a, EntityId b) const -> bool { return PartOf(a) == PartOf(b); }

void Joined::Join(EntityId a, EntityId b) {
  if (!IsSome(a) || !IsSome(b)) return;
  const EntityId first = std::min(PartOf(a), PartOf(b));
  over_[PartOf(b)] = first;
  over_[PartOf(a)] = first;
}

}  // namespace groma::lower::azure
