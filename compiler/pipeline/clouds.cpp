// SPDX-License-Identifier: Apache-2.0
#include "clouds.h"

#include "groma/emit/arm/arm.h"
#include "groma/emit/bicep/bicep.h"
#include "groma/emit/pipelines/pipelines.h"
#include "groma/emit/terraform/terraform.h"
#include "groma/evaluate/evaluate.h"
#include "groma/lower/azure/azure.h"
#include "groma/plan/known.h"

namespace groma::pipeline {
auto Clouds::Writes(llvm::StringRef target) -> bool {
  return target == "arm" || target == "bicep" || target == "terraform";
}

auto Clouds::GraphOf(plan::Plan &plan) -> const resources::Graph & {
  const auto found = graphs_.find(&plan);
  if (found != graphs_.end()) return found->second;
  return graphs_.emplace(&plan, lower::LowerAzure(plan, sink_)).first->second;
}

auto Clouds::Write(llvm::StringRef target, plan::Plan &plan, plan::EntityId emit,
                   const std::string &folder) -> std::vector<output::File> {
  const resources::Graph &graph = GraphOf(plan);
  if (target == "arm") return emit::Arm(graph);
  const bool is_terraform = target == "terraform";
  std::vector<output::File> files =
      is_terraform ? emit::Terraform(plan, graph, emit) : emit::Bicep(graph);
  AddPipelines(plan, emit, is_terraform, folder, files);
  return files;
}

void Clouds::AddPipelines(plan::Plan &plan, plan::EntityId emit, bool is_terraform,
                          const std::string &folder, std::vector<output::File> &files) {
  const plan::Known known(*plan.model);
  diagnostics::Sink ignored;
  evaluate::Evaluator evaluator(*plan.model, plan.environment, ignored);
  const plan::Value hosts =
      evaluator
          .Read(emit, known.slot(is_terraform ? plan::KnownMember::EmitTerraformPipelines
                                              : plan::KnownMember::EmitBicepPipelines))
          .value;
  if (hosts.tag != plan::ValueTag::List) return;
  emit::Deployment deployment;
  deployment.language =
      is_terraform ? emit::Deployment::Language::Terraform : emit::Deployment::Language::Bicep;
  deployment.folder = folder;
  deployment.asks_for_account = is_terraform && emit::AsksForAccount(plan, GraphOf(plan), emit);
  deployment.because = {plan.model->entity(emit).span};
  for (const plan::Value &host : hosts.elements()) {
    if (host.tag != plan::ValueTag::Enum) continue;
    const llvm::StringRef name =
        plan.model->text(plan.model->enums[Index(host.enumeration)].tags[host.aux]);
    files.push_back(name == "github" ? emit::GitHubActions(GraphOf(plan), deployment)
                                     : emit::AzurePipelines(GraphOf(plan), deployment));
  }
}

}  // namespace groma::pipeline
