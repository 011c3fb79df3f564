// SPDX-License-Identifier: Apache-2.0
// Reads a placement instance (one .txt file of the placement data sets) as an integer program:
// which pools each workload uses, and how many steps of machines each pool has in each phase.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "groma/reason/program.h"

namespace groma::bench {

struct Placement {
  reason::Program program;
  std::vector<std::string> causes;  // what each cause stands for; the first is what is given
};

// Nothing if the file cannot be read to its end.
auto ReadPlacement(const std::string &path) -> std::optional<Placement>;

}  // namespace groma::bench
