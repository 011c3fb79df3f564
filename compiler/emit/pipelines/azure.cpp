// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/pipelines/script.h"
#include "groma/output/lines.h"

namespace groma::emit {

using output::Lines;
using pipelines::Quoted;
using pipelines::Secret;
using resources::Graph;

namespace {

class Writer {
 public:
  Writer(const Graph &graph, const Deployment &deployment)
      : graph_(graph),
        deployment_(deployment),
        environment_(pipelines::EnvironmentOf(graph)),
        is_terraform_(deployment.language == Deployment::Language::Terraform) {}

  auto Write() -> output::File {
    lines_.Because(deployment_.because);
    lines_.Add(0, "# The environment `" + environment_ + "` of Azure Pipelines says who must approve; the group of variables `" +
                      graph_.plan + "-" + environment_ + "` holds the secrets.");
    lines_.Add(0, "trigger:");
    lines_.Add(1, "branches:");
    lines_.Add(2, "include: [main]");
    lines_.Add(1, "paths:");
    lines_.Add(2, "include: [" + Quoted(deployment_.folder) + "]");
    lines_.Add(0, "pool:");
    lines_.Add(1, "vmImage: ubuntu-24.04");
    lines_.Add(0, "variables:");
    lines_.Add(1, "- group: " + Quoted(graph_.plan + "-" + environment_));
    lines_.Add(1, "- name: connection");
    lines_.Add(2, "value: " + Quoted(graph_.plan + "-" + environment_));
    lines_.Add(0, "stages:");
    std::string before;
    for (const pipelines::Part &part : pipelines::PartsOf(graph_)) {
      Show(part, before);
      Make(part);
      before = "make" + part.suffix;
    }
    return lines_.Take("pipelines/azure-pipelines.yml");
  }

 private:
  // Where nothing is made, as for a pull request, what comes after it is shown all the same.
  void Show(const pipelines::Part &part, const std::string &before) {
    const std::string name = "show" + part.suffix;
    lines_.Add(1, "- stage: " + name);
    lines_.Add(2, "displayName: " + Quoted(environment_ + ": what would change" + About(part)));
    if (!before.empty()) {
      lines_.Add(2, "dependsOn: " + before);
      lines_.Add(2, "condition: not(or(failed(), canceled()))");
    }
    lines_.Add(2, "jobs:");
    lines_.Add(3, "- job: " + name);
    lines_.Add(4, "steps:");
    std::vector<std::string> commands = pipelines::CheckOf(part, deployment_);
    for (std::string &command : pipelines::ShowOf(part, deployment_)) {
      // It is there already.
      if (llvm::StringRef(command).starts_with("cd ")) continue;
      commands.push_back(std::move(command));
    }
    Run(5, "show what would change", commands);
    if (!is_terraform_) return;
    lines_.Add(5, "- publish: " + Quoted(deployment_.folder + "/" + part.folder + "plan.tfplan"));
    lines_.Add(6, "artifact: plan" + part.suffix);
  }

  void Make(const pipelines::Part &part) {
    const std::string name = "make" + part.suffix;
    lines_.Add(1, "- stage: " + name);
    lines_.Add(2, "displayName: " + Quoted(environment_ + ": after approval" + About(part)));
    lines_.Add(2, "dependsOn: show" + part.suffix);
    lines_.Add(2, "condition: and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))");
    lines_.Add(2, "jobs:");
    lines_.Add(3, "- deployment: " + name);
    lines_.Add(4, "environment: " + Quoted(environment_));
    lines_.Add(4, "strategy:");
    lines_.Add(5, "runOnce:");
    lines_.Add(6, "deploy:");
    lines_.Add(7, "steps:");
    lines_.Add(8, "- checkout: self");
    std::vector<std::string> commands;
    if (is_terraform_) {
      lines_.Add(8, "- download: current");
      lines_.Add(9, "artifact: plan" + part.suffix);
      commands.push_back("cp \"$(Pipeline.Workspace)/plan" + part.suffix + "/plan.tfplan\" " + (part.folder.empty() ? "." : part.folder));
    }
    for (std::string &command : pipelines::MakeOf(part, deployment_)) commands.push_back(std::move(command));
    Run(8, "make it", commands);
  }

  static auto About(const pipelines::Part &part) -> std::string {
    return part.suffix.empty() ? "" : ", in the tenant";
  }

  void Run(int indent, const char *name, const std::vector<std::string> &commands) {
    lines_.Add(indent, "- task: AzureCLI@2");
    lines_.Add(indent + 1, std::string("displayName: ") + name);
    lines_.Add(indent + 1, "inputs:");
    lines_.Add(indent + 2, "azureSubscription: $(connection)");
    lines_.Add(indent + 2, "scriptType: bash");
    lines_.Add(indent + 2, "scriptLocation: inlineScript");
    lines_.Add(indent + 2, "addSpnToEnvironment: true");
    lines_.Add(indent + 2, "workingDirectory: " + Quoted(deployment_.folder));
    lines_.Add(indent + 2, "inlineScript: |");
    lines_.Add(indent + 3, "set -euo pipefail");
    if (is_terraform_) {
      lines_.Add(indent + 3, "export ARM_CLIENT_ID=\"$servicePrincipalId\" ARM_TENANT_ID=\"$tenantId\" ARM_OIDC_TOKEN=\"$idToken\" ARM_USE_OIDC=true");
      lines_.Add(indent + 3, "ARM_SUBSCRIPTION_ID=$(az account show --query id --output tsv)");
      lines_.Add(indent + 3, "export ARM_SUBSCRIPTION_ID");
    }
    for (const std::string &command : commands) lines_.Add(indent + 3, command);
    const std::vector<Secret> secrets = pipelines::SecretsOf(graph_, deployment_.language);
    if (secrets.empty()) return;
    lines_.Add(indent + 1, "env:");
    for (const Secret &secret : secrets) {
      lines_.Add(indent + 2, secret.variable + ": $(" + secret.name + ")", secret.because);
    }
  }

  const Graph &graph_;
  const Deployment &deployment_;
  const std::string environment_;
  const bool is_terraform_;
  Lines lines_;
};

}  // namespace

auto AzurePipelines(const Graph &graph, const Deployment &deployment) -> output::File {
  return Writer(graph, deployment).Write();
}

}  // namespace groma::emit
