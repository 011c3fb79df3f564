// SPDX-License-Identifier: Apache-2.0
// Where traffic that leaves a network goes.
#include "groma/resources/azure/network.h"
#include "networks.h"
#include "rules.h"
#include "tiers.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Spans;
using resources::azure::NatGateway;
using resources::azure::PublicIp;
using resources::azure::RouteTable;
using resources::azure::Subnet;

namespace {

void AddRoute(Making<RouteTable> &table, size_t at, llvm::StringRef name, const std::string &range,
              const std::string &by, const Spans &because) {
  auto route = table.In({at});
  route.Set<RouteTable::kRoute>(Value::Text(name, because));
  route.Set<RouteTable::kRange>(Value::Text(range, because));
  route.Is<RouteTable::kHop>("VirtualAppliance", because);
  route.Set<RouteTable::kHopAddress>(Value::Text(by, because));
}

// All that leaves passes the firewall, also to other networks.
void RouteThrough(Context &context, Place &place, const std::string &firewall) {
  const Spans because = context.reader.Because(place.route_through) + context.reader.Because(place.site);
  auto table = context.Make<RouteTable>(place.site, "", place, "network");
  table.Set<RouteTable::kIgnoresBgp>(Value::Bool(true, because));
  AddRoute(table, 0, "all-through-firewall", "0.0.0.0/0", firewall, because);
  for (const PlacedSubnet &subnet : place.subnets) {
    if (subnet.network != place.network || subnet.use == PlacedSubnet::For::Endpoints) continue;
    Making<Subnet>(context.graph, subnet.subnet).Set<Subnet::kRouteTable>(table.IdOf(because));
  }
}

// What comes in by a gateway passes the firewall too, or its answers would take another way than its questions.
void RouteBack(Context &context, Place &hub) {
  const auto gateway = hub.reserved.find(Reserved::Gateway);
  if (gateway == hub.reserved.end() || hub.hub == kNoResource) return;
  const Spans because = context.graph[gateway->second.subnet].because;
  auto table = context.Make<RouteTable>(hub.site, "gateway", hub, "network");
  table.Set<RouteTable::kIgnoresBgp>(Value::Bool(false, because));
  size_t count = 0;
  for (const Place &place : context.places) {
    if (place.route_through != hub.site || place.network == kNoResource) continue;
    std::string name = "to-" + place.symbol;
    AddRoute(table, count++, context.namer.Fit(name, 80), place.range.ToString(), hub.firewall,
             because + context.reader.Because(place.site));
  }
  Making<Subnet>(context.graph, gateway->second.subnet)
      .Set<Subnet::kRouteTable>(table.IdOf(because));
}

void AddNatGateway(Context &context, EntityId of, Place &place) {
  Reader &reader = context.reader;
  if (place.network == kNoResource) {
    context.sink.Report(message::LeftOut, reader.SpanOf(of), reader.model().FullName(of),
                        "the site `" + place.symbol + "` has no network")
        .Help("give the site a `supernet`");
    return;
  }
  const std::string sku = TierOf(context, of, NatGateway::kSku, "Standard");
  const bool is_zonal = sku == "StandardV2";
  const Spans because = reader.Because(of);
  const std::string role = RoleAt(context, of, place);
  auto gateway = context.Make<NatGateway>(of, role, place, "network");
  gateway.Set<NatGateway::kSku>(Value::Text(sku, reader.Because(of, Name::ServiceTier)));
  const int64_t count = reader.Count(of, Name::NatGatewayAddresses).value_or(1);
  const Spans why_count = reader.Because(of, Name::NatGatewayAddresses);
  for (int64_t i = 0; i < count; ++i) {
    const std::string number = count == 1 ? "" : std::to_string(i + 1);
    auto address = context.Make<PublicIp>(
        of, role + (role.empty() || number.empty() ? "" : "_") + number, place, "network");
    address.Set<PublicIp::kSku>(Value::Text(sku, because));
    address.Is<PublicIp::kMethod>("Static", because);
    if (const auto zones = ZonesOf(context, place)) address.Set<PublicIp::kZones>(*zones);
    gateway.In({static_cast<size_t>(i)}).Set<NatGateway::kAddresses>(address.IdOf(why_count));
  }
  const auto zones = ZonesOf(context, place);
  if (is_zonal && zones) gateway.Set<NatGateway::kZones>(*zones);
  // Where all traffic passes a firewall, that one goes out through the gateway.
  const auto firewall = place.reserved.find(Reserved::Firewall);
  if (IsSome(place.route_through)) {
    if (firewall == place.reserved.end()) return;
    Making<Subnet>(context.graph, firewall->second.subnet)
        .Set<Subnet::kNatGateway>(gateway.IdOf(because));
    return;
  }
  for (const PlacedSubnet &subnet : place.subnets) {
    if (subnet.network != place.network || subnet.use == PlacedSubnet::For::Endpoints) continue;
    Making<Subnet>(context.graph, subnet.subnet).Set<Subnet::kNatGateway>(gateway.IdOf(because));
  }
}

}  // namespace

void LowerWaysOut(Context &context) {
  for (Place &place : context.places) {
    const Place *by = context.PlaceOf(place.route_through);
    if (by != nullptr && !by->firewall.empty() && place.network != kNoResource) {
      RouteThrough(context, place, by->firewall);
    }
  }
  for (Place &place : context.places) {
    if (!place.firewall.empty()) RouteBack(context, place);
  }
  for (const EntityId of : context.reader.All(Kind::NatGateway)) {
    for (Place *place : PlacesOf(context, of)) AddNatGateway(context, of, *place);
  }
}

}  // namespace groma::lower::azure
