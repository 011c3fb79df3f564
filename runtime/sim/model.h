// SPDX-License-Identifier: Apache-2.0
// How fast what is, in a pool with its faults.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/topology.h"
#include "sim/faults.h"
#include "sim/figures.h"

namespace groma::runtime {

// A way for messages: `latency + size / bandwidth`. Dead, if there is a reason.
struct Way {
  double bandwidth = 0;  // GB/s
  double latency = 0;    // s
  std::string dead;
};

class Model {
 public:
  Model(const Shape &shape, GpuModel gpu, std::vector<Fault> faults);

  auto topology() const -> const Topology & { return topology_; }
  auto gpu() const -> const GpuModel & { return gpu_; }
  // Of a rank; only the ends of a line differ.
  auto gpu(int rank) const -> const GpuModel &;
  auto figure(Trait quantity) const -> std::optional<double> {
    return figures_[static_cast<size_t>(quantity)];
  }
  // The fault of the kind that a GPU has.
  auto FaultOf(FaultKind kind, int rank) const -> const Fault *;

  // What is left of a GPU's links and of a port: 1 = all, 0 = nothing.
  auto LinkShare(int rank, int link) const -> double;
  auto LinksShare(int rank) const -> double { return links_share_[static_cast<size_t>(rank)]; }
  auto PortShare(int node, int nic, bool is_state) const -> double;
  auto IsTcp(int node) const -> bool;

  // From one rank to the next in a ring over the whole scope, which uses all ports between domains.
  auto RingWay(int from, int to, const Scope &scope, Variant variant) const -> Way;
  // From one GPU to another alone.
  auto DirectWay(int from, int to, Variant variant) const -> Way;
  // By which the switch of a domain sums; none if it cannot.
  auto NvlsWay(int rank, const Scope &scope, Variant variant) const -> std::optional<Way>;
  // Over one rail when two domains sum together.
  auto PairWay(int from, int to) const -> Way;
  // From one end of a line to the other.
  auto LineWay(int from) const -> Way;

 private:
  auto MeasureLinks(int rank) const -> double;
  auto PortWay(int rank, double share) const -> Way;
  auto NetWay(int from, int to, double share) const -> Way;
  auto NvlinkWay(int from, int to, double share) const -> Way;

  Topology topology_;
  GpuModel gpu_;
  GpuModel far_;
  std::vector<Fault> faults_;
  // Looked up once: every message asks.
  std::vector<std::optional<double>> figures_;
  std::vector<double> links_share_;
};

}  // namespace groma::runtime
