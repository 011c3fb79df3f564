// SPDX-License-Identifier: Apache-2.0
// What the files of this folder share: the plan, the graph that grows, and where things of each site go.
#pragma once

#include "groma/resources/azure/core.h"
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
  ResourceId gateway_subnet = resources::kNoResource;  // where one was asked for
  std::vector<ResourceId> gateways;                    // in that subnet
  // Of the virtual WAN that has a hub here.
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

  // Starts a resource for something of the plan. `role` tells several of one entity apart; it may be empty.
  template <typename T>
  auto Make(EntityId of, llvm::StringRef role, const Place &place, llvm::StringRef concern)
      -> Making<T>;
  // Inside another resource.
  template <typename T>
  auto MakeIn(ResourceId parent, EntityId of, llvm::StringRef role) -> Making<T>;

  auto PlaceOf(EntityId site) -> Place *;  // none if it is not in Azure
  auto TagsOf(EntityId entity) -> Value;

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
  const std::string thing = resource.symbol;
  resource.name = Value::Text(namer.NameOf(T::kType, thing, place.symbol, reader.SpanOf(of)),
                              resource.because);
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
      namer.NameOf(T::kType, resource.symbol, SymbolOf(graph[parent]), reader.SpanOf(of)),
      resource.because);
  return {graph, graph.Add(std::move(resource))};
}

}  // namespace groma::lower::azure
