// SPDX-License-Identifier: Apache-2.0
// Writes a solved plan as `plan.json`.
#pragma once

#include "groma/output/file.h"
#include "groma/plan/plan.h"
#include "groma/source/set.h"

namespace groma::emit {

// What the file says of its making.
struct Maker {
  std::string version;  // of groma
  std::string engine;   // what decided, as in "Z3 4.8.12.0"
};

// Facts that nobody has read so far are read on the way.
auto PlanJson(plan::Plan &plan, const source::Set &sources, const Maker &maker) -> output::File;

}  // namespace groma::emit
