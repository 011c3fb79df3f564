// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/terraform/moves.h"

namespace groma::emit::terraform {

using output::Lines;
using resources::Graph;
using resources::Parts;
using resources::Resource;
using resources::ResourceId;

namespace {

auto InModule(const Parts &parts, ResourceId id) -> std::string {
  const resources::Module *module = parts.ModuleOf(id);
  return module == nullptr ? "" : "module." + module->name + ".";
}

auto IsOwn(const Resource &resource) -> bool {
  return !resource.is_there && (resource.type == nullptr || !resource.type->azurerm_in_parent);
}

// `azurerm_subnet.weu_servers`, and what ties it to others; with the symbol that it had before, or the one it has.
auto AddressesOf(const Resource &resource, const std::string &symbol, int version)
    -> std::vector<std::string> {
  if (!IsOfAzurerm(resource)) {
    const std::string type = resource.type == nullptr ? "azapi_resource" : resource.type->azapi;
    return {type + "." + SymbolOf(resource, symbol)};
  }
  std::vector<std::string> addresses = {std::string(resource.type->azurerm) + "." + symbol};
  for (const Spelled::Tie &tie : Spell(resource, version).ties) {
    addresses.push_back(tie.type + "." + symbol);
  }
  return addresses;
}

}  // namespace

void AddMoves(const Graph &graph, const Parts &parts, int version,
              std::vector<output::File> &files) {
  Lines moved, imported;
  bool is_moved = false, is_imported = false;
  for (size_t i = 0; i < graph.resources.size(); ++i) {
    const auto id = static_cast<ResourceId>(i);
    const Resource &resource = graph[id];
    const bool is_renamed = !resource.former.empty() && resource.former != resource.symbol;
    if (!IsOwn(resource) || (!is_renamed && resource.imported.empty())) continue;
    const std::string in = InModule(parts, id);
    const std::vector<std::string> now = AddressesOf(resource, resource.symbol, version);
    if (is_renamed) {
      const std::vector<std::string> before = AddressesOf(resource, resource.former, version);
      for (size_t k = 0; k < now.size(); ++k) {
        Block block;
        block.type = "moved";
        block.because = resource.because;
        block.Set("from", in + before[k]);
        block.Set("to", in + now[k]);
        Write(moved, block);
        is_moved = true;
      }
    }
    if (resource.imported.empty()) continue;
    Block block;
    block.type = "import";
    block.because = resource.because;
    block.Set("to", in + now.front());
    block.Set("id", Quoted(resource.imported));
    Write(imported, block);
    is_imported = true;
  }
  if (is_moved) files.push_back(moved.Take("moved.tf"));
  if (is_imported) files.push_back(imported.Take("imports.tf"));
}

}  // namespace groma::emit::terraform
