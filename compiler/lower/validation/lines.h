// SPDX-License-Identifier: Apache-2.0
// Links between sites that have GPUs: where they end, what they are.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "groma/lower/validation/reader.h"

namespace groma::lower::validation {

// A pool that has a suite.
struct TestedPool {
  EntityId id{};
  acceptance::Shape shape;
  std::vector<std::string> launchers;
};

// A line between one GPU at each end, or why there is none.
auto LineOf(Reader &reader, EntityId link, const std::vector<TestedPool> &pools)
    -> std::variant<acceptance::Shape, std::string>;

// Flows whose route leads over the link.
auto FlowsOver(Reader &reader, EntityId link) -> std::vector<EntityId>;

}  // namespace groma::lower::validation
