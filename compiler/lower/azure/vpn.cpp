// SPDX-License-Identifier: Apache-2.0
#include "vpn.h"

#include "gateways.h"
#include "llvm/ADT/STLExtras.h"
#include "tunnels.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::azure::GatewayConnection;
using resources::azure::LocalNetworkGateway;
using resources::azure::VirtualHub;
using resources::azure::VpnConnection;
using resources::azure::VpnGateway;
using resources::azure::VpnSite;

namespace {

constexpr int64_t kUnitMbps = 500, kMostUnits = 20;
// Of gateways that speak BGP with each other: the number that Azure gives would be the same on both sides.
constexpr int64_t kFirstAsn = 65010;

// The gateway of one place, with all that ends at it.
struct Gateway {
  Place *place = nullptr;
  std::vector<const Tunnels *> tunnels;
  ResourceId id = kNoResource;

  auto LoadOf() const -> Load {
    Load load;
    for (const Tunnels *one : tunnels) load.Add(one->load);
    return load;
  }
};

auto Marked(const Tunnels &tunnels, size_t device) -> std::string {
  return tunnels.devices == 1 ? "" : std::to_string(device + 1);
}

void AddHubGateway(Context &context, Gateway &gateway) {
  const Load load = gateway.LoadOf();
  const auto units = UnitsOf(context, load, kUnitMbps, kMostUnits, "VPN gateway");
  if (!units) return;
  auto made = context.Make<VpnGateway>(gateway.place->site, "", *gateway.place, "connectivity");
  made.resource().because = load.because;
  made.Set<VpnGateway::kHub>(Value::IdOf(gateway.place->wan_hub, load.because));
  made.Set<VpnGateway::kUnits>(Value::Int(*units, load.because));
  gateway.id = made.id();
}

// The far end with a link for each of its devices, and the connection of each of these.
void ConnectToHub(Context &context, const Gateway &gateway, const Tunnels &tunnels) {
  const Place &place = *gateway.place;
  const Spans &because = tunnels.because;
  auto site = context.Make<VpnSite>(tunnels.link, "", place, "connectivity");
  if (tunnels.ends.is_any_hub) {
    site.resource().purpose =
        "The plan joins it to the virtual WAN as a whole: its tunnels end at this hub.";
  }
  site.Set<VpnSite::kWan>(Value::IdOf(place.wan, because));
  if (Value ranges = RangesOf(context, tunnels); !ranges.is_null()) {
    site.Set<VpnSite::kRanges>(std::move(ranges));
  }
  auto connection = context.MakeIn<VpnConnection>(gateway.id, tunnels.link, "");
  connection.Set<VpnConnection::kSite>(site.IdOf(because));
  connection.Set<VpnConnection::kSecured>(Value::Bool(place.is_secured, because));
  const auto share = static_cast<int64_t>(tunnels.devices);
  const Value mbps = Value::Int((tunnels.load.mbps + share - 1) / share, tunnels.load.because);
  const Value key = KeyOf(context, tunnels);
  const Value asn = tunnels.has_bgp ? AsnOf(context, tunnels) : Value();
  for (size_t i = 0; i < tunnels.devices; ++i) {
    const Value name = Value::Text("device-" + std::to_string(i + 1), tunnels.because_count);
    auto link = site.In({i});
    link.Set<VpnSite::kLink>(name);
    link.Set<VpnSite::kAddress>(AddressOf(context, tunnels, i));
    link.Set<VpnSite::kSpeed>(mbps);
    if (tunnels.has_bgp) {
      link.Set<VpnSite::kAsn>(asn);
      link.Set<VpnSite::kPeer>(PeerOf(context, tunnels, i));
    }
    auto joined = connection.In({i, 0});
    joined.Set<VpnConnection::kLink>(name);
    joined.Set<VpnConnection::kSiteLink>(Value::Of(
        site.id(), "properties.vpnSiteLinks[" + std::to_string(i) + "].id", because));
    joined.Is<VpnConnection::kProtocol>("IKEv2", because);
    joined.Set<VpnConnection::kBandwidth>(mbps);
    joined.Set<VpnConnection::kBgp>(Value::Bool(tunnels.has_bgp, because));
    if (tunnels.is_private) {
      joined.Set<VpnConnection::kPrivate>(Value::Bool(true, tunnels.because_cipher));
      // Otherwise the hub takes what the line itself announces, and nothing is encrypted.
      Making<VirtualHub>(context.graph, place.wan_hub)
          .Is<VirtualHub::kPreference>("VpnGateway", tunnels.because_cipher);
      context.graph[place.wan_hub].purpose =
          "What comes through the tunnels is preferred: announce on the private line only the addresses of the devices.";
    }
    joined.Set<VpnConnection::kKey>(key);
    SetAgreement(joined, tunnels);
  }
}

void AddNetworkGateway(Context &context, Gateway &gateway) {
  const Load load = gateway.LoadOf();
  const auto size = VpnSize(context, *gateway.place, load);
  if (!size) return;
  const auto any = [&](auto test) { return llvm::any_of(gateway.tunnels, test); };
  // Two machines that are both at work, if one tunnel may fail apart from another.
  const bool is_double = any([](const Tunnels *one) { return one->count > 1; });
  auto made = AddGateway(context, *gateway.place,
                         {.role = "vpn",
                          .sort = "Vpn",
                          .title = "VPN gateway",
                          .addresses = is_double ? 2U : 1U,
                          .size = *size,
                          .sizes = {"VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"}},
                         load);
  if (!made) return;
  const Spans &because = load.because;
  made->Is<NetworkGateway::kRouting>("RouteBased", because);
  // The smallest size has no second generation.
  if (!size->name.empty()) {
    const bool is_first = size->name == "VpnGw1AZ" || size->name == "VpnGw1";
    made->Set<NetworkGateway::kGeneration>(
        Value::Text(is_first ? "Generation1" : "Generation2", because));
  }
  made->Set<NetworkGateway::kActive>(Value::Bool(is_double, because));
  made->Set<NetworkGateway::kBgp>(
      Value::Bool(any([](const Tunnels *one) { return one->has_bgp; }), because));
  if (any([](const Tunnels *one) { return one->is_private; })) {
    made->Set<NetworkGateway::kPrivate>(Value::Bool(true, because));
  }
  if (any([](const Tunnels *one) { return one->ends.there != nullptr && one->has_bgp; })) {
    const auto index = gateway.place - context.places.data();
    made->Set<NetworkGateway::kAsn>(Value::Int(kFirstAsn + index, because));
  }
  gateway.id = made->id();
}

auto StartConnection(Context &context, const Gateway &gateway, const Tunnels &tunnels,
                     const std::string &role, const char *sort) -> Making<GatewayConnection> {
  const Spans &because = tunnels.because;
  // The halves of a connection stand apart from the gateways, since each of them needs both of these.
  const bool is_half = tunnels.ends.there != nullptr;
  auto made = context.Make<GatewayConnection>(tunnels.link, role, *gateway.place,
                                              is_half ? "connections" : "connectivity");
  made.Set<GatewayConnection::kSort>(Value::Text(sort, because));
  made.Set<GatewayConnection::kGateway>(Value::IdOf(gateway.id, because));
  made.Set<GatewayConnection::kGatewayRest>(Value::Object(because));
  made.Is<GatewayConnection::kProtocol>("IKEv2", because);
  made.Set<GatewayConnection::kBgp>(Value::Bool(tunnels.has_bgp, because));
  return made;
}

// One for each device at the far end.
void ConnectToDevices(Context &context, const Gateway &gateway, const Tunnels &tunnels) {
  const Spans &because = tunnels.because;
  const Value ranges = RangesOf(context, tunnels);
  const Value asn = tunnels.has_bgp ? AsnOf(context, tunnels) : Value();
  const Value key = KeyOf(context, tunnels);
  for (size_t i = 0; i < tunnels.devices; ++i) {
    const std::string role = Marked(tunnels, i);
    auto device =
        context.Make<LocalNetworkGateway>(tunnels.link, role, *gateway.place, "connectivity");
    device.Set<LocalNetworkGateway::kAddress>(AddressOf(context, tunnels, i));
    if (!ranges.is_null()) device.Set<LocalNetworkGateway::kRanges>(ranges);
    if (tunnels.has_bgp) {
      device.Set<LocalNetworkGateway::kAsn>(asn);
      device.Set<LocalNetworkGateway::kPeer>(PeerOf(context, tunnels, i));
    }
    auto made = StartConnection(context, gateway, tunnels, role, "IPsec");
    made.Set<GatewayConnection::kDevice>(device.IdOf(because));
    made.Set<GatewayConnection::kDeviceRest>(Value::Object(because));
    if (tunnels.is_private) {
      made.Set<GatewayConnection::kPrivate>(Value::Bool(true, tunnels.because_cipher));
    }
    made.Set<GatewayConnection::kKey>(key);
    SetAgreement(made.In({0}), tunnels);
  }
}

// Each side has its half.
void ConnectNetworks(Context &context, const Gateway &here, const Gateway &there,
                     const Tunnels &tunnels) {
  const Value key = KeyOf(context, tunnels);
  for (const auto &[from, to] : {std::pair(&here, &there), std::pair(&there, &here)}) {
    auto made = StartConnection(context, *from, tunnels, from->place->symbol, "Vnet2Vnet");
    made.Set<GatewayConnection::kOther>(Value::IdOf(to->id, tunnels.because));
    made.Set<GatewayConnection::kOtherRest>(Value::Object(tunnels.because));
    made.Set<GatewayConnection::kKey>(key);
    SetAgreement(made.In({0}), tunnels);
  }
}

}  // namespace

void LowerVpns(Context &context) {
  const std::vector<Tunnels> all = TunnelsOf(context);
  std::vector<Gateway> gateways(context.places.size());
  const auto gateway_of = [&](const Place *place) -> Gateway & {
    return gateways[place - context.places.data()];
  };
  for (const Tunnels &one : all) {
    for (const Place *place : {one.ends.here, one.ends.there}) {
      if (place != nullptr) gateway_of(place).tunnels.push_back(&one);
    }
  }
  for (size_t i = 0; i < gateways.size(); ++i) {
    gateways[i].place = &context.places[i];
    if (gateways[i].tunnels.empty()) continue;
    if (context.places[i].wan_hub != kNoResource) {
      AddHubGateway(context, gateways[i]);
    } else {
      AddNetworkGateway(context, gateways[i]);
    }
  }
  for (const Tunnels &one : all) {
    const Gateway &here = gateway_of(one.ends.here);
    if (here.id == kNoResource) continue;
    if (one.ends.there != nullptr) {
      const Gateway &there = gateway_of(one.ends.there);
      if (there.id != kNoResource) ConnectNetworks(context, here, there, one);
    } else if (one.ends.here->wan_hub != kNoResource) {
      ConnectToHub(context, here, one);
    } else {
      ConnectToDevices(context, here, one);
    }
  }
}

}  // namespace groma::lower::azure
