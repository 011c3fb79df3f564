// SPDX-License-Identifier: Apache-2.0
#include "groma/resources/azure/network.h"
#include "groma/resources/azure/security.h"
#include "guards.h"
#include "hubs.h"
#include "networks.h"
#include "tiers.h"
#include "traffic.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Spans;
using resources::azure::ApplicationRules;
using resources::azure::Firewall;
using resources::azure::FirewallPolicy;
using resources::azure::NetworkRules;
using resources::azure::PublicIp;

namespace {

constexpr size_t kLongestName = 80;

auto AddAddress(Context &context, EntityId of, const std::string &role, Place &place,
                const Spans &because) -> ResourceId {
  auto address = context.Make<PublicIp>(of, role, place, "security");
  address.Is<PublicIp::kSku>("Standard", because);
  address.Is<PublicIp::kMethod>("Static", because);
  if (const auto zones = ZonesOf(context, place)) address.Set<PublicIp::kZones>(*zones);
  return address.id();
}

auto IsBehind(Context &context, EntityId site, const Place &firewall) -> bool {
  const Place *place = context.PlaceOf(site);
  return place != nullptr &&
         (place->route_through == firewall.site || place->site == firewall.site);
}

// One rule for all that passes here by the same name, from whichever sites.
auto AddFlows(Context &context, ResourceId policy, EntityId of, const std::string &role,
              const Place &place) -> ResourceId {
  std::vector<Traffic> passing;
  std::vector<std::vector<std::string>> sources;  // of each that passes
  for (Traffic &one : AllTraffic(context)) {
    const bool is_between = IsSome(one.from) && SourceOf(context, one.from) && SourceOf(context, one.to);
    if (!is_between || !context.AreJoined(one.from, one.to)) continue;
    if (!IsBehind(context, one.from, place) && !IsBehind(context, one.to, place)) continue;
    const std::string source = SourceOf(context, one.from)->ToString();
    if (!passing.empty() && passing.back().name == one.name && passing.back().to == one.to) {
      sources.back().push_back(source);
      continue;
    }
    sources.push_back({source});
    passing.push_back(std::move(one));
  }
  if (passing.empty()) return kNoResource;
  auto group = context.MakeIn<NetworkRules>(policy, of, role.empty() ? "flows" : role + "_flows");
  const Spans own = context.reader.Because(of);
  group.Set<NetworkRules::kPriority>(Value::Int(200, own));
  auto flows = group.In({0});
  flows.Is<NetworkRules::kSort>("FirewallPolicyFilterRuleCollection", own);
  flows.Set<NetworkRules::kName>(Value::Text("allow-flows", own));
  flows.Set<NetworkRules::kRank>(Value::Int(200, own));
  flows.Is<NetworkRules::kAction>("Allow", own);
  for (size_t i = 0; i < passing.size(); ++i) {
    const Traffic &one = passing[i];
    const Spans &because = one.because;
    auto rule = group.In({0, i});
    rule.Is<NetworkRules::kRuleSort>("NetworkRule", because);
    rule.Set<NetworkRules::kRule>(Value::Text(context.namer.Fit(one.name, kLongestName), because));
    rule.Set<NetworkRules::kDescription>(Value::Text(Cut(one.description, 140), because));
    rule.Set<NetworkRules::kProtocols>(
        Value::Texts({one.ports.empty() ? "Any" : "TCP"}, because));
    rule.Set<NetworkRules::kFrom>(Value::Texts(sources[i], because));
    rule.Set<NetworkRules::kTo>(Value::Texts({SourceOf(context, one.to)->ToString()}, because));
    rule.Set<NetworkRules::kPorts>(
        Value::Texts(one.ports.empty() ? std::vector<std::string>{"*"} : one.ports, because));
  }
  return group.id();
}

// What clusters need from outside has a tag of its own.
auto AddClusters(Context &context, ResourceId policy, EntityId of, const std::string &role,
                 const Place &place) -> ResourceId {
  Reader &reader = context.reader;
  std::vector<std::string> sources;
  Spans because;
  for (const EntityId pool : reader.All(Kind::Pool)) {
    const EntityId site = reader.Entity(pool, Name::PoolSite);
    const auto source = SourceOf(context, site);
    if (reader.Word(pool, Name::PoolRunsOn) != "aks" || !source) continue;
    if (!IsBehind(context, site, place)) continue;
    because = std::move(because) + reader.Because(pool, Name::PoolRunsOn);
    if (!llvm::is_contained(sources, source->ToString())) sources.push_back(source->ToString());
  }
  if (sources.empty()) return kNoResource;
  auto group =
      context.MakeIn<ApplicationRules>(policy, of, role.empty() ? "clusters" : role + "_clusters");
  group.Set<ApplicationRules::kPriority>(Value::Int(300, because));
  auto rules = group.In({0});
  rules.Is<ApplicationRules::kSort>("FirewallPolicyFilterRuleCollection", because);
  rules.Set<ApplicationRules::kName>(Value::Text("allow-clusters", because));
  rules.Set<ApplicationRules::kRank>(Value::Int(300, because));
  rules.Is<ApplicationRules::kAction>("Allow", because);
  auto rule = group.In({0, 0});
  rule.Is<ApplicationRules::kRuleSort>("ApplicationRule", because);
  rule.Set<ApplicationRules::kRule>(Value::Text("kubernetes", because));
  rule.Set<ApplicationRules::kDescription>(
      Value::Text("What nodes of Kubernetes need from Azure: images, updates, their control plane.", because));
  rule.Set<ApplicationRules::kFrom>(Value::Texts(sources, because));
  rule.Set<ApplicationRules::kTags>(Value::Texts({"AzureKubernetesService"}, because));
  auto protocol = group.In({0, 0, 0});
  protocol.Is<ApplicationRules::kProtocol>("Https", because);
  protocol.Set<ApplicationRules::kPort>(Value::Int(443, because));
  return group.id();
}

// `service` says more of it, if the plan has one there.
void AddFirewall(Context &context, EntityId of, EntityId service, Place &place) {
  Reader &reader = context.reader;
  if (!place.firewall.empty()) return;
  const Spans because = of == service ? reader.Because(of) : reader.Because(of, Name::HubSpokeFirewall);
  const ReservedSubnet *subnet = SubnetFor(context, place, Reserved::Firewall, because);
  if (subnet == nullptr) return;
  const bool inspects = IsSome(service) && reader.Flag(service, Name::FirewallInspectsTls);
  std::string tier = inspects ? "Premium" : "Standard";
  Spans why_tier = because;
  if (IsSome(service)) {
    tier = TierOf(context, service, Firewall::kTier, tier.c_str());
    why_tier = reader.Because(service, inspects ? Name::FirewallInspectsTls : Name::ServiceTier);
  }
  if (IsSome(service)) NoteInspection(context, service, tier);
  const std::string role = of == service ? RoleAt(context, service, place) : "";
  const auto with = [&](const char *more) { return role.empty() ? std::string(more) : role + "_" + more; };
  auto policy = context.Make<FirewallPolicy>(of, role, place, "security");
  policy.Set<FirewallPolicy::kTier>(Value::Text(tier, why_tier));
  policy.Set<FirewallPolicy::kThreats>(Value::Text(tier == "Basic" ? "Alert" : "Deny", because));
  if (tier == "Premium") policy.Is<FirewallPolicy::kIntrusion>("Alert", why_tier);
  AddPassing(context, policy.id(), of, role, place);
  auto firewall = context.Make<Firewall>(of, role, place, "security");
  firewall.Is<Firewall::kSku>("AZFW_VNet", because);
  firewall.Set<Firewall::kTier>(Value::Text(tier, why_tier));
  if (const auto zones = ZonesOf(context, place)) firewall.Set<Firewall::kZones>(*zones);
  firewall.Set<Firewall::kPolicy>(policy.IdOf(because));
  auto front = firewall.In({0});
  front.Set<Firewall::kConfiguration>(Value::Text("front", because));
  front.Set<Firewall::kSubnet>(Value::IdOf(subnet->subnet, because));
  front.Set<Firewall::kAddress>(
      Value::IdOf(AddAddress(context, of, with("firewall"), place, because), because));
  place.firewall = base::FormatAddress(subnet->range.first() + kFirstFree);
  if (tier != "Basic") return;
  // The cheapest one is managed by way of an address of its own.
  const ReservedSubnet *management =
      SubnetFor(context, place, Reserved::FirewallManagement, why_tier);
  if (management == nullptr) return;
  firewall.Set<Firewall::kManagement>(Value::Text("management", why_tier));
  firewall.Set<Firewall::kManagementSubnet>(Value::IdOf(management->subnet, why_tier));
  firewall.Set<Firewall::kManagementAddress>(Value::IdOf(
      AddAddress(context, of, with("firewall_management"), place, why_tier), why_tier));
}

}  // namespace

void AddPassing(Context &context, ResourceId policy, EntityId of, const std::string &role,
                const Place &place) {
  const ResourceId flows = AddFlows(context, policy, of, role, place);
  const ResourceId clusters = AddClusters(context, policy, of, role, place);
  // Azure takes changes of a policy one after the other.
  if (flows != kNoResource && clusters != kNoResource) context.graph[clusters].after = {flows};
}

void NoteInspection(Context &context, EntityId service, const std::string &tier) {
  Reader &reader = context.reader;
  if (!reader.Flag(service, Name::FirewallInspectsTls)) return;
  const source::Span at = reader.Because(service, Name::FirewallInspectsTls).front();
  if (tier != "Premium") {
    context.sink
        .Report(message::LeftOut, at, reader.model().FullName(service),
                "a firewall of the tier " + tier + " does not look into encrypted traffic")
        .Help("leave `tier` out, or set it to `Premium`");
    return;
  }
  context.sink
      .Report(message::LeftOut, at, reader.model().FullName(service),
              "looking into encrypted traffic needs a certificate, which no plan may hold")
      .Help("add the certificate to the policy once it is made: `tls_certificate` in Terraform, `transportSecurity` in Bicep");
}

void LowerFirewalls(Context &context) {
  Reader &reader = context.reader;
  const std::vector<EntityId> services = reader.All(Kind::Firewall);
  for (const EntityId hub : reader.All(Kind::HubSpoke)) {
    Place *place = context.PlaceOf(reader.Entity(hub, Name::HubSpokeHub));
    const bool stands = place != nullptr && place->hub != kNoResource &&
                        context.network_of.contains(hub) && reader.Flag(hub, Name::HubSpokeFirewall);
    if (!stands) continue;
    EntityId service{};
    for (const EntityId one : services) {
      if (llvm::is_contained(PlacesOf(context, one), place)) service = one;
    }
    AddFirewall(context, hub, service, *place);
  }
  for (const EntityId service : services) {
    for (Place *place : PlacesOf(context, service)) {
      if (place->is_secured) continue;  // it is the one in the hub of the virtual WAN
      if (!IsSome(place->route_through)) place->route_through = place->site;
      if (place->route_through == place->site) AddFirewall(context, service, service, *place);
    }
  }
}

}  // namespace groma::lower::azure
