// SPDX-License-Identifier: Apache-2.0
#include "sim/model.h"

#include <algorithm>

#include "core/names.h"

namespace groma::runtime {
namespace {

// derived: steps of NCCL by its own latency tables, rounded.
constexpr double kLinkLatency = 1.2e-6;
constexpr double kHostLatency = 3e-6;
constexpr double kNetLatency = 4e-6;
constexpr double kTcpLatency = 30e-6;
// Of a line of which the plan says nothing: some hundred kilometres, with what gateways take.
constexpr double kLineLatency = 5e-3;

}  // namespace

Model::Model(const Shape &shape, GpuModel gpu, std::vector<Fault> faults)
    : topology_(shape), gpu_(gpu), far_(gpu), faults_(std::move(faults)) {
  if (shape.is_line()) far_ = ModelOf(shape.line.ends[1].gpu).value_or(gpu);
  for (int i = 0; i <= static_cast<int>(Trait::kI8); ++i) {
    figures_.push_back(FigureFor(gpu_, static_cast<Trait>(i)));
  }
  for (int rank = 0; rank < topology_.world(); ++rank) links_share_.push_back(MeasureLinks(rank));
}

auto Model::gpu(int rank) const -> const GpuModel & {
  return topology_.shape().is_line() && topology_.Node(rank) == 1 ? far_ : gpu_;
}

auto Model::LineWay(int from) const -> Way {
  const Line &line = topology_.shape().line;
  Way way{line.rate / 8 * LineShareOf(line.encryption).value_or(0.9),
          (line.round_trip > 0 ? line.round_trip / 2e6 : kLineLatency) + kTcpLatency, ""};
  for (const Fault &fault : faults_) {
    if (fault.from.value_or(from) != from) continue;
    if (fault.kind == FaultKind::kDeadLine) way.dead = "no packet is answered";
    if (fault.kind == FaultKind::kDegradedLine) way.bandwidth *= fault.share;
    if (fault.kind == FaultKind::kDelayedLine) way.latency += fault.micros / 1e6;
  }
  return way;
}

auto Model::FaultOf(FaultKind kind, int rank) const -> const Fault * {
  for (const Fault &fault : faults_) {
    if (fault.Is(kind, topology_.Node(rank)) && fault.gpu == topology_.Local(rank)) return &fault;
  }
  return nullptr;
}

auto Model::LinkShare(int rank, int link) const -> double {
  double share = 1;
  for (const Fault &fault : faults_) {
    if (fault.node != topology_.Node(rank) || fault.gpu != topology_.Local(rank) ||
        fault.link != link) {
      continue;
    }
    if (fault.kind == FaultKind::kDeadLink) share = 0;
    if (fault.kind == FaultKind::kDegradedLink) share = std::min(share, fault.share);
  }
  return share;
}

auto Model::MeasureLinks(int rank) const -> double {
  // Data is spread evenly, so the slowest link that is up holds up the others.
  double least = 1;
  int up = 0;
  for (int link = 0; link < topology_.shape().nvlinks; ++link) {
    const double share = LinkShare(rank, link);
    if (share == 0) continue;
    ++up;
    least = std::min(least, share);
  }
  return least * up / std::max(1, topology_.shape().nvlinks);
}

auto Model::PortShare(int node, int nic, bool is_state) const -> double {
  double share = 1;
  for (const Fault &fault : faults_) {
    if (fault.node != node || fault.nic != nic || (is_state && fault.is_quiet)) continue;
    if (fault.kind == FaultKind::kDeadLink) share = 0;
    if (fault.kind == FaultKind::kHalfRateNic) share = std::min(share, 0.5);
    if (fault.kind == FaultKind::kDegradedLink) share = std::min(share, fault.share);
  }
  return share;
}

auto Model::IsTcp(int node) const -> bool {
  return std::any_of(faults_.begin(), faults_.end(),
                     [&](const Fault &fault) { return fault.Is(FaultKind::kTcpFallback, node); });
}

auto Model::PortWay(int rank, double share) const -> Way {
  const Shape &shape = topology_.shape();
  const int node = topology_.Node(rank);
  const int nic = topology_.Nic(rank);
  if (nic < 0) return {0, 0, "no network joins the domains"};
  for (const Fault &fault : faults_) {
    if (!fault.Is(FaultKind::kTcpFallback, node)) continue;
    return {std::min(fault.rate, share * shape.nic_rate / 8), kTcpLatency, ""};
  }
  const double left = PortShare(node, nic, false);
  if (left == 0) return {0, 0, topology_.NicName(node, nic) + " is down"};
  return {left * share * shape.nic_rate / 8, kNetLatency, ""};
}

auto Model::NetWay(int from, int to, double share) const -> Way {
  const Way one = PortWay(from, share);
  const Way two = PortWay(to, share);
  return {std::min(one.bandwidth, two.bandwidth), std::max(one.latency, two.latency),
          one.dead.empty() ? two.dead : one.dead};
}

auto Model::NvlinkWay(int from, int to, double share) const -> Way {
  const Shape &shape = topology_.shape();
  const double left = std::min(LinksShare(from), LinksShare(to));
  if (left == 0) {
    return {0, 0, topology_.GpuName(LinksShare(from) == 0 ? from : to) + " has no link"};
  }
  return {left * share * shape.nvlinks * shape.nvlink_rate, kLinkLatency, ""};
}

auto Model::DirectWay(int from, int to, Variant variant) const -> Way {
  if (topology_.shape().is_line()) return LineWay(topology_.Node(from));
  const bool is_near = topology_.Domain(from) == topology_.Domain(to);
  const double port = figure(Trait::kPort).value_or(0.9);
  if (variant == Variant::kNetworkOnly) return NetWay(from, to, port);
  if (is_near && topology_.shape().nvlinks > 0) {
    return NvlinkWay(from, to, figure(Trait::kRing).value_or(0.78));
  }
  if (variant == Variant::kNvlinkOnly) return {0, 0, "there is no NVLink between the two"};
  if (topology_.Node(from) == topology_.Node(to)) {
    return {0.8 * figure(Trait::kHostToDevice).value_or(10), kHostLatency, ""};
  }
  return NetWay(from, to, port);
}

auto Model::RingWay(int from, int to, const Scope &scope, Variant variant) const -> Way {
  Way way = DirectWay(from, to, variant);
  if (topology_.shape().is_line()) return way;
  // Where the switch sums within domains, what leaves them is not held up by rings within them.
  const bool spans = topology_.Domain(scope.ranks.front()) != topology_.Domain(scope.ranks.back());
  const Trait within = spans && NvlsWay(from, scope, variant) ? Trait::kPeer : Trait::kRing;
  const bool is_near = topology_.Domain(from) == topology_.Domain(to);
  if (is_near && variant != Variant::kNetworkOnly && topology_.shape().nvlinks > 0) {
    return NvlinkWay(from, to, figure(within).value_or(0.78));
  }
  const bool crosses =
      topology_.Domain(from) != topology_.Domain(to) && topology_.Node(from) != topology_.Node(to);
  if (!crosses || variant == Variant::kNetworkOnly || !way.dead.empty()) return way;
  // Several rings, each with its own port of the domain: the slowest of them counts for all.
  const auto in = [&](int domain) {
    return static_cast<int>(std::count_if(scope.ranks.begin(), scope.ranks.end(), [&](int rank) {
      return topology_.Domain(rank) == domain;
    }));
  };
  const int rings = std::min(in(topology_.Domain(from)), in(topology_.Domain(to)));
  if (rings < 2) return way;
  const int place_from = topology_.Domain(from) * topology_.domain_size();
  const int place_to = topology_.Domain(to) * topology_.domain_size();
  for (int i = 0; i < rings; ++i) {
    const Way rail = NetWay(place_from + i, place_to + i, figure(Trait::kPort).value_or(0.9));
    if (!rail.dead.empty()) return rail;
    way.bandwidth = std::min(way.bandwidth, rail.bandwidth);
    way.latency = std::max(way.latency, rail.latency);
  }
  // GPUs that share a port share its rate.
  const double sharing = std::max(1.0, static_cast<double>(topology_.shape().gpus_per_node) /
                                           std::max(1, topology_.shape().nics_per_node));
  way.bandwidth *= rings / sharing;
  if (topology_.shape().nvlinks > 0) {
    const Way near = NvlinkWay(from, to, figure(within).value_or(0.78));
    way.bandwidth = std::min(way.bandwidth, near.bandwidth);
  }
  return way;
}

auto Model::NvlsWay(int rank, const Scope &scope, Variant variant) const -> std::optional<Way> {
  const auto share = figure(Trait::kNvls);
  const auto near = std::count_if(scope.ranks.begin(), scope.ranks.end(), [&](int other) {
    return topology_.Domain(other) == topology_.Domain(rank);
  });
  // NCCL does not let the switch sum for a handful.
  if (!share || variant != Variant::kDefault || gpu_.compute_capability < 90 || near <= 4) {
    return std::nullopt;
  }
  return NvlinkWay(rank, rank, *share);
}

auto Model::PairWay(int from, int to) const -> Way {
  return NetWay(from, to, figure(Trait::kPair).value_or(0.5));
}

}  // namespace groma::runtime
