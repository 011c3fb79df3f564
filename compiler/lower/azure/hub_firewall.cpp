// SPDX-License-Identifier: Apache-2.0
#include "hub_firewall.h"

#include "groma/resources/azure/security.h"
#include "groma/resources/azure/wan.h"
#include "guards.h"
#include "llvm/ADT/STLExtras.h"
#include "networks.h"
#include "tiers.h"

namespace groma::lower::azure {

using resources::azure::Firewall;
using resources::azure::FirewallPolicy;
using resources::azure::RoutingIntent;

namespace {

// All of it: what stays inside, and what goes to the internet.
void LeadTraffic(Context &context, const Place &place, ResourceId firewall, const Spans &because) {
  auto intent = context.MakeIn<RoutingIntent>(place.wan_hub, place.wan_of, place.symbol);
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

// `service.firewall` says more of it, if the plan has one there.
auto TierAt(Context &context, const Place &place, Spans &because) -> std::string {
  for (const EntityId service : context.reader.All(Kind::Firewall)) {
    if (!llvm::is_contained(PlacesOf(context, service), &place)) continue;
    because = context.reader.Because(service, Name::ServiceTier);
    const bool inspects = context.reader.Flag(service, Name::FirewallInspectsTls);
    const std::string tier =
        TierOf(context, service, Firewall::kTier, inspects ? "Premium" : "Standard");
    NoteInspection(context, service, tier);
    return tier;
  }
  return "Standard";
}

// Under a policy of its own: one that several firewalls share costs, and lies in one region.
void AddFirewall(Context &context, const Place &place) {
  const Spans because = context.reader.Because(place.wan_of, Name::VirtualWanFirewall);
  Spans why_tier = because;
  const Value tier = Value::Text(TierAt(context, place, why_tier), why_tier);
  auto policy = context.Make<FirewallPolicy>(place.wan_of, place.symbol, place, "security");
  policy.resource().because = because;
  policy.Set<FirewallPolicy::kTier>(tier);
  policy.Set<FirewallPolicy::kThreats>(
      Value::Text(tier.text == "Basic" ? "Alert" : "Deny", because));
  if (tier.text == "Premium") policy.Is<FirewallPolicy::kIntrusion>("Alert", why_tier);
  AddPassing(context, policy.id(), place.wan_of, place.symbol, place);
  auto firewall = context.Make<Firewall>(place.wan_of, place.symbol, place, "security");
  firewall.resource().because = because;
  firewall.Is<Firewall::kSku>("AZFW_Hub", because);
  firewall.Set<Firewall::kTier>(tier);
  if (const auto zones = ZonesOf(context, place)) firewall.Set<Firewall::kZones>(*zones);
  firewall.Set<Firewall::kPolicy>(policy.IdOf(because));
  firewall.Set<Firewall::kHub>(Value::IdOf(place.wan_hub, because));
  firewall.Set<Firewall::kHubAddresses>(Value::Int(1, because));
  LeadTraffic(context, place, firewall.id(), because);
}

}  // namespace

void LowerHubFirewalls(Context &context) {
  for (const Place &place : context.places) {
    if (place.is_secured) AddFirewall(context, place);
  }
}

}  // namespace groma::lower::azure
