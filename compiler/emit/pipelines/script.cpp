// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/pipelines/script.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

namespace groma::emit::pipelines {

using resources::Graph;
using resources::Parameter;
using resources::Value;

namespace {

auto IsTenant(const Graph &graph) -> bool { return graph.scope == resources::Scope::Tenant; }

auto NameOf(const Graph &graph, bool is_tenant) -> std::string {
  return graph.plan + "-" + EnvironmentOf(graph) + (is_tenant ? "-tenant" : "");
}

auto Deploy(const Part &part, const char *verb) -> std::string {
  const Graph &graph = *part.graph;
  const bool is_tenant = IsTenant(graph);
  return std::string("az deployment ") + (is_tenant ? "tenant " : "sub ") + verb + " --name " +
         NameOf(graph, is_tenant) + " --location " + part.location +
         " --parameters main.bicepparam";
}

// Whatever comes next is done in the folder.
auto Enter(const Part &part) -> std::vector<std::string> {
  if (part.folder.empty()) return {};
  return {"cd " + part.folder.substr(0, part.folder.size() - 1)};
}

// The subscription that the plan says. One that is still to be made has nothing to show.
void Select(const Part &part, const Deployment &deployment, bool is_show, bool is_there,
            std::vector<std::string> &commands) {
  const Graph &graph = *part.graph;
  const bool is_bicep = deployment.language == Deployment::Language::Bicep;
  if (graph.makes_subscription) {
    if (!is_bicep) commands.emplace_back("terraform -chdir=tenant init -input=false");
    commands.push_back("subscription=$(" +
                       (is_bicep ? "az deployment tenant show --name " + NameOf(graph, true) +
                                       " --query properties.outputs.subscriptionId.value --output tsv"
                                 : std::string("terraform -chdir=tenant output -raw subscription_id")) +
                       (is_show ? " || true)" : ")"));
    if (is_show) {
      commands.emplace_back(
          "[ -n \"$subscription\" ] || { echo 'The subscription is not made yet.'; exit 0; }");
    }
  } else if (graph.subscription.empty() || is_there) {
    return;
  }
  const std::string which = graph.makes_subscription ? "\"$subscription\"" : graph.subscription;
  commands.push_back((is_bicep ? "az account set --subscription " : "export ARM_SUBSCRIPTION_ID=") + which);
}

auto JsonOf(const Value &value) -> llvm::json::Value {
  if (value.tag == Value::Tag::Int) return value.integer;
  if (value.tag != Value::Tag::Object) return value.text;
  llvm::json::Object object;
  for (const auto &[name, member] : value.members) object[name] = JsonOf(member);
  return object;
}

// What no template holds is asked for by itself. `az` knows the subscription.
void Request(const Part &part, std::vector<std::string> &commands) {
  const Graph &graph = *part.graph;
  for (const resources::Resource &resource : graph.resources) {
    if (resource.type == nullptr || resource.type->in_templates) continue;
    std::string url;
    for (const Value &item : resource.scope_id.items) {
      url += item.tag == Value::Tag::Subscription ? "{subscriptionId}"
             : item.tag == Value::Tag::Parameter  ? graph[item.parameter].value.text
                                                  : item.text;
    }
    url += std::string("/providers/") + resource.type->arm + "/" + resource.name.text + "?api-version=" +
           resource.type->api;
    commands.push_back("az rest --method put --url '" + url + "' --body '" +
                       llvm::formatv("{0}", JsonOf(resource.body)).str() + "'");
  }
}

}  // namespace

auto EnvironmentOf(const Graph &graph) -> std::string {
  return graph.environment.empty() ? "plan" : graph.environment;
}

auto Upper(llvm::StringRef name) -> std::string {
  std::string words = name.upper();
  for (char &c : words) {
    if (!llvm::isAlnum(c)) c = '_';
  }
  return words;
}

auto AskedOf(const Part &part, Deployment::Language language) -> std::vector<Asked> {
  std::vector<Asked> all;
  for (const Parameter &parameter : part.graph->parameters) {
    if (!parameter.is_secret && !parameter.value.is_null()) continue;
    const std::string name = Upper(parameter.name);
    const bool is_terraform = language == Deployment::Language::Terraform;
    all.push_back({is_terraform ? "TF_VAR_" + parameter.name : name, name, parameter.is_secret,
                   parameter.because});
  }
  return all;
}

auto PartsOf(const Graph &graph) -> std::vector<Part> {
  std::vector<Part> parts;
  for (const Graph &first : graph.before) parts.push_back({&first, graph.region, "_tenant", "tenant/"});
  parts.push_back({&graph, graph.region, "", ""});
  return parts;
}

auto CheckOf(const Part &part, const Deployment &deployment) -> std::vector<std::string> {
  std::vector<std::string> commands = Enter(part);
  if (deployment.language == Deployment::Language::Bicep) {
    commands.emplace_back("az bicep lint --file main.bicep");
    commands.emplace_back("az bicep build-params --file main.bicepparam --stdout > /dev/null");
  } else {
    commands.emplace_back("terraform fmt -check -recursive");
    commands.emplace_back("terraform init -input=false");
    commands.emplace_back("terraform validate");
  }
  return commands;
}

auto ShowOf(const Part &part, const Deployment &deployment, bool is_there) -> std::vector<std::string> {
  std::vector<std::string> commands = Enter(part);
  Select(part, deployment, true, is_there, commands);
  if (deployment.language == Deployment::Language::Bicep) {
    commands.push_back(Deploy(part, "what-if"));
  } else {
    const Graph &graph = *part.graph;
    const std::string given =
        graph.parameters.empty() ? "" : " -var-file=" + EnvironmentOf(graph) + ".tfvars";
    commands.push_back("terraform plan -input=false -lock-timeout=5m" + given +
                       " -out=plan.tfplan");
  }
  return commands;
}

auto MakeOf(const Part &part, const Deployment &deployment, bool is_there) -> std::vector<std::string> {
  std::vector<std::string> commands = Enter(part);
  Select(part, deployment, false, is_there, commands);
  if (deployment.language == Deployment::Language::Bicep) {
    Request(part, commands);
    commands.push_back(Deploy(part, "create"));
  } else {
    commands.emplace_back("terraform init -input=false -lockfile=readonly");
    commands.emplace_back("terraform apply -input=false -lock-timeout=5m plan.tfplan");
  }
  return commands;
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
