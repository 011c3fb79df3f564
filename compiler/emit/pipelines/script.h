// SPDX-License-Identifier: Apache-2.0
// What both kinds of pipeline have in common: names, secrets and the commands that they run.
#pragma once

#include "groma/emit/pipelines/pipelines.h"

namespace groma::emit::pipelines {

// `prod`, or `plan` where the plan has no environments.
auto EnvironmentOf(const resources::Graph &graph) -> std::string;
// Names of variables that hold what no file may hold: of Terraform they begin with `TF_VAR_`.
struct Secret {
  std::string variable;
  std::string name;  // as the pipeline's store calls it
  resources::Spans because;
};
auto SecretsOf(const resources::Graph &graph, Deployment::Language language) -> std::vector<Secret>;
// What is deployed by itself, in this order: what the subscription lies in, and the rest.
struct Part {
  const resources::Graph *graph = nullptr;
  std::string location;  // where the record of the deployment is kept: the region of the first site
  std::string suffix;  // of names: `_tenant`
  std::string folder;  // below that of the deployment, with `/` at its end; may be empty
};
auto PartsOf(const resources::Graph &graph) -> std::vector<Part>;
// Lines of shell that check, that show what would change, and that make it.
auto CheckOf(const Part &part, const Deployment &deployment) -> std::vector<std::string>;
auto ShowOf(const Part &part, const Deployment &deployment) -> std::vector<std::string>;
auto MakeOf(const Part &part, const Deployment &deployment) -> std::vector<std::string>;
// In quotes of YAML.
auto Quoted(llvm::StringRef text) -> std::string;

}  // namespace groma::emit::pipelines
