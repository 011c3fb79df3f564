// SPDX-License-Identifier: Apache-2.0
// `emit terraform`: what is to be made in Azure, as a configuration of Terraform.
#pragma once

#include "groma/output/file.h"
#include "groma/plan/plan.h"
#include "groma/resources/graph.h"

namespace groma::emit {

// A root with a module for each concern, and a file with the values of the environment. `target` is the `emit`.
auto Terraform(plan::Plan &plan, const resources::Graph &graph, plan::EntityId target)
    -> std::vector<output::File>;

// True if `terraform init` must be told the account of Azure in which the state lies.
auto AsksForAccount(plan::Plan &plan, const resources::Graph &graph, plan::EntityId target) -> bool;

}  // namespace groma::emit
