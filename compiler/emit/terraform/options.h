// SPDX-License-Identifier: Apache-2.0
// What an `emit terraform` asks for.
#pragma once

#include "groma/plan/plan.h"
#include "groma/resources/graph.h"

namespace groma::emit::terraform {

struct Options {
  std::string azurerm = "~> 4.73";  // the versions of the provider that may be used
  int version = 4;                  // its first number
  // The kind of place where Terraform keeps what it knows, and what that place asks for, as HCL.
  std::string backend = "local";
  std::vector<std::pair<std::string, std::string>> backend_fields;
  resources::Spans because;

  // The account in which the state lies is given to `terraform init`.
  auto AsksForAccount() const -> bool;
};

auto OptionsOf(plan::Plan &plan, plan::EntityId target, const resources::Graph &graph) -> Options;

}  // namespace groma::emit::terraform
