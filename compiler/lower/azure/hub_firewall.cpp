// SPDX-License-Identifier: Apache-2.0
#include "hub_firewall.h"

#include "groma/resources/azure/security.h"
#include "groma/resources/azure/wan.h"

namespace groma::lower::azure {

using resources::azure::Firewall;
using resources::azure::FirewallPolicy;
using resources::azure::RoutingIntent;

namespace {

constexpr int64_t kZones = 3;

void LeadTraffic(Context &context, EntityId wan, const Place &place, ResourceId firewall,
                 const Spans &because) {
  auto intent = context.MakeIn<RoutingIntent>(place.wan_hub, wan, place.symbol);
  // It needs the firewall, which needs the hub.
  intent.resource().concern = "security";
  intent.resource().because = because;
  size_t index = 0;
  for (const char *traffic : {"PrivateTraffic", "Internet"}) {
    auto policy = intent.In({index++});
    policy.Set<RoutingIntent::kPolicy>(Value::Text(traffic, because));
    policy.Set<RoutingIntent::kDestinations>(Value::Texts({traffic}, because));
    policy.Set<RoutingIntent::kHop>(Value::IdOf(firewall, because));
  }
}

}  // namespace

void AddHubFirewalls(Context &context, EntityId wan, const std::vector<Place *> &places) {
  const Spans because = context.reader.Because(wan, Name::VirtualWanFirewall);
  auto policy = context.Make<FirewallPolicy>(wan, "", *places.front(), "security");
  policy.resource().because = because;
  policy.Is<FirewallPolicy::kTier>("Standard", because);
  policy.Is<FirewallPolicy::kThreats>("Deny", because);
  for (const Place *place : places) {
    auto firewall = context.Make<Firewall>(wan, place->symbol, *place, "security");
    firewall.resource().because = because;
    firewall.Is<Firewall::kSku>("AZFW_Hub", because);
    firewall.Is<Firewall::kTier>("Standard", because);
    if (context.reader.Count(place->site, Name::SiteZones).value_or(0) >= kZones) {
      firewall.Set<Firewall::kZones>(Value::Texts({"1", "2", "3"}, because));
    }
    firewall.Set<Firewall::kPolicy>(policy.IdOf(because));
    firewall.Set<Firewall::kHub>(Value::IdOf(place->wan_hub, because));
    firewall.Set<Firewall::kHubAddresses>(Value::Int(1, because));
    LeadTraffic(context, wan, *place, firewall.id(), because);
  }
}

}  // namespace groma::lower::azure
