// SPDX-License-Identifier: Apache-2.0
// A resource as azurerm spells it: its body goes from ARM's shape into azurerm's, by the table of its type.
#pragma once

#include "groma/resources/graph.h"

namespace groma::emit::terraform {

struct Spelled {
  resources::Value body;  // objects are blocks; lists of objects are repeated blocks
  // Resources that tie this one to others: the type, and the attribute with the other's id.
  struct Tie {
    std::string type, attribute;
    resources::Value other;
  };
  std::vector<Tie> ties;
};

auto Spell(const resources::Resource &resource, int version) -> Spelled;

// `ip_address` for `properties.ipAddress`; an element of a block gets `[0]`.
auto PropertyOf(const resources::Resource &resource, llvm::StringRef property, int version)
    -> std::string;

}  // namespace groma::emit::terraform
