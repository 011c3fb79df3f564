// SPDX-License-Identifier: Apache-2.0
// Many findings with one cause, as one.
#pragma once

#include <vector>

#include "core/record.h"
#include "core/topology.h"

namespace groma::runtime {

// Ways that are bad are told as the component that they have in common; all GPUs of a node that say
// the same, as the node. Verdicts stay as they are. `figures` are all that were judged, which tells
// the ways that are good.
auto GroupFindings(std::vector<Finding> findings, const std::vector<FigureRecord> &figures,
                   const Topology &topology) -> std::vector<Finding>;

}  // namespace groma::runtime
