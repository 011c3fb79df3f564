// SPDX-License-Identifier: Apache-2.0
// What both kinds of pipeline have in common: names, what they must be given, and the commands that they run.
#pragma once

#include "groma/emit/pipelines/pipelines.h"

namespace groma::emit::pipelines {

// `prod`, or `plan` where the plan has no environments.
auto EnvironmentOf(const resources::Graph &graph) -> std::string;
// In capitals, with `_` for what is neither letter nor digit.
auto Upper(llvm::StringRef name) -> std::string;
// What is deployed by itself, in this order: what the subscription lies in, and the rest.
struct Part {
  const resources::Graph *graph = nullptr;
  std::string location;  // where the record of the deployment is kept
  std::string suffix;  // of names: `_tenant`
  std::string folder;  // below that of the deployment, with `/` at its end; may be empty
};
auto PartsOf(const resources::Graph &graph) -> std::vector<Part>;
// What no file says and the part must be given. Variables of Terraform begin with `TF_VAR_`.
struct Asked {
  std::string variable;
  std::string name;  // as the pipeline's store calls it
  bool is_secret = false;
  resources::Spans because;
};
auto AskedOf(const Part &part, Deployment::Language language) -> std::vector<Asked>;
// Lines of shell that check, that show what would change, and that make it. `is_there`: they run in the subscription that
// the plan says, if it says which.
auto CheckOf(const Part &part, const Deployment &deployment) -> std::vector<std::string>;
auto ShowOf(const Part &part, const Deployment &deployment, bool is_there) -> std::vector<std::string>;
auto MakeOf(const Part &part, const Deployment &deployment, bool is_there) -> std::vector<std::string>;
// Whoever applies a plan must have the version that made it.
constexpr const char *kTerraform = "1.11.4";
// In quotes of YAML.
auto Quoted(llvm::StringRef text) -> std::string;

}  // namespace groma::emit::pipelines
