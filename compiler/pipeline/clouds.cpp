// SPDX-License-Identifier: Apache-2.0
#include "clouds.h"

#include "groma/emit/arm/arm.h"
#include "groma/emit/bicep/bicep.h"
#include "groma/emit/terraform/terraform.h"
#include "groma/lower/azure/azure.h"

namespace groma::pipeline {
auto Clouds::Writes(llvm::StringRef target) -> bool {
  return target == "arm" || target == "bicep" || target == "terraform";
}

auto Clouds::GraphOf(plan::Plan &plan) -> const resources::Graph & {
  const auto found = graphs_.find(&plan);
  if (found != graphs_.end()) return found->second;
  return graphs_.emplace(&plan, lower::LowerAzure(plan, sink_)).first->second;
}

auto Clouds::Write(llvm::StringRef target, plan::Plan &plan, plan::EntityId emit)
    -> std::vector<output::File> {
  const resources::Graph &graph = GraphOf(plan);
  if (target == "arm") return emit::Arm(graph);
  if (target == "bicep") return emit::Bicep(graph);
  return emit::Terraform(plan, graph, emit);
}

}  // namespace groma::pipeline
