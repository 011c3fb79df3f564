// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/pipelines/script.h"
#include "groma/output/lines.h"

namespace groma::emit {

using output::Lines;
using pipelines::Asked;
using pipelines::Part;
using pipelines::Quoted;
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
    Head();
    lines_.Add(0, "stages:");
    std::string before;
    for (const Part &part : pipelines::PartsOf(graph_)) {
      Show(part, before);
      Make(part);
      before = "make" + part.suffix;
    }
    return lines_.Take("pipelines/azure-pipelines.yml");
  }

 private:
  void Head() {
    const std::string both = graph_.plan + "-" + environment_;
    lines_.Add(0, "# The environment `" + environment_ + "` of Azure Pipelines says who must approve; the group of variables `" +
                      both + "` holds what no file says, and");
    lines_.Add(0, "# the service connection of the same name is federated with an identity. In Azure Repos a policy of the branch starts it for");
    lines_.Add(0, "# pull requests.");
    if (is_terraform_) {
      lines_.Add(0, "# `TerraformInstaller` comes with the extension Terraform of Microsoft DevLabs.");
    }
    for (const char *when : {"trigger:", "pr:"}) {
      lines_.Add(0, when);
      lines_.Add(1, "branches:");
      lines_.Add(2, "include: [main]");
      lines_.Add(1, "paths:");
      lines_.Add(2, "include: [" + Quoted(deployment_.folder) + "]");
    }
    lines_.Add(0, "pool:");
    lines_.Add(1, "vmImage: ubuntu-24.04");
    lines_.Add(0, "variables:");
    lines_.Add(1, "- group: " + Quoted(both));
    lines_.Add(1, "- name: connection");
    lines_.Add(2, "value: " + Quoted(both));
  }

  // Where nothing is made, as for a pull request, what comes after it is shown all the same.
  void Show(const Part &part, const std::string &before) {
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
    if (is_terraform_) Install(5);
    std::vector<std::string> commands = pipelines::CheckOf(part, deployment_);
    for (std::string &command : pipelines::ShowOf(part, deployment_, is_terraform_)) {
      // It is there already.
      if (llvm::StringRef(command).starts_with("cd ")) continue;
      commands.push_back(std::move(command));
    }
    // What was shown is what will be made: the plan goes from the one stage to the other, with the providers that made it.
    if (is_terraform_) commands.emplace_back("mkdir -p plan && cp plan.tfplan .terraform.lock.hcl plan/");
    Run(5, "show what would change", commands, pipelines::AskedOf(part, deployment_.language));
    if (!is_terraform_) return;
    lines_.Add(5, "# It holds the secrets that went into it.");
    lines_.Add(5, "- publish: " + Quoted(deployment_.folder + "/" + part.folder + "plan"));
    lines_.Add(6, "artifact: plan" + part.suffix);
    lines_.Add(6, std::string("condition: ") + kOnMain);
  }

  void Make(const Part &part) {
    const std::string name = "make" + part.suffix;
    lines_.Add(1, "- stage: " + name);
    lines_.Add(2, "displayName: " + Quoted(environment_ + ": after approval" + About(part)));
    lines_.Add(2, "dependsOn: show" + part.suffix);
    lines_.Add(2, std::string("condition: ") + kOnMain);
    lines_.Add(2, "jobs:");
    lines_.Add(3, "- deployment: " + name);
    lines_.Add(4, "environment: " + Quoted(environment_));
    lines_.Add(4, "strategy:");
    lines_.Add(5, "runOnce:");
    lines_.Add(6, "deploy:");
    lines_.Add(7, "steps:");
    lines_.Add(8, "- checkout: self");
    std::vector<std::string> commands;
    // A plan of Terraform holds what it was given.
    std::vector<Asked> asked;
    if (is_terraform_) {
      Install(8);
      lines_.Add(8, "- download: current");
      lines_.Add(9, "artifact: plan" + part.suffix);
      const std::string from = "\"$(Pipeline.Workspace)/plan" + part.suffix + "\"";
      commands.push_back("cp " + from + "/plan.tfplan " + from + "/.terraform.lock.hcl " +
                         (part.folder.empty() ? "." : part.folder));
    } else {
      asked = pipelines::AskedOf(part, deployment_.language);
    }
    for (std::string &command : pipelines::MakeOf(part, deployment_, is_terraform_)) {
      commands.push_back(std::move(command));
    }
    Run(8, "make it", commands, asked);
  }

  static auto About(const Part &part) -> std::string {
    return part.suffix.empty() ? "" : ", in the tenant";
  }

  void Install(int indent) {
    lines_.Add(indent, "- task: TerraformInstaller@1");
    lines_.Add(indent + 1, "displayName: install Terraform");
    lines_.Add(indent + 1, "inputs:");
    lines_.Add(indent + 2, std::string("terraformVersion: ") + pipelines::kTerraform);
  }

  void Run(int indent, const char *name, const std::vector<std::string> &commands,
           const std::vector<Asked> &asked) {
    lines_.Add(indent, "- task: AzureCLI@2");
    lines_.Add(indent + 1, std::string("displayName: ") + name);
    lines_.Add(indent + 1, "inputs:");
    lines_.Add(indent + 2, "azureSubscription: $(connection)");
    lines_.Add(indent + 2, "scriptType: bash");
    lines_.Add(indent + 2, "scriptLocation: inlineScript");
    lines_.Add(indent + 2, "workingDirectory: " + Quoted(deployment_.folder));
    lines_.Add(indent + 2, "inlineScript: |");
    lines_.Add(indent + 3, "set -euo pipefail");
    if (is_terraform_) Identify(indent + 3);
    for (const std::string &command : commands) lines_.Add(indent + 3, command);
    if (asked.empty() && !is_terraform_) return;
    lines_.Add(indent + 1, "env:");
    if (is_terraform_) lines_.Add(indent + 2, "SYSTEM_ACCESSTOKEN: $(System.AccessToken)");
    if (deployment_.asks_for_account) {
      lines_.Add(indent + 2, "TF_CLI_ARGS_init: -backend-config=storage_account_name=$(STATE_ACCOUNT)");
    }
    for (const Asked &one : asked) {
      lines_.Add(indent + 2, one.variable + ": $(" + one.name + ")", one.because);
    }
  }

  // Terraform asks for a new token whenever it needs one: gateways take longer than a token lives.
  void Identify(int indent) {
    lines_.Add(indent, "export ARM_USE_OIDC=true ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID=\"$AZURESUBSCRIPTION_SERVICE_CONNECTION_ID\"");
    lines_.Add(indent, "export ARM_CLIENT_ID=\"$AZURESUBSCRIPTION_CLIENT_ID\" ARM_TENANT_ID=\"$AZURESUBSCRIPTION_TENANT_ID\"");
    if (!graph_.subscription.empty()) {
      return lines_.Add(indent, "export ARM_SUBSCRIPTION_ID=" + graph_.subscription);
    }
    lines_.Add(indent, "ARM_SUBSCRIPTION_ID=$(az account show --query id --output tsv)");
    lines_.Add(indent, "export ARM_SUBSCRIPTION_ID");
  }

  static constexpr const char *kOnMain =
      "and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))";

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
