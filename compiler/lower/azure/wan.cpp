// SPDX-License-Identifier: Apache-2.0
#include "wan.h"

#include "asked.h"
#include "groma/resources/azure/express_route.h"
#include "groma/resources/azure/gateways.h"
#include "groma/resources/azure/wan.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::azure::ExpressRouteGateway;
using resources::azure::HubConnection;
using resources::azure::VirtualHub;
using resources::azure::VirtualWan;
using resources::azure::VpnGateway;

namespace {

constexpr int64_t kLeastUnits = 2, kMostUnits = 50;

auto RangeOf(Context &context, EntityId wan, const Place &place) -> Value {
  const Spans because = context.reader.Because(place.site, Name::SiteSupernet);
  if (place.wan_hub_range) return Value::Text(place.wan_hub_range->ToString(), because);
  const std::string hub = context.reader.SymbolOf(wan) + "_" + place.symbol;
  return Ask(context,
             {.name = hub + "_range",
              .description = "The addresses of the hub at `" + place.symbol +
                             "`, such as 10.100.0.0/23: at least a /24, and nothing else has them."},
             because);
}

// A unit carries 1 Gbps; the first two come with the hub and carry 3 Gbps.
void SetCapacity(Context &context, EntityId wan, Making<VirtualHub> hub) {
  const auto asked = context.reader.Amount(wan, Name::VirtualWanCapacity, "Gbps");
  if (!asked) return;
  const Spans because = context.reader.Because(wan, Name::VirtualWanCapacity);
  if (*asked > kMostUnits) {
    context.sink
        .Report(message::TooMuch, because.front(), "the router of a hub does not carry",
                *asked * 1000, "one region")
        .Help("a hub carries up to 50 Gbps; more pass by it on a peering of the networks themselves");
    return;
  }
  const int64_t units = *asked <= 3 ? kLeastUnits : *asked;
  hub.Set<VirtualHub::kCapacity>(Value::Int(units, because));
}

void JoinNetwork(Context &context, const Place &place, EntityId of, ResourceId network) {
  if (network == kNoResource) return;
  const Spans because = context.reader.Because(place.wan_of, Name::VirtualWanHubs);
  auto joined = context.MakeIn<HubConnection>(place.wan_hub, of, "");
  joined.resource().because = because;
  joined.Set<HubConnection::kNetwork>(Value::IdOf(network, because));
  joined.Set<HubConnection::kSecured>(
      Value::Bool(place.is_secured, context.reader.Because(place.wan_of, Name::VirtualWanFirewall)));
}

void AddHub(Context &context, EntityId wan, Place &place) {
  Reader &reader = context.reader;
  const Spans because = reader.Because(wan, Name::VirtualWanHubs);
  auto hub = context.Make<VirtualHub>(wan, place.symbol, place, "connectivity");
  hub.resource().because = because;
  hub.Is<VirtualHub::kSku>("Standard", because);
  hub.Set<VirtualHub::kWan>(Value::IdOf(place.wan, because));
  hub.Set<VirtualHub::kRange>(RangeOf(context, wan, place));
  SetCapacity(context, wan, hub);
  place.wan_hub = hub.id();
  place.is_secured = reader.Flag(wan, Name::VirtualWanFirewall);
  // The site's own network, and those that the plan declares there.
  JoinNetwork(context, place, place.site, place.network);
  for (const auto &[network, id] : context.network_of) {
    if (!reader.Is(network, Kind::VirtualNetwork) || id == place.network) continue;
    if (context.SiteOf(network) == place.site) JoinNetwork(context, place, network, id);
  }
}

// It lies at the central site if it has a hub there, else at the first of its hubs.
auto MakeWan(Context &context, EntityId id, Place &place) -> ResourceId {
  const Spans because = context.reader.Because(id);
  auto wan = context.Make<VirtualWan>(id, "", place, "connectivity");
  wan.Is<VirtualWan::kSort>("Standard", because);
  wan.Set<VirtualWan::kBranches>(Value::Bool(true, because));
  wan.Set<VirtualWan::kUnencrypted>(Value::Bool(false, because));
  return wan.id();
}

void AddWan(Context &context, EntityId id) {
  ResourceId wan = kNoResource;
  std::vector<EntityId> hubs = context.reader.Entities(id, Name::VirtualWanHubs);
  llvm::stable_sort(hubs, [&](EntityId a, EntityId b) {
    return a != b && context.Central().site == a;
  });
  for (const EntityId site : hubs) {
    Place *place = context.PlaceOf(site);
    // A site has one hub; the first WAN that names it has it.
    if (place == nullptr || place->wan_hub != kNoResource) continue;
    if (wan == kNoResource) wan = MakeWan(context, id, *place);
    place->wan = wan;
    place->wan_of = id;
    AddHub(context, id, *place);
  }
}

}  // namespace

void OrderHubs(Context &context) {
  for (Resource &joined : context.graph.resources) {
    if (joined.type != &HubConnection::kType) continue;
    for (size_t i = 0; i < context.graph.resources.size(); ++i) {
      const Resource &gateway = context.graph.resources[i];
      const bool is_gateway = gateway.type == &VpnGateway::kType || gateway.type == &ExpressRouteGateway::kType;
      if (!is_gateway || gateway.group != context.graph[joined.parent].group) continue;
      joined.after.push_back(static_cast<ResourceId>(i));
      joined.purpose = "After the gateways: a hub that has just been made takes no networks until its router works.";
    }
  }
}

void LowerWans(Context &context) {
  for (const EntityId id : context.reader.All(Kind::VirtualWan)) AddWan(context, id);
}

}  // namespace groma::lower::azure
