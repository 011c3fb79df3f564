// SPDX-License-Identifier: Apache-2.0
// Values as the Resource Manager wants them: JSON, with expressions in brackets inside strings.
#pragma once

#include "groma/resources/modules.h"

namespace groma::emit::arm {

class Expressions {
 public:
  // `module`: the part in whose template the values stand; none: the main one.
  Expressions(const resources::Graph &graph, const resources::Parts &parts,
              const resources::Module *module)
      : graph_(graph), parts_(parts), module_(module) {}

  // The value with everything that is no plain datum as a string in brackets; what users wrote stays data.
  auto Of(const resources::Value &value) const -> resources::Value;
  // Inside an expression, without brackets: `parameters('location')`, `'text'`.
  auto Inner(const resources::Value &value) const -> std::string;
  // `resourceId('Microsoft.Network/virtualNetworks', 'vnet')`
  auto IdOf(resources::ResourceId id) const -> std::string;
  // The same, also of what another template makes.
  auto OnOf(resources::ResourceId id) const -> std::string;
  // The deployment of another part.
  auto DeploymentOf(const resources::Module &module) const -> std::string;
  // Its full type, with those of its parents, and its full name: `vnet/snet`.
  auto TypeOf(resources::ResourceId id) const -> std::string;
  auto ApiOf(resources::ResourceId id) const -> std::string;
  auto NameOf(resources::ResourceId id) const -> resources::Value;
  auto IsHere(resources::ResourceId id) const -> bool;

 private:
  auto Reference(const resources::Value &value) const -> std::string;
  void Names(resources::ResourceId id, std::string &out) const;

  const resources::Graph &graph_;
  const resources::Parts &parts_;
  const resources::Module *module_;
};

// What stands in a template: a text that begins like an expression is told apart from one.
auto Datum(llvm::StringRef text) -> std::string;

}  // namespace groma::emit::arm
