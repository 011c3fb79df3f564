// SPDX-License-Identifier: Apache-2.0
#include "express_route.h"

#include "circuits.h"
#include "gateways.h"
#include "groma/resources/azure/express_route.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::azure::ExpressRouteConnection;
using resources::azure::ExpressRouteGateway;
using resources::azure::GatewayConnection;

namespace {

constexpr int64_t kUnitMbps = 2000, kMostUnits = 10;

auto LoadOf(Context &context, const Line &line) -> Load {
  Reader &reader = context.reader;
  Load load;
  load.lines = static_cast<int64_t>(line.circuits.size());
  load.mbps = reader.Amount(line.link, Name::LinkBandwidth, "Mbps").value_or(0);
  load.has_fast_path = reader.Flag(line.link, Name::ExpressRouteFastPath);
  load.because = reader.Because(line.link, Name::LinkBandwidth);
  if (const auto gateway = reader.Text(line.link, Name::ExpressRouteGateway)) {
    load.stated = {*gateway};
    load.because_stated = reader.Because(line.link, Name::ExpressRouteGateway);
  }
  return load;
}

auto AddHubGateway(Context &context, Place &place, const Load &load) -> ResourceId {
  const auto units = UnitsOf(context, load, kUnitMbps, kMostUnits, "ExpressRoute gateway");
  if (!units) return kNoResource;
  auto made = context.Make<ExpressRouteGateway>(place.site, "", place, "connectivity");
  made.resource().because = load.because;
  made.Set<ExpressRouteGateway::kHub>(Value::IdOf(place.wan_hub, load.because));
  made.Set<ExpressRouteGateway::kLeastUnits>(Value::Int(*units, load.because));
  return made.id();
}

auto AddNetworkGateway(Context &context, Place &place, const Load &load) -> ResourceId {
  const auto size = ExpressRouteSize(context, place, load);
  if (!size) return kNoResource;
  auto made = AddGateway(context, place,
                         {.role = "er",
                          .sort = "ExpressRoute",
                          .title = "ExpressRoute gateway",
                          .size = *size,
                          .sizes = {"ErGw1AZ", "ErGw2AZ", "ErGw3AZ"}},
                         load);
  if (!made) return kNoResource;
  if (size->name == "ErGwScale") {
    made->resource().purpose = "It has " + std::to_string(size->units) +
                               " scale units of 1 Gbps; azurerm says them from version 5 on.";
    made->Set<NetworkGateway::kLeastUnits>(Value::Int(size->units, load.because));
    made->Set<NetworkGateway::kMostUnits>(Value::Int(size->units, load.because));
  }
  return made->id();
}

void ConnectToHub(Context &context, ResourceId gateway, const Line &line, const OneCircuit &circuit) {
  const Spans because = context.reader.Because(line.link);
  const Spans fast = context.reader.Because(line.link, Name::ExpressRouteFastPath);
  auto made = context.MakeIn<ExpressRouteConnection>(gateway, line.link, circuit.mark);
  made.resource().concern = kPeerings;
  made.Set<ExpressRouteConnection::kPeering>(circuit.peering_id);
  if (!circuit.authorization.is_null()) {
    made.Set<ExpressRouteConnection::kAuthorization>(circuit.authorization);
  }
  made.Set<ExpressRouteConnection::kSecured>(Value::Bool(line.place->is_secured, because));
  made.Set<ExpressRouteConnection::kFastPath>(
      Value::Bool(context.reader.Flag(line.link, Name::ExpressRouteFastPath), fast));
}

void ConnectToNetwork(Context &context, ResourceId gateway, const Line &line,
                      const OneCircuit &circuit) {
  const Spans because = context.reader.Because(line.link);
  auto made =
      context.Make<GatewayConnection>(line.link, circuit.mark, *line.place, kPeerings);
  if (circuit.peering != kNoResource) made.resource().after = {circuit.peering};
  made.Is<GatewayConnection::kSort>("ExpressRoute", because);
  made.Set<GatewayConnection::kGateway>(Value::IdOf(gateway, because));
  made.Set<GatewayConnection::kGatewayRest>(Value::Object(because));
  made.Set<GatewayConnection::kCircuit>(circuit.id);
  if (!circuit.authorization.is_null()) {
    made.Set<GatewayConnection::kAuthorization>(circuit.authorization);
  }
  made.Set<GatewayConnection::kFastPath>(
      Value::Bool(context.reader.Flag(line.link, Name::ExpressRouteFastPath),
                  context.reader.Because(line.link, Name::ExpressRouteFastPath)));
}

}  // namespace

void LowerExpressRoutes(Context &context) {
  std::vector<Line> lines;
  for (const EntityId link : context.reader.All(Kind::ExpressRoute)) {
    auto line = AddCircuits(context, link, EndsOf(context, link));
    if (line) lines.push_back(std::move(*line));
  }
  for (Place &place : context.places) {
    Load load;
    for (const Line &line : lines) {
      if (line.place == &place) load.Add(LoadOf(context, line));
    }
    if (load.lines == 0) continue;
    const bool has_hub = place.wan_hub != kNoResource;
    const ResourceId gateway = has_hub ? AddHubGateway(context, place, load)
                                       : AddNetworkGateway(context, place, load);
    if (gateway == kNoResource) continue;
    for (const Line &line : lines) {
      if (line.place != &place) continue;
      for (const OneCircuit &circuit : line.circuits) {
        if (has_hub) {
          ConnectToHub(context, gateway, line, circuit);
        } else {
          ConnectToNetwork(context, gateway, line, circuit);
        }
      }
    }
  }
  JoinCircuits(context, lines);
}

}  // namespace groma::lower::azure
