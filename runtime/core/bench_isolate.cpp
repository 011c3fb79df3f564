// SPDX-License-Identifier: Apache-2.0
// A whole that is slow, late or wrong is taken apart, until the parts say which component it is.
#include <algorithm>
#include <set>

#include "core/localise.h"
#include "core/names.h"
#include "core/rank_bench.h"

namespace groma::runtime {
namespace {

// Parts are compared with each other and with what the plan says of them, loosely: it is already
// known that something is wrong, and asked is only where.
constexpr double kSlow = 0.85;
constexpr double kLateMicros = 50;
// Other machines, with other buses: only what a line's own time could be taken for counts.
constexpr double kLateLineMicros = 1000;
constexpr Bytes kPartBytes = 256_MiB;

}  // namespace

auto RankBench::Isolate(const Scope &scope) -> Culprits {
  Culprits found;
  const auto add = [&](const Culprits &more) {
    if (more.components.empty()) return;
    found.components.insert(found.components.end(), more.components.begin(), more.components.end());
    found.how += (found.how.empty() ? "" : "; ") + more.how;
  };
  const std::string dead = WhyDead(scope.ranks);
  if (!dead.empty()) {
    for (const int rank : scope.ranks) {
      if (dead_.count(rank) != 0) found.components.push_back(topology_.GpuName(rank));
    }
    found.how = "it does not answer";
    return found;
  }
  // What each has measured of itself is cheap; ways between components only if that says nothing.
  add(LateRanks(scope));
  add(SlowPorts(scope));
  if (found.components.empty()) add(SlowRails(scope));
  if (found.components.empty()) add(SlowPeers(scope));
  if (found.components.empty()) {
    found.how = shape().is_line() ? "neither end comes late" : "no part of it stands out";
  }
  return found;
}

auto RankBench::Arrivals() -> std::vector<Series> {
  const Scope world = World();
  const auto all = Everyone(IfAlive(world, [&] { return backend_.Arrivals(world, repeats_); }));
  std::vector<double> medians;  // of each repeat
  for (int i = 0; i < repeats_; ++i) {
    std::vector<double> repeat;
    for (const auto &said : all) {
      const auto *times = std::get_if<0>(&said);
      if (times && Size(*times) == repeats_) repeat.push_back(At(*times, i).value);
    }
    // Of the two ends of a line the first stands for the median.
    const bool has_first = shape().is_line() && !repeat.empty();
    medians.push_back(has_first ? *std::min_element(repeat.begin(), repeat.end()) : Median(repeat));
  }
  std::vector<Series> lateness;
  for (int rank = 0; rank < Size(all); ++rank) {
    Series series{topology_.GpuName(rank), {}, ""};
    if (const auto *missing = std::get_if<Missing>(&At(all, rank))) {
      series.missing = missing->reason;
    } else if (Size(std::get<0>(At(all, rank))) != repeats_) {
      series.missing = "it did not arrive at each repeat";
    } else {
      // Half of them come before the median: that they are early by so much is nobody's concern,
      // and a clock cannot tell less than a nanosecond.
      for (int i = 0; i < repeats_; ++i) {
        const double late = At(std::get<0>(At(all, rank)), i).value - At(medians, i);
        series.values.push_back(std::max(late * 1e6, 1e-3));
      }
    }
    lateness.push_back(std::move(series));
  }
  return lateness;
}

auto RankBench::LateRanks(const Scope &scope) -> Culprits {
  const std::vector<Series> all = Arrivals();
  std::vector<double> medians;
  medians.reserve(all.size());
  for (const Series &series : all) medians.push_back(Median(series.values));
  std::vector<double> known;
  std::copy_if(medians.begin(), medians.end(), std::back_inserter(known),
               [](double value) { return value >= 0; });
  const double median = Median(known);
  const double deviation = MedianDeviation(known, median);
  Culprits culprits{{}, "it comes late to each collective"};
  for (const int rank : scope.ranks) {
    const double late = At(medians, rank);
    // Two have no middle: what one end of a line is behind the other is all that there is to tell.
    if (shape().is_line()) {
      if (late > kLateLineMicros) culprits.components.push_back(topology_.GpuName(rank));
      continue;
    }
    if (late > kLateMicros && ModifiedZ(late, median, deviation) > kFarOut) {
      culprits.components.push_back(topology_.GpuName(rank));
    }
  }
  return culprits;
}

auto RankBench::SlowPorts(const Scope &scope) -> Culprits {
  std::set<int> nodes;
  for (const int rank : scope.ranks) nodes.insert(topology_.Node(rank));
  const auto is_in_scope = [&](const std::string &component) {
    return std::any_of(nodes.begin(), nodes.end(), [&](int node) {
      return component.rfind("node" + std::to_string(node) + "/", 0) == 0;
    });
  };
  Culprits culprits{{}, "the state of the link or port says so"};
  if (shape().nvlinks > 0) {
    for (const auto &link : NvLinkRate()) {
      const double rate = Median(link.values);
      if (is_in_scope(link.component) && !(rate >= 0.95 * shape().nvlink_rate)) {
        culprits.components.push_back(link.component);
      }
    }
  }
  if (shape().nics_per_node > 0 && shape().fabric != Fabric::kNone) {
    for (const auto &port : PortRate()) {
      const double rate = Median(port.values);
      if (is_in_scope(port.component) && !(rate >= 0.99 * shape().nic_rate)) {
        culprits.components.push_back(port.component);
      }
    }
  }
  return culprits;
}

auto RankBench::SlowRails(const Scope &scope) -> Culprits {
  Culprits culprits{{}, "each rail was measured by itself"};
  if (topology_.domains() < 2 || topology_.Nic(rank_) < 0 || variant_ == Variant::kNvlinkOnly) {
    return culprits;
  }
  // A whole within one domain has no rail to blame.
  if (topology_.Domain(scope.ranks.front()) == topology_.Domain(scope.ranks.back())) {
    return culprits;
  }
  const Fleet<GigabitsPerSecond> rails = SendRails(kPartBytes);
  std::vector<double> known;
  for (const auto &rail : rails) {
    if (rail.missing.empty()) known.push_back(Median(rail.values));
  }
  const double usual = std::max(known.empty() ? 0 : Median(known), 0.7 * shape().nic_rate);
  std::vector<Edge> edges;
  for (const auto &rail : rails) {
    const size_t between = rail.component.find('>');
    edges.push_back({rail.component.substr(0, between), rail.component.substr(between + 1),
                     rail.component, !(Median(rail.values) >= kSlow * usual)});
  }
  culprits.components = Suspects(edges);
  return culprits;
}

auto RankBench::SlowPeers(const Scope &scope) -> Culprits {
  Culprits culprits{{}, "each pair of GPUs was measured by itself"};
  if (shape().gpus_per_node < 2) return culprits;
  const Fleet<GigabytesPerSecond> peers = CopyPeers(kPartBytes);
  std::vector<double> known;
  for (const auto &peer : peers) {
    if (peer.missing.empty()) known.push_back(Median(peer.values));
  }
  const double usual = known.empty() ? 0 : Median(known);
  const std::set<int> wanted(scope.ranks.begin(), scope.ranks.end());
  std::vector<Edge> edges;
  size_t next = 0;
  for (int from = 0; from < topology_.world(); ++from) {
    for (int local = 0; local < shape().gpus_per_node; ++local) {
      const int to = topology_.Node(from) * shape().gpus_per_node + local;
      if (to == from) continue;
      const auto &peer = peers[next++];
      if (wanted.count(from) == 0 || wanted.count(to) == 0) continue;
      edges.push_back({topology_.GpuName(from), topology_.GpuName(to), peer.component,
                       !(Median(peer.values) >= kSlow * usual)});
    }
  }
  culprits.components = Suspects(edges);
  return culprits;
}

auto RankBench::IsolateWrong(const Scope &scope, Bytes bytes) -> Culprits {
  const std::set<int> wanted(scope.ranks.begin(), scope.ranks.end());
  std::vector<Edge> edges;
  // Each rank with the next one, then with the one before.
  for (const int shift : {0, 1}) {
    const int first = (rank_ + shift) / 2 * 2 - shift;
    Scope pair{"pair of " + std::to_string(std::max(first, 0)), {}};
    for (const int rank : {first, first + 1}) {
      if (rank >= 0 && rank < topology_.world()) pair.ranks.push_back(rank);
    }
    Maybe<Exactness> mine = Missing{"no pair"};
    if (pair.ranks.size() == 2) {
      mine = IfAlive(
          pair, [&] { return backend_.Verify(Collective::kAllReduce, pair, variant_, bytes); });
    }
    const auto all = Everyone(mine);
    for (int rank = 1; rank < Size(all); ++rank) {
      if ((rank + shift) % 2 == 0 || wanted.count(rank) + wanted.count(rank - 1) < 2) continue;
      const auto is_bad = [&](const Maybe<Exactness> &said) {
        const auto *exactness = std::get_if<Exactness>(&said);
        return exactness && (exactness->wrong > 0 || exactness->nans > 0);
      };
      edges.push_back({topology_.GpuName(rank - 1), topology_.GpuName(rank),
                       topology_.PairName(rank - 1, rank),
                       is_bad(At(all, rank)) || is_bad(At(all, rank - 1))});
    }
  }
  return {Suspects(edges), "each pair of neighbours was asked for the same sum"};
}

}  // namespace groma::runtime
