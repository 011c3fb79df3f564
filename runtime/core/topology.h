// SPDX-License-Identifier: Apache-2.0
// Which rank is which component, by the shape of the pool: ranks are numbered node by node.
#pragma once

#include <string>
#include <vector>

#include "groma/runtime/backend.h"
#include "groma/runtime/shape.h"

namespace groma::runtime {

class Topology {
 public:
  explicit Topology(const Shape &shape) : shape_(shape) {}

  auto shape() const -> const Shape & { return shape_; }
  auto world() const -> int { return shape_.world(); }
  auto Node(int rank) const -> int { return rank / shape_.gpus_per_node; }
  auto Local(int rank) const -> int { return rank % shape_.gpus_per_node; }
  // GPUs that NVLink joins; one where there is none.
  auto domain_size() const -> int;
  auto domains() const -> int { return (world() + domain_size() - 1) / domain_size(); }
  auto Domain(int rank) const -> int { return rank / domain_size(); }
  auto Place(int rank) const -> int { return rank % domain_size(); }
  // The port that serves a GPU, in its node; -1 if the pool has no fabric.
  auto Nic(int rank) const -> int;

  auto WorldScope() const -> Scope;
  auto DomainScope(int rank) const -> Scope;
  auto RailScope(int rank) const -> Scope;

  // What the plan has as the GPU of a rank; only the ends of a line differ.
  auto GpuModel(int rank) const -> std::string;
  auto Memory(int rank) const -> double;  // GB

  auto GpuName(int rank) const -> std::string;           // "node0/gpu3", "ams/train" at a line
  auto PairName(int from, int to) const -> std::string;  // "node0/gpu3>gpu5"
  auto NicName(int node, int nic) const -> std::string;  // "node0/nic3"
  auto LineName(int from) const -> std::string;          // "line hub, ams > weu"
  auto GpuNames(const std::vector<int> &ranks) const -> std::string;

 private:
  Shape shape_;
};

}  // namespace groma::runtime
