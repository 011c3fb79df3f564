// SPDX-License-Identifier: Apache-2.0
#include "networks.h"

#include "groma/addresses/layout.h"
#include "groma/lower/azure/ranges.h"
#include "groma/resources/azure/network.h"
#include "groma/resources/azure/security.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::azure::FloodPlan;
using resources::azure::SecurityGroup;
using resources::azure::Subnet;
using resources::azure::VirtualNetwork;

namespace {

struct Declared {
  std::map<EntityId, Ranges> networks;                 // by site, in order of names
  std::map<EntityId, std::vector<EntityId>> subnets;  // by site
};

class Networks {
 public:
  explicit Networks(Context &context) : context_(context), reader_(context.reader) {
    for (const EntityId id : reader_.All(Kind::VirtualNetwork)) {
      declared_.networks[reader_.Entity(id, Name::VirtualNetworkSite)].push_back(
          {id, Name::VirtualNetworkRange, reader_.Range(id, Name::VirtualNetworkRange), false});
    }
    for (const EntityId id : reader_.All(Kind::Subnet)) {
      declared_.subnets[reader_.Entity(id, Name::SubnetSite)].push_back(id);
    }
  }

  void Lower(Place &place) {
    const auto supernet = reader_.Range(place.site, Name::SiteSupernet);
    const Ranges &networks = declared_.networks[place.site];
    const Range *main = MainNetwork(reader_, supernet, networks);
    const auto layout = supernet ? addresses::SiteIn(*supernet) : std::nullopt;
    if (layout) place.wan_hub_range = layout->wan_hub;
    if (main == nullptr && layout) {
      AddNetwork(place, place.site, layout->network, reader_.Because(place.site, Name::SiteSupernet),
                 true);
    }
    for (const Range &range : networks) {
      if (!range.block) continue;
      AddNetwork(place, range.entity, *range.block,
                 reader_.Because(range.entity, Name::VirtualNetworkRange), &range == main);
    }
  }

 private:
  void AddNetwork(Place &place, EntityId of, base::Cidr range, const Spans &because, bool is_main) {
    auto network = context_.Make<VirtualNetwork>(of, "", place, "network");
    network.Set<VirtualNetwork::kRanges>(Value::Texts({range.ToString()}, because));
    context_.range_of[network.id()] = range;
    if (of != place.site) {
      context_.network_of[of] = network.id();
      AddWishes(network, of, place);
    }
    if (is_main) {
      place.network = network.id();
      place.range = range;
    }
    bool has_servers = false, has_endpoints = false;
    for (const EntityId subnet : declared_.subnets[place.site]) {
      const EntityId named = reader_.Entity(subnet, Name::SubnetNetwork);
      if (named == of || (!IsSome(named) && is_main)) {
        AddDeclared(place, network.id(), subnet, is_main, has_servers, has_endpoints);
      }
    }
    if (!is_main) return;
    const auto layout = addresses::NetworkIn(range);
    if (!layout) return;
    if (!has_servers) {
      place.servers = AddOwn(place, network.id(), "servers", layout->servers, because,
                             PlacedSubnet::For::Servers);
    }
    if (!has_endpoints) {
      place.endpoints = AddOwn(place, network.id(), "endpoints", layout->endpoints, because,
                               PlacedSubnet::For::Endpoints);
    }
  }

  void AddWishes(Making<VirtualNetwork> &network, EntityId of, const Place &place) {
    const std::vector<std::string> servers = reader_.Texts(of, Name::VirtualNetworkDns);
    if (!servers.empty()) {
      network.Set<VirtualNetwork::kDnsServers>(
          Value::Texts(servers, reader_.Because(of, Name::VirtualNetworkDns)));
    }
    if (!reader_.Flag(of, Name::VirtualNetworkProtected)) return;
    const Spans because = reader_.Because(of, Name::VirtualNetworkProtected);
    if (flood_plan_ == kNoResource) {
      Place &central = context_.Central();
      auto plan = context_.Make<FloodPlan>(central.site, "", central, "network");
      plan.resource().purpose = "One plan protects every network of the tenant: it is paid for once.";
      flood_plan_ = plan.id();
    }
    network.Set<VirtualNetwork::kProtected>(Value::Bool(true, because));
    network.Set<VirtualNetwork::kProtection>(Value::IdOf(flood_plan_, because));
  }

  auto AddOwn(Place &place, ResourceId network, const char *role, base::Cidr range,
              const Spans &because, PlacedSubnet::For use) -> ResourceId {
    auto rules = context_.Make<SecurityGroup>(place.site, role, place, "network");
    auto subnet = context_.MakeIn<Subnet>(network, place.site, role);
    Fill(subnet, range, because, rules.id(), use);
    place.subnets.push_back(
        {subnet.id(), rules.id(), network, place.site, range, context_.range_of[network], use});
    return subnet.id();
  }

  static void Fill(Making<Subnet> &subnet, base::Cidr range, const Spans &because, ResourceId rules,
                   PlacedSubnet::For use) {
    subnet.Set<Subnet::kRanges>(Value::Texts({range.ToString()}, because));
    // Machines get a way out when one is chosen, not by default.
    subnet.Set<Subnet::kOutbound>(Value::Bool(false, because));
    if (use == PlacedSubnet::For::Endpoints) {
      subnet.Is<Subnet::kEndpointPolicies>("NetworkSecurityGroupEnabled", because);
    }
    subnet.Set<Subnet::kSecurityGroup>(Value::IdOf(rules, because));
  }

  void AddDeclared(Place &place, ResourceId network, EntityId of, bool is_main, bool &has_servers,
                   bool &has_endpoints) {
    const auto range = reader_.Range(of, Name::SubnetRange);
    if (!range) return;
    const Spans because = reader_.Because(of, Name::SubnetRange) + reader_.Because(of);
    const std::string purpose = reader_.Word(of, Name::SubnetPurpose);
    constexpr std::pair<const char *, std::pair<Reserved, const char *>> kGiven[] = {
        {"gateway", {Reserved::Gateway, "GatewaySubnet"}},
        {"firewall", {Reserved::Firewall, "AzureFirewallSubnet"}},
        {"bastion", {Reserved::Bastion, "AzureBastionSubnet"}}};
    for (const auto &[word, given] : kGiven) {
      if (purpose != word) continue;
      auto subnet = context_.MakeIn<Subnet>(network, of, "");
      subnet.resource().name = Value::Text(given.second, reader_.Because(of, Name::SubnetPurpose));
      subnet.Set<Subnet::kRanges>(Value::Texts({range->ToString()}, because));
      if (is_main) place.reserved[given.first] = {subnet.id(), *range};
      return;
    }
    const auto use = purpose == "endpoints" ? PlacedSubnet::For::Endpoints
                     : purpose == "servers" ? PlacedSubnet::For::Servers
                                            : PlacedSubnet::For::Other;
    auto rules = context_.Make<SecurityGroup>(of, "", place, "network");
    auto subnet = context_.MakeIn<Subnet>(network, of, "");
    Fill(subnet, *range, because, rules.id(), use);
    if (const auto service = reader_.Text(of, Name::SubnetDelegated)) Delegate(subnet, of, *service);
    place.subnets.push_back(
        {subnet.id(), rules.id(), network, of, *range, context_.range_of[network], use});
    if (!is_main || reader_.Text(of, Name::SubnetDelegated)) return;
    const auto take = [&](PlacedSubnet::For wanted, bool &has, ResourceId &which) {
      if (use != wanted || has) return;
      has = true;
      which = subnet.id();
    };
    take(PlacedSubnet::For::Servers, has_servers, place.servers);
    take(PlacedSubnet::For::Endpoints, has_endpoints, place.endpoints);
  }

  // Azure does not care for capital letters; azurerm does.
  void Delegate(Making<Subnet> &subnet, EntityId of, const std::string &wish) {
    const Spans because = reader_.Because(of, Name::SubnetDelegated);
    llvm::SmallVector<llvm::StringRef> known;
    llvm::StringRef(Subnet::kDelegatedTo.words).split(known, '|');
    for (const llvm::StringRef word : known) {
      const llvm::StringRef service = word.split('=').first;
      if (!service.equals_insensitive(wish)) continue;
      std::string name = service.str();
      std::replace(name.begin(), name.end(), '/', '.');
      subnet.In({0}).Set<Subnet::kDelegation>(Value::Text(name, because));
      subnet.In({0}).Set<Subnet::kDelegatedTo>(Value::Text(service, because));
      return;
    }
    context_.sink
        .Report(message::LeftOut, because.front(), reader_.model().FullName(of),
                "Azure lends subnets to no service `" + wish + "`")
        .Help("write the type of the service, as in `Microsoft.NetApp/volumes`");
  }

  Context &context_;
  Reader &reader_;
  Declared declared_;
  ResourceId flood_plan_ = kNoResource;
};

}  // namespace

void LowerNetworks(Context &context) {
  Networks networks(context);
  for (Place &place : context.places) networks.Lower(place);
}

void SizeEndpoints(Context &context) {
  for (Place &place : context.places) {
    const auto own = llvm::find_if(place.subnets, [&](const PlacedSubnet &one) {
      return one.subnet == place.endpoints && one.of == place.site;
    });
    if (own == place.subnets.end()) continue;
    const uint64_t needed = place.endpoint_count + addresses::kKept;
    if (needed <= own->range.size()) continue;
    own->range = addresses::NetworkIn(place.range)->most_endpoints;
    Making<Subnet>(context.graph, own->subnet)
        .Set<Subnet::kRanges>(Value::Texts({own->range.ToString()},
                                           context.reader.Because(place.site, Name::SiteSupernet)));
    if (needed <= own->range.size()) continue;
    context.sink
        .Report(message::NoPlace, context.reader.SpanOf(place.site), place.symbol,
                std::to_string(place.endpoint_count) + " private endpoints",
                needed - own->range.size())
        .Help("state a larger `supernet`");
  }
}

auto ZonesOf(Context &context, const Place &place) -> std::optional<Value> {
  const int64_t zones = context.reader.Count(place.site, Name::SiteZones).value_or(0);
  if (zones < 2) return std::nullopt;
  std::vector<std::string> names;
  for (int64_t i = 1; i <= std::min<int64_t>(zones, 3); ++i) names.push_back(std::to_string(i));
  return Value::Texts(names, context.reader.Because(place.site, Name::SiteZones));
}

}  // namespace groma::lower::azure
