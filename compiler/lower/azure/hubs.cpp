// SPDX-License-Identifier: Apache-2.0
#include "hubs.h"

#include "groma/addresses/layout.h"
#include "groma/resources/azure/network.h"
#include "llvm/ADT/STLExtras.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Spans;
using resources::azure::Peering;
using resources::azure::Subnet;
using resources::azure::VirtualNetwork;

namespace {

struct Given {
  Reserved use;
  const char *name;
  const char *role;
  uint32_t least;  // the longest prefix that Azure takes
  std::optional<base::Cidr> addresses::Reserved::*place;
};
constexpr Given kGiven[] = {
    {Reserved::Gateway, "GatewaySubnet", "gateway", 27, &addresses::Reserved::gateway},
    {Reserved::Firewall, "AzureFirewallSubnet", "firewall", 26, &addresses::Reserved::firewall},
    {Reserved::FirewallManagement, "AzureFirewallManagementSubnet", "firewall_management", 26,
     &addresses::Reserved::firewall_management},
    {Reserved::Bastion, "AzureBastionSubnet", "bastion", 26, &addresses::Reserved::bastion},
    {Reserved::ResolverIn, "", "resolver_in", 28, &addresses::Reserved::resolver_in},
    {Reserved::ResolverOut, "", "resolver_out", 28, &addresses::Reserved::resolver_out},
};

void ReportNoPlace(Context &context, const Place &place, llvm::StringRef what, uint32_t prefix,
                   const Spans &because) {
  const source::Span site = context.reader.SpanOf(place.site);
  auto report = context.sink.Report(message::NoPlace, because.empty() ? site : because.front(),
                                    place.symbol, what.str(), uint64_t{1} << (32 - prefix));
  if (!because.empty()) report.Label(site, "its addresses do not suffice");
  report.Help("state a larger `supernet`: /20 has room for everything that stands once at a site");
}

// A direction of a peering. What lends its gateways may do so before it has any; what uses them must wait.
void Join(Context &context, EntityId of, ResourceId from, const Place &from_place, ResourceId to,
          const Place &to_place, bool lends, bool uses, const Spans &because) {
  auto peering = context.MakeIn<Peering>(
      from, of, context.graph[from].symbol + "_to_" + context.graph[to].symbol);
  peering.resource().concern = "connectivity";
  peering.Set<Peering::kAccess>(Value::Bool(true, because));
  peering.Set<Peering::kForwarded>(Value::Bool(true, because));
  peering.Set<Peering::kLendsGateway>(Value::Bool(lends && !from_place.gateways.empty(), because));
  const bool has_gateway = uses && !to_place.gateways.empty();
  peering.Set<Peering::kUsesGateway>(Value::Bool(has_gateway, because));
  peering.Set<Peering::kRemote>(Value::IdOf(to, because));
  if (has_gateway) peering.resource().after = to_place.gateways;
}

auto PlaceInAzure(Context &context, EntityId site, EntityId of, Name field) -> Place * {
  Place *place = context.PlaceOf(site);
  if (place != nullptr) return place;
  context.sink
      .Report(message::NotInAzure, context.reader.Because(of, field).front(),
              context.reader.model().FullName(site))
      .Label(context.reader.SpanOf(site), "it stands somewhere else")
      .Help("name sites of Azure only; lines such as `link.vpn` and `link.expressroute` reach the others");
  return nullptr;
}

void JoinSpokes(Context &context, EntityId of) {
  Reader &reader = context.reader;
  Place *hub = context.PlaceOf(reader.Entity(of, Name::HubSpokeHub));
  if (hub == nullptr || hub->hub == kNoResource) return;
  std::vector<EntityId> spokes = reader.Entities(of, Name::HubSpokeSpokes);
  if (!llvm::is_contained(spokes, hub->site)) spokes.insert(spokes.begin(), hub->site);
  for (const EntityId site : spokes) {
    const Spans because = site == hub->site ? reader.Because(of, Name::HubSpokeHub)
                                            : reader.Because(of, Name::HubSpokeSpokes);
    Place *spoke = PlaceInAzure(context, site, of, Name::HubSpokeSpokes);
    if (spoke == nullptr || spoke->network == kNoResource) continue;
    Join(context, of, hub->hub, *hub, spoke->network, *spoke, true, false, because);
    Join(context, of, spoke->network, *spoke, hub->hub, *hub, false, true, because);
  }
}

void JoinPeers(Context &context, EntityId link) {
  Reader &reader = context.reader;
  const Spans because = reader.Because(link, Name::LinkBetween) + reader.Because(link);
  std::vector<std::pair<ResourceId, Place *>> ends;
  for (const EntityId end : reader.Entities(link, Name::LinkBetween)) {
    Place *place = PlaceInAzure(context, context.SiteOf(end), link, Name::LinkBetween);
    if (place == nullptr) return;
    const auto declared = context.network_of.find(end);
    const ResourceId network = declared != context.network_of.end() ? declared->second
                               : reader.Is(end, Kind::HubSpoke)     ? place->hub
                                                                    : place->network;
    if (network == kNoResource) return ReportNoPlace(context, *place, "a network", 24, because);
    ends.emplace_back(network, place);
  }
  if (ends.size() != 2) return;
  const bool transit = reader.Flag(link, Name::PeeringTransit);
  const auto &[a, at_a] = ends[0];
  const auto &[b, at_b] = ends[1];
  context.peers.emplace(a, std::pair(b, link));
  context.peers.emplace(b, std::pair(a, link));
  Join(context, link, a, *at_a, b, *at_b, transit, transit && at_a->gateways.empty(), because);
  Join(context, link, b, *at_b, a, *at_a, transit, transit && at_b->gateways.empty(), because);
}

}  // namespace

void LowerHubs(Context &context) {
  Reader &reader = context.reader;
  for (const EntityId of : reader.All(Kind::HubSpoke)) {
    const EntityId site = reader.Entity(of, Name::HubSpokeHub);
    Place *place = PlaceInAzure(context, site, of, Name::HubSpokeHub);
    if (place == nullptr) continue;
    const Spans because =
        reader.Because(of, Name::HubSpokeHub) + reader.Because(site, Name::SiteSupernet);
    const auto supernet = reader.Range(site, Name::SiteSupernet);
    const auto layout = supernet ? addresses::SiteIn(*supernet) : std::nullopt;
    if (!layout || !layout->hub || place->hub != kNoResource) {
      ReportNoPlace(context, *place, place->hub != kNoResource ? "a second hub" : "a hub",
                    addresses::kHubPrefix, because);
      continue;
    }
    auto network = context.Make<VirtualNetwork>(of, "", *place, "network");
    network.resource().purpose = "The hub: what every spoke uses stands here once.";
    network.Set<VirtualNetwork::kRanges>(Value::Texts({layout->hub->ToString()}, because));
    place->hub = network.id();
    place->hub_range = *layout->hub;
    context.range_of[network.id()] = *layout->hub;
    context.network_of[of] = network.id();
    if (!reader.Flag(of, Name::HubSpokeFirewall)) continue;
    for (const EntityId spoke : reader.Entities(of, Name::HubSpokeSpokes)) {
      if (Place *other = context.PlaceOf(spoke)) other->route_through = site;
    }
    place->route_through = site;
  }
}

void LowerPeerings(Context &context) {
  for (const EntityId of : context.reader.All(Kind::HubSpoke)) JoinSpokes(context, of);
  for (const EntityId link : context.reader.All(Kind::Peering)) JoinPeers(context, link);
}

auto SubnetFor(Context &context, Place &place, Reserved use, const Spans &because)
    -> const ReservedSubnet * {
  if (const auto found = place.reserved.find(use); found != place.reserved.end()) {
    return &found->second;
  }
  const Given &given =
      *llvm::find_if(kGiven, [&](const Given &one) { return one.use == use; });
  const bool is_in_hub = place.hub != kNoResource;
  const ResourceId network = is_in_hub ? place.hub : place.network;
  std::optional<base::Cidr> range;
  if (network != kNoResource) {
    const auto layout = addresses::NetworkIn(place.range);
    if (is_in_hub) range = addresses::ReservedIn(place.hub_range).*given.place;
    if (!is_in_hub && layout) range = layout->reserved.*given.place;
  }
  if (!range) {
    ReportNoPlace(context, place, given.name[0] == 0 ? "a DNS resolver" : given.name, given.least,
                  because);
    return nullptr;
  }
  auto subnet = context.MakeIn<Subnet>(network, place.site, given.role);
  if (given.name[0] != 0) subnet.resource().name = Value::Text(given.name, because);
  subnet.resource().because = because;
  subnet.Set<Subnet::kRanges>(Value::Texts({range->ToString()}, because));
  if (use == Reserved::ResolverIn || use == Reserved::ResolverOut) {
    subnet.Set<Subnet::kOutbound>(Value::Bool(false, because));
    subnet.In({0}).Set<Subnet::kDelegation>(Value::Text("Microsoft.Network.dnsResolvers", because));
    subnet.In({0}).Set<Subnet::kDelegatedTo>(
        Value::Text("Microsoft.Network/dnsResolvers", because));
  }
  return &(place.reserved[use] = {subnet.id(), *range});
}

}  // namespace groma::lower::azure
