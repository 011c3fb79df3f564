// SPDX-License-Identifier: Apache-2.0
// Drawings of a report, as SVG that stands in the page.
#pragma once

#include <string>

#include "core/record.h"

namespace groma::runtime {

// How fast each GPU of a node reaches each other one.
auto HeatMap(const FleetRecord &fleet, const std::string &node) -> std::string;
// busbw over sizes, both on logarithmic scales.
auto CurveChart(const std::vector<const CurveRecord *> &curves) -> std::string;
// Nodes of a fleet of pairs, in order.
auto NodesOf(const FleetRecord &fleet) -> std::vector<std::string>;

}  // namespace groma::runtime
