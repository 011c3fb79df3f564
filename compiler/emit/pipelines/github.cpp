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
    lines_.Add(0, "jobs:");
    std::string before;
    for (const Part &part : pipelines::PartsOf(graph_)) {
      Show(part, before);
      Make(part);
      before = "make" + part.suffix;
    }
    return lines_.Take("pipelines/github-actions.yml");
  }

 private:
  // Where nothing is made, as for a pull request, what comes after it is shown all the same.
  void Show(const Part &part, const std::string &before) {
    Job("show" + part.suffix, "what would change" + About(part));
    if (!before.empty()) {
      lines_.Add(2, "if: ${{ !cancelled() && !failure() }}");
      lines_.Add(2, "needs: " + before);
    }
    lines_.Add(2, "runs-on: ubuntu-24.04");
    Give(part);
    Steps();
    Run("check", pipelines::CheckOf(part, deployment_));
    Run("show what would change", pipelines::ShowOf(part, deployment_, true));
    if (is_terraform_) Upload(part);
  }

  // Of those who make something, one at a time; whoever only looks waits for nobody.
  void Make(const Part &part) {
    Job("make" + part.suffix, "after approval" + About(part));
    lines_.Add(2, "if: github.event_name == 'push'");
    lines_.Add(2, "needs: show" + part.suffix);
    lines_.Add(2, "environment: " + Quoted(environment_));
    lines_.Add(2, "concurrency: " + Quoted(graph_.plan + "-" + environment_));
    lines_.Add(2, "runs-on: ubuntu-24.04");
    // A plan of Terraform holds what it was given.
    if (!is_terraform_) Give(part);
    Steps();
    if (is_terraform_) Download(part);
    Run("make it", pipelines::MakeOf(part, deployment_, true));
  }

  static auto About(const Part &part) -> std::string {
    return part.suffix.empty() ? "" : ", in the tenant";
  }

  // In the repository's store the environments stand side by side: whoever only looks is in none of them.
  auto Stored(const std::string &name) const -> std::string {
    return (graph_.environment.empty() ? "" : pipelines::Upper(graph_.environment) + "_") + name;
  }

  auto Subscription() const -> std::string {
    return graph_.subscription.empty() ? "${{ vars." + Stored("AZURE_SUBSCRIPTION_ID") + " }}"
                                       : graph_.subscription;
  }

  void Head() {
    std::string names = Stored("AZURE_CLIENT_ID");
    names += (graph_.subscription.empty() ? ", " : " and ") + Stored("AZURE_TENANT_ID");
    if (graph_.subscription.empty()) names += " and " + Stored("AZURE_SUBSCRIPTION_ID");
    lines_.Add(0, "# Put it into .github/workflows of the repository. The environment `" + environment_ +
                      "` there says who must approve. The repository's variables");
    lines_.Add(0, "# " + names + " are those of an identity that trusts the branch main, pull requests and that environment.");
    if (graph_.makes_subscription) {
      lines_.Add(0, "# The subscription is one that is there already: the plan's own is made in the tenant.");
    }
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
    lines_.Add(0, "defaults:");
    lines_.Add(1, "run:");
    lines_.Add(2, "shell: bash");
    lines_.Add(2, "working-directory: " + Quoted(deployment_.folder));
    if (!is_terraform_) return;
    lines_.Add(0, "env:");
    for (const char *name : {"CLIENT_ID", "TENANT_ID"}) {
      lines_.Add(1, std::string("ARM_") + name + ": ${{ vars." +
                        Stored(std::string("AZURE_") + name) + " }}");
    }
    lines_.Add(1, "ARM_SUBSCRIPTION_ID: " + Subscription());
    lines_.Add(1, "ARM_USE_OIDC: true");
    if (!deployment_.asks_for_account) return;
    lines_.Add(1, "TF_CLI_ARGS_init: -backend-config=storage_account_name=${{ vars." + Stored("STATE_ACCOUNT") + " }}");
  }

  void Job(const std::string &name, const std::string &what) {
    lines_.Add(1, name + ":");
    lines_.Add(2, "name: " + Quoted(environment_ + ": " + what));
  }

  void Give(const Part &part) {
    const std::vector<Asked> all = pipelines::AskedOf(part, deployment_.language);
    if (all.empty()) return;
    lines_.Add(2, "env:");
    for (const Asked &one : all) {
      lines_.Add(3, one.variable + ": ${{ " + (one.is_secret ? "secrets." : "vars.") +
                        Stored(one.name) + " }}",
                 one.because);
    }
  }

  void Steps() {
    lines_.Add(2, "steps:");
    lines_.Add(3, "- uses: actions/checkout@v4");
    lines_.Add(3, "- uses: azure/login@v2");
    lines_.Add(4, "with:");
    lines_.Add(5, "client-id: ${{ vars." + Stored("AZURE_CLIENT_ID") + " }}");
    lines_.Add(5, "tenant-id: ${{ vars." + Stored("AZURE_TENANT_ID") + " }}");
    lines_.Add(5, "subscription-id: " + Subscription());
    if (!is_terraform_) return;
    lines_.Add(3, "- uses: hashicorp/setup-terraform@v3");
    lines_.Add(4, "with:");
    lines_.Add(5, std::string("terraform_version: ") + pipelines::kTerraform);
    // It would write more to the output of commands than they do.
    lines_.Add(5, "terraform_wrapper: false");
  }

  void Run(const char *name, const std::vector<std::string> &commands) {
    lines_.Add(3, "- name: " + std::string(name));
    lines_.Add(4, "run: |");
    for (const std::string &command : commands) lines_.Add(5, command);
  }

  auto FolderOf(const Part &part) const -> std::string {
    llvm::StringRef folder = part.folder;
    folder.consume_back("/");
    return deployment_.folder + (folder.empty() ? "" : "/" + folder.str());
  }

  // What was shown is what will be made: the plan goes from the one job to the other, with the providers that made it.
  void Upload(const Part &part) {
    lines_.Add(3, "# It holds the secrets that went into it.");
    lines_.Add(3, "- name: keep the plan");
    lines_.Add(4, "if: github.event_name == 'push'");
    lines_.Add(4, "uses: actions/upload-artifact@v4");
    lines_.Add(4, "with:");
    lines_.Add(5, "name: plan" + part.suffix);
    lines_.Add(5, "path: |");
    lines_.Add(6, FolderOf(part) + "/plan.tfplan");
    lines_.Add(6, FolderOf(part) + "/.terraform.lock.hcl");
    lines_.Add(5, "include-hidden-files: true");
    lines_.Add(5, "retention-days: 7");
  }

  void Download(const Part &part) {
    lines_.Add(3, "- name: fetch the plan");
    lines_.Add(4, "uses: actions/download-artifact@v4");
    lines_.Add(4, "with:");
    lines_.Add(5, "name: plan" + part.suffix);
    lines_.Add(5, "path: " + Quoted(FolderOf(part)));
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
