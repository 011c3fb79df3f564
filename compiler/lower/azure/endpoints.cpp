// SPDX-License-Identifier: Apache-2.0
#include "endpoints.h"

#include <algorithm>

#include "groma/resources/azure/dns.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "messages.h"

namespace groma::lower::azure {

using resources::kNoResource;
using resources::Spans;
using resources::azure::PrivateEndpoint;
using resources::azure::PrivateZone;
using resources::azure::ZoneGroup;
using resources::azure::ZoneLink;

namespace {

struct Zones {
  const char *type, *part, *zones;
};
constexpr Zones kZones[] = {
#define GROMA_ENDPOINT_ZONES(type, part, zones) {type, part, zones},
#include "zones.def"
#undef GROMA_ENDPOINT_ZONES
};

// What ends like names of storage does so by the cloud in which it is deployed.
auto NameOfZone(llvm::StringRef name, const Spans &because) -> Value {
  if (!name.consume_back(resources::kStorageSuffix)) return Value::Text(name, because);
  return Value::Joined({Value::Text(name), Value::StorageSuffix()}, because);
}

auto SymbolOfZone(llvm::StringRef name) -> std::string {
  std::string symbol;
  for (const char c : name) symbol += llvm::isAlnum(c) ? llvm::toLower(c) : '_';
  return symbol;
}

auto ZoneNames(Context &context, const Place &place, llvm::StringRef type, llvm::StringRef part)
    -> std::vector<std::string> {
  std::vector<std::string> names;
  for (const Zones &one : kZones) {
    if (type != one.type || part != one.part) continue;
    llvm::SmallVector<llvm::StringRef> parts;
    llvm::StringRef(one.zones).split(parts, ';');
    for (const llvm::StringRef name : parts) {
      const auto [before, after] = name.split("{region}");
      const bool has_region = before.size() != name.size();
      const std::string region =
          context.reader.Text(place.site, Name::SiteAzureRegion).value_or("");
      names.push_back(has_region ? before.str() + region + after.str() : name.str());
    }
  }
  return names;
}

void Note(resources::Resource &resource, const Spans &because) {
  constexpr size_t kMost = 8;
  resource.because = std::move(resource.because) + because;
  if (resource.because.size() > kMost) resource.because.resize(kMost);
}

void AddZones(Context &context, Place &place, ResourceId endpoint,
              const std::vector<std::string> &names, const Spans &because) {
  resources::Resource group;
  group.type = &ZoneGroup::kType;
  group.symbol = context.graph[endpoint].symbol;
  group.group = place.group;
  group.parent = endpoint;
  group.concern = context.graph[endpoint].concern;
  group.because = because;
  group.name = Value::Text("default", because);
  resources::Making<ZoneGroup> made(context.graph, context.graph.Add(std::move(group)));
  made.Set<ZoneGroup::kName>(Value::Text("default", because));
  for (size_t i = 0; i < names.size(); ++i) {
    const ResourceId zone = ZoneNamed(context, names[i], because);
    LinkZoneAround(context, zone, place, because);
    const auto one = made.In({i});
    resources::Making<ZoneGroup>(one).Set<ZoneGroup::kZone>(
        Value::Text(SymbolOfZone(names[i]), because));
    resources::Making<ZoneGroup>(one).Set<ZoneGroup::kZoneId>(Value::IdOf(zone, because));
  }
}

}  // namespace

auto ZoneNamed(Context &context, llvm::StringRef name, const Spans &because) -> ResourceId {
  if (const auto found = context.zones.find(name.str()); found != context.zones.end()) {
    Note(context.graph[found->second], because);
    return found->second;
  }
  const Place &place = context.Central();
  resources::Resource zone;
  zone.type = &PrivateZone::kType;
  zone.symbol = SymbolOfZone(name);
  zone.group = place.group;
  zone.concern = "dns";
  zone.because = because;
  zone.name = NameOfZone(name, because);
  zone.tags = Value::Given(context.tags, because);
  resources::Making<PrivateZone> made(context.graph, context.graph.Add(std::move(zone)));
  made.Set<PrivateZone::kLocation>(Value::Text("global", because));
  context.zones[name.str()] = made.id();
  return made.id();
}

void LinkZone(Context &context, ResourceId zone, ResourceId network, const Spans &because) {
  const auto [at, is_new] = context.zone_links.try_emplace({zone, network}, kNoResource);
  if (!is_new) return Note(context.graph[at->second], because);
  resources::Resource link;
  link.type = &ZoneLink::kType;
  link.symbol = context.graph[zone].symbol + "_" + context.graph[network].symbol;
  link.group = context.graph[zone].group;
  link.parent = zone;
  link.concern = context.graph[zone].concern;
  link.because = because;
  link.name = Value::Text(
      context.namer.NameOf(ZoneLink::kType, context.graph[network].symbol,
                           context.graph[zone].symbol,
                           because.empty() ? source::Span() : because.front()),
      because);
  link.tags = Value::Given(context.tags, because);
  resources::Making<ZoneLink> made(context.graph, context.graph.Add(std::move(link)));
  made.Set<ZoneLink::kLocation>(Value::Text("global", because));
  made.Set<ZoneLink::kNetwork>(Value::IdOf(network, because));
  made.Set<ZoneLink::kRegisters>(Value::Bool(false, because));
  at->second = made.id();
}

void LinkZoneAround(Context &context, ResourceId zone, const Place &place, const Spans &because) {
  for (const Place &other : context.places) {
    if (!context.AreJoined(place.site, other.site)) continue;
    for (const ResourceId network : {other.network, other.hub}) {
      if (network != kNoResource) LinkZone(context, zone, network, because);
    }
  }
}

auto PartOf(Context &context, ResourceId target, llvm::StringRef wanted) -> std::string {
  const resources::Type *type = context.graph[target].type;
  for (const Zones &one : kZones) {
    if (type == nullptr || llvm::StringRef(type->arm) != one.type) continue;
    if (wanted.empty() || wanted.equals_insensitive(one.part)) return one.part;
  }
  return {};
}

auto HasEndpoint(Context &context, const Place &place, ResourceId target, llvm::StringRef part)
    -> bool {
  return context.endpoints.contains({place.site, target, part.lower()});
}

auto AddEndpoint(Context &context, Place &place, ResourceId target, llvm::StringRef part,
                 const Spans &because) -> ResourceId {
  const resources::Resource &of = context.graph[target];
  if (place.endpoints == kNoResource) {
    context.sink
        .Report(message::NoEndpoint, because.empty() ? source::Span() : because.front(), of.symbol,
                place.symbol)
        .Label(context.reader.SpanOf(place.site), "a site without a network of its own")
        .Help("give the site a `supernet`, or set `private = false`");
    return kNoResource;
  }
  resources::Resource endpoint;
  endpoint.type = &PrivateEndpoint::kType;
  // A second one for the same part stands at another site.
  const bool is_elsewhere = std::any_of(context.endpoints.begin(), context.endpoints.end(), [&](const auto &one) {
    return std::get<1>(one) == target && std::get<2>(one) == part.lower();
  });
  endpoint.symbol = of.symbol + "_" + part.lower() + (is_elsewhere ? "_" + place.symbol : "");
  if (!of.former.empty()) endpoint.former = of.former + "_" + part.lower();
  endpoint.group = place.group;
  endpoint.concern = of.concern;
  endpoint.location = Value::Given(place.location, because);
  endpoint.tags = of.tags;
  endpoint.because = because;
  const std::string name =
      context.namer.NameOf(PrivateEndpoint::kType, endpoint.symbol, place.symbol,
                           because.empty() ? source::Span() : because.front());
  endpoint.name = Value::Text(name, because);
  const std::string type = of.type == nullptr ? of.raw_type : of.type->arm;
  resources::Making<PrivateEndpoint> made(context.graph, context.graph.Add(std::move(endpoint)));
  made.Set<PrivateEndpoint::kSubnet>(Value::IdOf(place.endpoints, because));
  made.Set<PrivateEndpoint::kCard>(Value::Text("nic-" + name, because));
  made.Set<PrivateEndpoint::kIsManual>(Value::Bool(false, because));
  auto connection = made.In({0});
  connection.Set<PrivateEndpoint::kConnection>(Value::Text(part, because));
  connection.Set<PrivateEndpoint::kTarget>(Value::IdOf(target, because));
  connection.Set<PrivateEndpoint::kParts>(Value::Texts({part.str()}, because));
  ++place.endpoint_count;
  context.endpoints.insert({place.site, target, part.lower()});
  const std::vector<std::string> names = ZoneNames(context, place, type, part);
  if (is_elsewhere) {
    // A zone has one address for each name.
    made.resource().purpose = "Without a name of its own: names lead to the endpoint that was there first.";
  } else if (!names.empty()) {
    AddZones(context, place, made.id(), names, because);
  }
  return made.id();
}

}  // namespace groma::lower::azure
