// SPDX-License-Identifier: Apache-2.0
// What the files of this folder share: the plan, the graph that grows, and where things of each site go.
#pragma once

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
  // Of a hub beside that network, where one stands: gateways, a firewall and a jump host are there.
  ResourceId hub = resources::kNoResource;
  base::Cidr hub_range;
  // For gateways: in the hub, else in the network. Made by GatewaySubnet of hubs.h when one is asked for.
  ResourceId gateway_subnet = resources::kNoResource;
  // What a hub of a virtual WAN would have; it is kept free of everything else.
  std::optional<base::Cidr> wan_hub_range;
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
  Made made;
  std::map<std::string, ResourceId> zones;  // private DNS zones by their names
  std::map<std::pair<ResourceId, ResourceId>, ResourceId> zone_links;  // by zone and network

  // Starts a resource for something of the plan. `role` tells several of one entity apart; it may be empty.
  template <typename T>
  auto Make(EntityId of, llvm::StringRef role, const Place &place, llvm::StringRef concern)
      -> Making<T>;
  // Inside another resource.
  template <typename T>
  auto MakeIn(ResourceId parent, EntityId of, llvm::StringRef role) -> Making<T>;

  auto PlaceOf(EntityId site) -> Place *;  // none if it is not in Azure
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
  return {graph, graph.Add(std::move(resource))};
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
  return {graph, graph.Add(std::move(resource))};
}

}  // namespace groma::lower::azure
