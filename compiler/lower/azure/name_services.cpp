// SPDX-License-Identifier: Apache-2.0
#include "name_services.h"

#include "endpoints.h"
#include "forwarding.h"
#include "groma/resources/azure/dns.h"
#include "hubs.h"
#include "networks.h"
#include "tiers.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Spans;
using resources::azure::Resolver;
using resources::azure::ResolverIn;
using resources::azure::ResolverOut;

namespace {

void AddResolver(Context &context, EntityId of, Place &place) {
  const Spans because = context.reader.Because(of, Name::PrivateDnsResolver);
  const ReservedSubnet *in = SubnetFor(context, place, Reserved::ResolverIn, because);
  const ReservedSubnet *out = SubnetFor(context, place, Reserved::ResolverOut, because);
  if (in == nullptr || out == nullptr) return;
  const std::string role = RoleAt(context, of, place);
  auto resolver = context.Make<Resolver>(of, role, place, "dns");
  resolver.Set<Resolver::kNetwork>(
      Value::IdOf(place.hub != kNoResource ? place.hub : place.network, because));
  auto inbound = context.MakeIn<ResolverIn>(resolver.id(), of, role);
  inbound.resource().purpose = "One's own name servers forward questions about zones of Azure to this address.";
  auto address = inbound.In({0});
  address.Set<ResolverIn::kSubnet>(Value::IdOf(in->subnet, because));
  address.Is<ResolverIn::kMethod>("Static", because);
  address.Set<ResolverIn::kAddress>(
      Value::Text(base::FormatAddress(in->range.first() + kFirstFree), because));
  auto outbound = context.MakeIn<ResolverOut>(resolver.id(), of, role);
  outbound.Set<ResolverOut::kSubnet>(Value::IdOf(out->subnet, because));
  AddForwarding(context, of, place, role, outbound.id());
}

void AddLink(Context &context, EntityId link) {
  Reader &reader = context.reader;
  const std::vector<EntityId> ends = reader.Entities(link, Name::LinkBetween);
  if (ends.size() != 2) return;
  const Spans because = reader.Because(link) + reader.Because(link, Name::LinkBetween);
  const auto is_target = [&](EntityId id) {
    return reader.Is(id, Kind::Service) || reader.Is(id, Kind::Storage);
  };
  const bool is_first = is_target(ends[0]);
  const EntityId target = is_first ? ends[0] : ends[1];
  const EntityId at = is_first ? ends[1] : ends[0];
  const auto tell = [&](const std::string &why) {
    context.sink.Report(message::LeftOut, because.front(), reader.model().FullName(link), why)
        .Help("join a service or storage of Azure with a site or a network of Azure");
  };
  Place *place = context.PlaceOf(context.SiteOf(at));
  if (!is_target(target)) return tell("neither of its ends is a service");
  if (place == nullptr) return tell("`" + reader.model().FullName(at) + "` is not in Azure");
  const auto [from, to] = context.made_for.equal_range(target);
  const std::string part = reader.Text(link, Name::PrivateEndpointPart).value_or("");
  for (auto made = from; made != to; ++made) {
    const std::string known = PartOf(context, made->second, part);
    if (known.empty()) continue;
    // Where the service has an endpoint of its own there, this is the same.
    if (!HasEndpoint(context, *place, made->second, known)) {
      AddEndpoint(context, *place, made->second, known, because);
    }
    return;
  }
  tell("groma makes nothing in Azure for `" + reader.model().FullName(target) + "` that has " +
       (part.empty() ? "private endpoints" : "a part `" + part + "`"));
}

}  // namespace

void LowerNameServices(Context &context) {
  Reader &reader = context.reader;
  for (const EntityId of : reader.All(Kind::PrivateDns)) {
    const std::vector<Place *> places = PlacesOf(context, of);
    const Spans because = reader.Because(of, Name::PrivateDnsZones);
    for (const std::string &name : reader.Texts(of, Name::PrivateDnsZones)) {
      if (places.empty()) break;
      const ResourceId zone = ZoneNamed(context, name, because);
      for (const Place *place : places) LinkZoneAround(context, zone, *place, because);
    }
    if (!reader.Flag(of, Name::PrivateDnsResolver)) continue;
    for (Place *place : places) AddResolver(context, of, *place);
  }
}

void LowerEndpointLinks(Context &context) {
  for (const EntityId link : context.reader.All(Kind::PrivateEndpoint)) AddLink(context, link);
}

}  // namespace groma::lower::azure
