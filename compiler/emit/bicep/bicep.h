// SPDX-License-Identifier: Apache-2.0
// `emit bicep`: what is to be made in Azure, as Bicep.
#pragma once

#include "groma/output/file.h"
#include "groma/resources/graph.h"

namespace groma::emit {

// `main.bicep` with a module for each concern, and `main.bicepparam` with the values of the environment.
auto Bicep(const resources::Graph &graph) -> std::vector<output::File>;

}  // namespace groma::emit
