// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/pipelines/script.h"

#include "llvm/ADT/StringExtras.h"

namespace groma::emit::pipelines {

using resources::Graph;
using resources::Parameter;
using resources::Value;

namespace {

// The region in which the record of a deployment is kept: that of the first site.
auto LocationOf(const Graph &graph) -> std::string {
  for (const Parameter &parameter : graph.parameters) {
    const bool is_location = llvm::StringRef(parameter.name).ends_with("_location");
    if (is_location && parameter.value.tag == Value::Tag::Text) return parameter.value.text;
  }
  return "westeurope";
}

auto Upper(llvm::StringRef name) -> std::string {
  std::string words = name.upper();
  for (char &c : words) {
    if (!llvm::isAlnum(c)) c = '_';
  }
  return words;
}

auto Deploy(const Graph &graph, const char *verb) -> std::string {
  return std::string("az deployment sub ") + verb + " --name " + graph.plan + "-" +
         EnvironmentOf(graph) + " --location " + LocationOf(graph) + " --parameters main.bicepparam";
}

}  // namespace

auto EnvironmentOf(const Graph &graph) -> std::string {
  return graph.environment.empty() ? "plan" : graph.environment;
}

auto SecretsOf(const Graph &graph, Deployment::Language language) -> std::vector<Secret> {
  std::vector<Secret> secrets;
  for (const Parameter &parameter : graph.parameters) {
    if (!parameter.is_secret && !parameter.value.is_null()) continue;
    const std::string name = Upper(parameter.name);
    const bool is_terraform = language == Deployment::Language::Terraform;
    secrets.push_back({is_terraform ? "TF_VAR_" + parameter.name : name, name, parameter.because});
  }
  return secrets;
}

auto CheckOf(const Deployment &deployment) -> std::vector<std::string> {
  if (deployment.language == Deployment::Language::Bicep) {
    return {"az bicep lint --file main.bicep", "az bicep build-params --file main.bicepparam --stdout > /dev/null"};
  }
  return {"terraform fmt -check -recursive", "terraform init -input=false", "terraform validate"};
}

auto ShowOf(const Graph &graph, const Deployment &deployment) -> std::vector<std::string> {
  if (deployment.language == Deployment::Language::Bicep) return {Deploy(graph, "what-if")};
  return {"terraform plan -input=false -lock-timeout=5m -var-file=" + EnvironmentOf(graph) +
          ".tfvars -out=plan.tfplan"};
}

auto MakeOf(const Graph &graph, const Deployment &deployment) -> std::vector<std::string> {
  if (deployment.language == Deployment::Language::Bicep) return {Deploy(graph, "create")};
  return {"terraform init -input=false",
          "terraform apply -input=false -lock-timeout=5m plan.tfplan"};
}

auto Quoted(llvm::StringRef text) -> std::string {
  std::string out = "'";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
    } else {
      out += c == '\'' ? std::string("''") : std::string(1, c);
    }
  }
  return out + "'";
}

}  // namespace groma::emit::pipelines
