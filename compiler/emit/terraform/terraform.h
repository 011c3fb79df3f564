// SPDX-License-Identifier: Apache-2.0
// `emit terraform`: what is to be made in Azure, as a configuration of Terraform.
#pragma once

#include "groma/output/file.h"
#include "groma/resources/graph.h"

namespace groma::emit {

struct TerraformOptions {
  std::string azurerm = "~> 4.73";  // the versions of the provider that may be used
  int version = 4;                  // its first number
  // The kind of place where Terraform keeps what it knows, and what that place asks for.
  std::string backend = "local";
  std::vector<std::pair<std::string, std::string>> backend_fields;
  resources::Spans because;
};

// A root with a module for each concern, and a file with the values of the environment.
auto Terraform(const resources::Graph &graph, const TerraformOptions &options)
    -> std::vector<output::File>;

}  // namespace groma::emit
