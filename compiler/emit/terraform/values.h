// SPDX-License-Identifier: Apache-2.0
// Values of the graph as HCL, and resources as blocks.
#pragma once

#include "groma/emit/terraform/azurerm.h"
#include "groma/emit/terraform/document.h"
#include "groma/resources/modules.h"

namespace groma::emit::terraform {

class Values {
 public:
  // `module` is the part in whose files the values stand; none: the root.
  Values(const resources::Graph &graph, const resources::Parts &parts,
         const resources::Module *module, int version)
      : graph_(graph), parts_(parts), module_(module), version_(version) {}

  auto Of(const resources::Value &value) const -> Expression;
  // The resource with all that ties it to others.
  auto ResourceOf(resources::ResourceId id) const -> std::vector<Block>;
  // `azurerm_virtual_network.weu`
  auto AddressOf(resources::ResourceId id) const -> std::string;

 private:
  auto Text(const resources::Value &value) const -> std::string;
  auto Reference(const resources::Value &value) const -> std::string;
  auto IsHere(resources::ResourceId id) const -> bool;
  void Fill(Block &block, const resources::Value &body) const;
  auto RawOf(resources::ResourceId id) const -> Block;
  void IgnoreChanges(Block &block, const resources::Resource &resource) const;
  void SetAfter(Block &block, const resources::Resource &resource) const;
  void Head(Block &block, const resources::Resource &resource) const;

  const resources::Graph &graph_;
  const resources::Parts &parts_;
  const resources::Module *module_;
  int version_;
};

}  // namespace groma::emit::terraform
