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
    Head();
    lines_.Add(0, "jobs:");
    std::string before;
    for (const pipelines::Part &part : pipelines::PartsOf(graph_)) {
      Show(part, before);
      Make(part);
      before = "make" + part.suffix;
    }
    return lines_.Take("pipelines/github-actions.yml");
  }

 private:
  // Where nothing is made, as for a pull request, what comes after it is shown all the same.
  void Show(const pipelines::Part &part, const std::string &before) {
    Job("show" + part.suffix, "what would change" + About(part));
    if (!before.empty()) {
      lines_.Add(2, "if: ${{ !cancelled() && !failure() }}");
      lines_.Add(2, "needs: " + before);
    }
    Steps();
    Run("check", pipelines::CheckOf(part, deployment_));
    Run("show what would change", pipelines::ShowOf(part, deployment_));
    if (is_terraform_) Keep("upload", "actions/upload-artifact@v4", part);
  }

  void Make(const pipelines::Part &part) {
    Job("make" + part.suffix, "after approval" + About(part));
    lines_.Add(2, "if: github.event_name == 'push'");
    lines_.Add(2, "needs: show" + part.suffix);
    lines_.Add(2, "environment: " + Quoted(environment_));
    Steps();
    if (is_terraform_) Keep("download", "actions/download-artifact@v4", part);
    Run("make it", pipelines::MakeOf(part, deployment_));
  }

  static auto About(const pipelines::Part &part) -> std::string {
    return part.suffix.empty() ? "" : ", in the tenant";
  }

  void Head() {
    lines_.Add(0, "# Put it into .github/workflows of the repository. The environment `" + environment_ +
                      "` there says who must approve; AZURE_CLIENT_ID,");
    lines_.Add(0, "# AZURE_TENANT_ID and AZURE_SUBSCRIPTION_ID are variables of a federated identity.");
    lines_.Add(0, "name: " + Quoted(graph_.plan + " " + environment_ +
                                    (is_terraform_ ? " with Terraform" : " with Bicep")));
    lines_.Add(0, "on:");
    lines_.Add(1, "pull_request:");
    lines_.Add(2, "paths: [" + Quoted(deployment_.folder + "/**") + "]");
    lines_.Add(1, "push:");
    lines_.Add(2, "branches: [main]");
    lines_.Add(2, "paths: [" + Quoted(deployment_.folder + "/**") + "]");
    lines_.Add(0, "permissions:");
    lines_.Add(1, "contents: read");
    lines_.Add(1, "id-token: write");
    lines_.Add(0, "concurrency: " + Quoted(graph_.plan + "-" + environment_));
    lines_.Add(0, "defaults:");
    lines_.Add(1, "run:");
    lines_.Add(2, "working-directory: " + Quoted(deployment_.folder));
    const std::vector<Secret> secrets = pipelines::SecretsOf(graph_, deployment_.language);
    if (!is_terraform_ && secrets.empty()) return;
    lines_.Add(0, "env:");
    if (is_terraform_) {
      for (const char *name : {"CLIENT_ID", "TENANT_ID", "SUBSCRIPTION_ID"}) {
        lines_.Add(1, std::string("ARM_") + name + ": ${{ vars.AZURE_" + name + " }}");
      }
      lines_.Add(1, "ARM_USE_OIDC: true");
    }
    for (const Secret &secret : secrets) {
      lines_.Add(1, secret.variable + ": ${{ secrets." + secret.name + " }}", secret.because);
    }
  }

  void Job(const std::string &name, const std::string &what) {
    lines_.Add(1, name + ":");
    lines_.Add(2, "name: " + Quoted(environment_ + ": " + what));
  }

  void Steps() {
    lines_.Add(2, "runs-on: ubuntu-24.04");
    lines_.Add(2, "steps:");
    lines_.Add(3, "- uses: actions/checkout@v4");
    lines_.Add(3, "- uses: azure/login@v2");
    lines_.Add(4, "with:");
    for (const char *name : {"client-id", "tenant-id", "subscription-id"}) {
      std::string variable = llvm::StringRef(name).upper();
      for (char &c : variable) {
        if (c == '-') c = '_';
      }
      lines_.Add(5, std::string(name) + ": ${{ vars.AZURE_" + variable + " }}");
    }
    if (is_terraform_) lines_.Add(3, "- uses: hashicorp/setup-terraform@v3");
  }

  void Run(const char *name, const std::vector<std::string> &commands) {
    lines_.Add(3, "- name: " + std::string(name));
    lines_.Add(4, "run: |");
    for (const std::string &command : commands) lines_.Add(5, command);
  }

  // What was shown is what will be made: the plan goes from the one job to the other.
  void Keep(const char *name, const char *action, const pipelines::Part &part) {
    lines_.Add(3, std::string("- name: ") + name + " the plan");
    lines_.Add(4, std::string("uses: ") + action);
    lines_.Add(4, "with:");
    lines_.Add(5, "name: plan" + part.suffix);
    const bool is_up = llvm::StringRef(name) == "upload";
    llvm::StringRef folder = part.folder;
    folder.consume_back("/");
    const std::string where =
        deployment_.folder + (folder.empty() ? "" : "/" + folder.str());
    lines_.Add(5, "path: " + Quoted(where + (is_up ? "/plan.tfplan" : "")));
  }

  const Graph &graph_;
  const Deployment &deployment_;
  const std::string environment_;
  const bool is_terraform_;
  Lines lines_;
};

}  // namespace

auto GitHubActions(const Graph &graph, const Deployment &deployment) -> output::File {
  return Writer(graph, deployment).Write();
}

}  // namespace groma::emit
