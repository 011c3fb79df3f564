// SPDX-License-Identifier: Apache-2.0
// What the files of this folder share: the plan, the graph that grows, and where things of each site go.
#pragma once

#include <set>

#include "groma/resources/azure/core.h"
#include "joined.h"
#include "made.h"
#include "groma/resources/modules.h"
#include "naming.h"
#include "groma/lower/azure/reader.h"

namespace groma::lower::azure {

using resources::Graph;
using resources::Making;
using resources::ParameterId;
using resources::Resource;
using resources::ResourceId;
using resources::Value;

// A subnet in which something of the plan stands, with the rules of who may reach it.
struct PlacedSubnet {
  enum class For : uint8_t { Servers, Endpoints, Other };
  ResourceId subnet = resources::kNoResource, rules = resources::kNoResource;
  ResourceId network = resources::kNoResource;
  EntityId of{};
  base::Cidr range;
  base::Cidr around;  // of the network
  For use = For::Servers;
};

// Subnets whose names Azure gives.
enum class Reserved : uint8_t { Gateway, Firewall, FirewallManagement, Bastion, ResolverIn, ResolverOut };
struct ReservedSubnet {
  ResourceId subnet = resources::kNoResource;
  base::Cidr range;
};

// What stands at a site.
struct Place {
  EntityId site{};
  std::string symbol;
  ResourceId group = resources::kNoResource;
  ParameterId location{};
  ResourceId network = resources::kNoResource;  // the virtual network in which its machines are
  base::Cidr range;                             // of that network
  ResourceId servers = resources::kNoResource, endpoints = resources::kNoResource;  // subnets
  size_t endpoint_count = 0;
  std::optional<base::Cidr> pods;  // the addresses of pods of the cluster in `servers`
  std::vector<PlacedSubnet> subnets;
  // Of a hub beside that network, where one stands: gateways, a firewall and a jump host are there.
  ResourceId hub = resources::kNoResource;
  base::Cidr hub_range;
  std::map<Reserved, ReservedSubnet> reserved;  // those that were asked for: see hubs.h
  std::vector<ResourceId> gateways;             // that stand in the hub, or else in the network
  std::string firewall;                         // the private address of the firewall that stands here
  EntityId route_through{};                     // the site whose firewall what leaves passes
  // What a hub of a virtual WAN would have; it is kept free of everything else.
  std::optional<base::Cidr> wan_hub_range;
  // Of the virtual WAN that has a hub here.
  EntityId wan_of{};
  ResourceId wan = resources::kNoResource, wan_hub = resources::kNoResource;
  bool is_secured = false;  // that hub sends all traffic through a firewall
};

struct Context {
  Context(plan::Plan &plan, diagnostics::Sink &sink);

  Reader reader;
  diagnostics::Sink &sink;
  Graph graph;
  Namer namer;
  ParameterId tags{};
  std::vector<Place> places;  // in order of the sites' names
  Joined joined;
  std::map<EntityId, ResourceId> network_of;  // virtual networks that the plan declares
  std::map<ResourceId, base::Cidr> range_of;  // of virtual networks
  // By network: those that a `link.peering` joins it with, and that link.
  std::multimap<ResourceId, std::pair<ResourceId, EntityId>> peers;
  std::multimap<EntityId, ResourceId> made_for;  // what was made for each thing of the plan
  Made made;
  std::map<std::string, ResourceId> zones;  // private DNS zones by their names
  std::map<std::pair<ResourceId, ResourceId>, ResourceId> zone_links;  // by zone and network
  std::set<std::tuple<EntityId, ResourceId, std::string>> endpoints;   // site, target and part

  // Starts a resource for something of the plan. `role` tells several of one entity apart; it may be empty.
  template <typename T>
  auto Make(EntityId of, llvm::StringRef role, const Place &place, llvm::StringRef concern)
      -> Making<T>;
  // Inside another resource.
  template <typename T>
  auto MakeIn(ResourceId parent, EntityId of, llvm::StringRef role) -> Making<T>;

  auto PlaceOf(EntityId site) -> Place *;  // none if it is not in Azure
  auto Central() -> Place &;  // with which stands what all sites share
  auto SiteOf(EntityId id) -> EntityId { return azure::SiteOf(reader, id); }
  auto AreJoined(EntityId site, EntityId other) const -> bool { return joined.Are(site, other); }
  auto TagsOf(EntityId entity) -> Value;
  // What names in Azure are made from: they stay when the plan renames a thing.
  static auto NamedFor(const Resource &resource) -> const std::string & {
    return resource.former.empty() ? resource.symbol : resource.former;
  }
  auto NamedFor(EntityId of) const -> std::string {
    const std::string former = reader.FormerOf(of);
    return former.empty() ? reader.SymbolOf(of) : former;
  }

 private:
  auto Keep(EntityId of, Resource resource) -> ResourceId {
    const ResourceId id = graph.Add(std::move(resource));
    made_for.emplace(of, id);
    return id;
  }
  auto Start(const resources::Type &type, EntityId of, llvm::StringRef role) -> Resource;
};

template <typename T>
auto Context::Make(EntityId of, llvm::StringRef role, const Place &place, llvm::StringRef concern)
    -> Making<T> {
  Resource resource = Start(T::kType, of, role);
  resource.group = place.group;
  resource.concern = concern.str();
  if (T::kType.has_location) resource.location = Value::Given(place.location, resource.because);
  if (T::kType.has_tags) resource.tags = TagsOf(of);
  resource.name = Value::Text(
      namer.NameOf(T::kType, NamedFor(resource), place.symbol, reader.SpanOf(of)), resource.because);
  return {graph, Keep(of, std::move(resource))};
}

template <typename T>
auto Context::MakeIn(ResourceId parent, EntityId of, llvm::StringRef role) -> Making<T> {
  Resource resource = Start(T::kType, of, role);
  resource.group = graph[parent].group;
  resource.parent = parent;
  resource.concern = graph[parent].concern;
  if (T::kType.has_location) resource.location = graph[parent].location;
  if (T::kType.has_tags) resource.tags = TagsOf(of);
  resource.name = Value::Text(
      namer.NameOf(T::kType, NamedFor(resource), SymbolOf(graph[parent]), reader.SpanOf(of)),
      resource.because);
  return {graph, Keep(of, std::move(resource))};
}

}  // namespace groma::lower::azure
