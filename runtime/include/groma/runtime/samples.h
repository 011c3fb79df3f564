// SPDX-License-Identifier: Apache-2.0
// Repeated measurements of one component, and of a fleet of like components.
#pragma once

#include <string>
#include <vector>

namespace groma::runtime {

template <class Unit>
struct Samples {
  std::string component;       // what is at fault if the figure is bad
  std::vector<double> values;  // one for each repeat, warm-up left out
  std::string missing;         // why there are none, or too few
};

template <class Unit>
using Fleet = std::vector<Samples<Unit>>;

}  // namespace groma::runtime
