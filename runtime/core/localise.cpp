// SPDX-License-Identifier: Apache-2.0
#include "core/localise.h"

#include <algorithm>
#include <map>
#include <set>

namespace groma::runtime {
namespace {

struct End {
  std::set<std::string> bad, good;  // the other ends, by how the way to them is
};

void Add(std::vector<std::string> &names, const std::string &name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

auto Suspects(const std::vector<Edge> &edges) -> std::vector<std::string> {
  std::map<std::string, End> ends;
  for (const Edge &edge : edges) {
    (edge.is_bad ? ends[edge.from].bad : ends[edge.from].good).insert(edge.to);
    (edge.is_bad ? ends[edge.to].bad : ends[edge.to].good).insert(edge.from);
  }
  const auto is_common = [&](const std::string &name) {
    return ends[name].bad.size() >= 2 && ends[name].good.empty();
  };
  std::vector<std::string> suspects;
  for (const auto &[name, end] : ends) {
    // Where all around is bad as well, nobody stands out, and all are named.
    if (is_common(name)) Add(suspects, name);
  }
  for (const Edge &edge : edges) {
    if (!edge.is_bad || is_common(edge.from) || is_common(edge.to)) continue;
    const bool from_is_clear = !ends[edge.from].good.empty();
    const bool to_is_clear = !ends[edge.to].good.empty();
    if (from_is_clear == to_is_clear) {
      Add(suspects, from_is_clear ? edge.name : edge.from);
      if (!from_is_clear) Add(suspects, edge.to);
    } else {
      // One end has a good way elsewhere, the other knows no better.
      Add(suspects, from_is_clear ? edge.to : edge.from);
    }
  }
  return suspects;
}

}  // namespace groma::runtime
