// SPDX-License-Identifier: Apache-2.0
// From which parts are slow to what they have in common.
#pragma once

#include <string>
#include <vector>

namespace groma::runtime {

// A way between two components that was measured by itself.
struct Edge {
  std::string from, to;
  std::string name;  // of the way itself
  bool is_bad = false;
};

// Components whose ways are all bad, of two at least and to two others; then ways that stay
// unexplained: of each, both ends where either may be at fault and it has no other way, else the
// way.
auto Suspects(const std::vector<Edge> &edges) -> std::vector<std::string>;

}  // namespace groma::runtime
