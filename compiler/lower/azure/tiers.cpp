// SPDX-License-Identifier: Apache-2.0
#include "tiers.h"

namespace groma::lower::azure {
namespace {

auto SitesOf(Context &context, EntityId service) -> std::vector<EntityId> {
  std::vector<EntityId> sites = context.reader.Entities(service, Name::ServiceSites);
  const EntityId one = context.reader.Entity(service, Name::ServiceSite);
  if (sites.empty() && IsSome(one)) sites.push_back(one);
  return sites;
}

}  // namespace

auto PlacesOf(Context &context, EntityId service) -> std::vector<Place *> {
  std::vector<Place *> places;
  for (const EntityId site : SitesOf(context, service)) {
    if (Place *place = context.PlaceOf(site)) places.push_back(place);
  }
  return places;
}

auto RoleAt(Context &context, EntityId service, const Place &place) -> std::string {
  return SitesOf(context, service).size() > 1 ? place.symbol : std::string();
}

auto TierOf(Context &context, EntityId service, const resources::Field &field, const char *usual)
    -> std::string {
  const auto tier = context.reader.Text(service, Name::ServiceTier);
  if (!tier) return usual;
  if (resources::HasWord(field.words, *tier)) return *tier;
  std::string known = field.words;
  for (size_t at = 0; (at = known.find('|', at)) != std::string::npos; at += 2) known.replace(at, 1, ", ");
  context.sink
      .Report(message::NoSuchTier, context.reader.Because(service, Name::ServiceTier).front(),
              context.reader.model().FullName(service), *tier)
      .Help("Azure knows " + known);
  return usual;
}

}  // namespace groma::lower::azure
