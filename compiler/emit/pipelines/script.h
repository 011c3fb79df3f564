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
// Lines of shell that check, that show what would change, and that make it.
auto CheckOf(const Deployment &deployment) -> std::vector<std::string>;
auto ShowOf(const resources::Graph &graph, const Deployment &deployment) -> std::vector<std::string>;
auto MakeOf(const resources::Graph &graph, const Deployment &deployment) -> std::vector<std::string>;
// In quotes of YAML.
auto Quoted(llvm::StringRef text) -> std::string;

}  // namespace groma::emit::pipelines
