// SPDX-License-Identifier: Apache-2.0
// One Bicep file with the resources of a part, and the decorated parameters that files begin with.
#pragma once

#include "groma/emit/bicep/values.h"

namespace groma::emit::bicep {

auto WriteModule(const resources::Graph &graph, const resources::Parts &parts,
                 const resources::Module &module) -> output::File;

// `is_main`: with its bounds. Values stand in the file of values alone, and modules take what main.bicep has seen.
void WriteParameter(output::Lines &lines, const resources::Parameter &parameter, bool is_main);

// The resource itself, with all that lies inside it.
void WriteResource(output::Lines &lines, const Values &values, const resources::Graph &graph,
                   resources::ResourceId id);

}  // namespace groma::emit::bicep
