// SPDX-License-Identifier: Apache-2.0
// Pipelines that show what would change, and make it once somebody has approved.
#pragma once

#include "groma/output/file.h"
#include "groma/resources/graph.h"

namespace groma::emit {

struct Deployment {
  enum class Language : uint8_t { Bicep, Terraform };
  Language language = Language::Bicep;
  std::string folder;  // in the repository, where the files are
  bool asks_for_account = false;  // Terraform: the one in which the state lies
  resources::Spans because;
};

// For GitHub Actions; it belongs into `.github/workflows` of the repository.
auto GitHubActions(const resources::Graph &graph, const Deployment &deployment) -> output::File;
// For Azure Pipelines.
auto AzurePipelines(const resources::Graph &graph, const Deployment &deployment) -> output::File;

}  // namespace groma::emit
