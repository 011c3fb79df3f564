// SPDX-License-Identifier: Apache-2.0
#include "core/topology.h"

#include <algorithm>

#include "core/names.h"

namespace groma::runtime {

auto Topology::domain_size() const -> int {
  return std::clamp(shape_.domain, 1, std::max(1, world()));
}

auto Topology::Nic(int rank) const -> int {
  if (shape_.nics_per_node <= 0 || shape_.fabric == Fabric::kNone) return -1;
  return Local(rank) * shape_.nics_per_node / shape_.gpus_per_node;
}

auto Topology::WorldScope() const -> Scope {
  Scope scope{"world", {}};
  for (int rank = 0; rank < world(); ++rank) scope.ranks.push_back(rank);
  return scope;
}

auto Topology::DomainScope(int rank) const -> Scope {
  Scope scope{"domain " + std::to_string(Domain(rank)), {}};
  const int first = Domain(rank) * domain_size();
  for (int i = first; i < std::min(first + domain_size(), world()); ++i) scope.ranks.push_back(i);
  return scope;
}

auto Topology::RailScope(int rank) const -> Scope {
  Scope scope{"rail " + std::to_string(Place(rank)), {}};
  for (int i = Place(rank); i < world(); i += domain_size()) scope.ranks.push_back(i);
  return scope;
}

auto Topology::GpuModel(int rank) const -> std::string {
  return shape_.is_line() ? shape_.line.ends[Node(rank)].gpu : shape_.gpu;
}

auto Topology::Memory(int rank) const -> double {
  return shape_.is_line() ? shape_.line.ends[Node(rank)].memory : shape_.memory;
}

auto Topology::LineName(int from) const -> std::string {
  const LineEnd *ends = shape_.line.ends;
  return std::string("line ") + shape_.pool + ", " + ends[from].site + " > " + ends[1 - from].site;
}

auto Topology::GpuName(int rank) const -> std::string {
  if (shape_.is_line()) {
    const LineEnd &end = shape_.line.ends[Node(rank)];
    return std::string(end.site) + "/" + end.pool;
  }
  return "node" + std::to_string(Node(rank)) + "/gpu" + std::to_string(Local(rank));
}

auto Topology::PairName(int from, int to) const -> std::string {
  if (Node(from) != Node(to)) return GpuName(from) + ">" + GpuName(to);
  return GpuName(from) + ">gpu" + std::to_string(Local(to));
}

auto Topology::NicName(int node, int nic) const -> std::string {
  return "node" + std::to_string(node) + "/nic" + std::to_string(nic);
}

auto Topology::GpuNames(const std::vector<int> &ranks) const -> std::string {
  std::vector<std::string> names;
  for (const int rank : ranks) names.push_back(GpuName(rank));
  return Join(names, ", ");
}

}  // namespace groma::runtime
