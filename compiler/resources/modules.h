// SPDX-License-Identifier: Apache-2.0
// The graph cut into the files in which it will stand: one part for each concern, with what it takes from the others.
#pragma once

#include "groma/resources/graph.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace groma::resources {

// A property of a resource in another part.
struct Taken {
  ResourceId resource = kNoResource;
  std::string property;
  // `weu_vnet_id`
  std::string name;

  auto operator<(const Taken &other) const -> bool {
    return std::tie(resource, property) < std::tie(other.resource, other.property);
  }
};

struct Module {
  std::string name;     // `network`, or `network_weu` where the concern is cut by groups
  std::string concern;
  ResourceId group = kNoResource;
  std::vector<ResourceId> resources;  // in the graph's order
  std::vector<Taken> takes;           // in order of their names
  std::vector<Taken> gives;           // likewise: what others take from it
  std::vector<ParameterId> parameters;
  // Arm: of other parts, what something here stands on or in. It is named here, and so its id is known without being taken.
  llvm::DenseSet<ResourceId> named;

  // Arm: its id is known where the part is deployed.
  auto Knows(const Value &reference) const -> bool {
    return reference.text == "id" && (named.contains(reference.resource) || reference.resource == group);
  }
};

struct Parts {
  std::vector<ResourceId> root;  // what holds the rest: groups
  std::vector<Module> modules;   // each after those from which it takes, where that is possible
  llvm::DenseMap<ResourceId, size_t> module_of;
  llvm::DenseMap<ResourceId, std::vector<ResourceId>> inner;  // what ARM has inside another resource
  // Those that azurerm says inside of their parent.
  llvm::DenseMap<ResourceId, std::vector<ResourceId>> said_inside;
  // What some part takes from another: under which name it has each property.
  llvm::DenseMap<ResourceId, llvm::SmallVector<std::pair<std::string, std::string>, 1>> names;

  // The part in which it stands; none: the root.
  auto ModuleOf(ResourceId id) const -> const Module * {
    const auto at = module_of.find(id);
    return at == module_of.end() ? nullptr : &modules[at->second];
  }
  // The name under which others have what the reference refers to.
  auto NameOf(const Value &reference) const -> llvm::StringRef;
};

// Arm: each part lies in one resource group, since a file of Bicep is deployed into one.
enum class Language : uint8_t { Arm, Azurerm };
auto Cut(const Graph &graph, Language language) -> Parts;
// Names of the other parts for which something in the part waits although it takes nothing from them.
auto WaitsFor(const Graph &graph, const Parts &parts, const Module &module)
    -> std::vector<std::string>;

// Terraform has it as a resource of azurerm, and not as one of azapi.
auto IsOfAzurerm(const Resource &resource) -> bool;
// Azure takes it in a template.
auto IsInTemplates(const Resource &resource) -> bool;
// ARM has it inside its parent.
auto IsInside(const Resource &resource) -> bool;

// Calls `visit` with all values of the body except what only ARM asks for.
void ForEachSaidByAzurerm(const Resource &resource, llvm::function_ref<void(const Value &)> visit);
// The resource inside which azurerm says that it lies; none if it stands alone.
auto AzurermParent(const Graph &graph, const Resource &resource) -> ResourceId;

// For people: "The id of the subnet `weu_servers`".
auto SentenceOf(const Graph &graph, const Taken &taken) -> std::string;

// `weu_vnet`: the symbol with its type's word, unless it ends in it.
auto SymbolOf(const Resource &resource) -> std::string;
// The same, if its symbol were another one.
auto SymbolOf(const Resource &resource, llvm::StringRef symbol) -> std::string;
// `weu_vnet` is `weuVnet`.
auto Camel(llvm::StringRef symbol) -> std::string;

}  // namespace groma::resources
