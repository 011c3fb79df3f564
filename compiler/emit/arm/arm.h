// SPDX-License-Identifier: Apache-2.0
// `emit arm`: what is to be made in Azure, as a template of the Resource Manager.
#pragma once

#include "groma/output/file.h"
#include "groma/resources/graph.h"

namespace groma::emit {

// `main.json` for a subscription, with a nested deployment for each concern, and `main.parameters.json` with the values of
// the environment.
auto Arm(const resources::Graph &graph) -> std::vector<output::File>;

}  // namespace groma::emit
