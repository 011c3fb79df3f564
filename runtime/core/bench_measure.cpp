// SPDX-License-Identifier: Apache-2.0
// Measurements of GPUs, their links and their ports, each by itself.
#include "core/names.h"
#include "core/rank_bench.h"

namespace groma::runtime {
namespace {

// States are read as often as speeds are measured: what comes and goes is not there.
constexpr int kReadings = kLeastSamples;

template <class Unit>
auto OfState(std::string component, const Maybe<std::vector<double>> &values) -> Samples<Unit> {
  if (const auto *missing = std::get_if<Missing>(&values)) {
    return {std::move(component), {}, missing->reason};
  }
  return {std::move(component), std::get<0>(values), ""};
}

}  // namespace

auto RepeatsOf(Tier tier) -> int {
  if (tier == Tier::kSmoke) return 6;
  return tier == Tier::kAccept ? 11 : 21;
}

auto RankBench::CopyHost(Direction direction, Bytes bytes) -> Fleet<GigabytesPerSecond> {
  Maybe<std::vector<Seconds>> mine = Missing{"not measured"};
  // One GPU of a node at a time, so that what is measured is its own way to the host.
  InTurns([&] { mine = IfAlive([&] { return backend_.CopyHost(direction, bytes, repeats_); }); });
  const auto all = Everyone(mine);
  // Both ways at once carry the bytes twice; the rate is of one direction.
  Fleet<GigabytesPerSecond> fleet;
  for (int rank = 0; rank < Size(all); ++rank) {
    fleet.push_back(
        RatesOf<GigabytesPerSecond>(topology_.GpuName(rank), At(all, rank),
                                    [&](Seconds time) { return Rate(bytes, time).value; }));
  }
  return Keep(std::string("copy_") + NameOf(direction), std::move(fleet));
}

auto RankBench::CopyPeers(Bytes bytes) -> Fleet<GigabytesPerSecond> {
  using Row = std::vector<Maybe<std::vector<Seconds>>>;
  const int gpus = shape().gpus_per_node;
  const int first = topology_.Node(rank_) * gpus;
  Row mine(static_cast<size_t>(gpus), Missing{"not measured"});
  InTurns([&] {
    for (int peer = 0; peer < gpus; ++peer) {
      if (first + peer == rank_) continue;
      const std::string why = WhyDead({rank_, first + peer});
      At(mine, peer) = why.empty() ? backend_.CopyPeer(peer, bytes, repeats_) : Missing{why};
    }
  });
  const auto all = Everyone<Row>(mine);
  Fleet<GigabytesPerSecond> fleet;
  for (int rank = 0; rank < Size(all); ++rank) {
    const auto *row = std::get_if<Row>(&At(all, rank));
    for (int peer = 0; peer < gpus; ++peer) {
      const int to = topology_.Node(rank) * gpus + peer;
      if (to == rank) continue;
      const bool is_there = row && Size(*row) == gpus;
      const Maybe<std::vector<Seconds>> cell =
          is_there ? At(*row, peer) : Missing{"what the rank sent cannot be read"};
      fleet.push_back(
          RatesOf<GigabytesPerSecond>(topology_.PairName(rank, to), cell,
                                      [&](Seconds time) { return Rate(bytes, time).value; }));
    }
  }
  return Keep("copy_peers", std::move(fleet));
}

auto RankBench::CopyMemory(Bytes bytes) -> Fleet<GigabytesPerSecond> {
  const auto all = Everyone(IfAlive([&] { return backend_.CopyMemory(bytes, repeats_); }));
  Fleet<GigabytesPerSecond> fleet;
  for (int rank = 0; rank < Size(all); ++rank) {
    // Each byte is read and written: memory carries it twice.
    fleet.push_back(
        RatesOf<GigabytesPerSecond>(topology_.GpuName(rank), At(all, rank),
                                    [&](Seconds time) { return 2 * Rate(bytes, time).value; }));
  }
  return Keep("copy_memory", std::move(fleet));
}

auto RankBench::Gemm(Dtype dtype) -> Fleet<TeraOperations> {
  const auto all = Everyone(IfAlive([&] { return backend_.Gemm(dtype, repeats_); }));
  Fleet<TeraOperations> fleet;
  for (int rank = 0; rank < Size(all); ++rank) {
    Maybe<std::vector<Seconds>> times = Missing{"not measured"};
    double operations = 0;
    if (const auto *run = std::get_if<GemmRun>(&At(all, rank))) {
      times = run->times;
      operations = run->operations;
      if (!(operations > 0)) times = Missing{"the product has no operations"};
    } else {
      times = std::get<Missing>(At(all, rank));
    }
    fleet.push_back(RatesOf<TeraOperations>(topology_.GpuName(rank), times, [&](Seconds time) {
      return operations / time.value / 1e12;
    }));
  }
  KeepState(std::string("clock_") + NameOf(dtype), "MHz", all, &GemmRun::clock);
  KeepState(std::string("power_") + NameOf(dtype), "W", all, &GemmRun::power);
  return Keep(std::string("gemm_") + NameOf(dtype), std::move(fleet));
}

// What NVML said meanwhile, for people: a slow product at a low clock is another fault than one at
// full clock.
void RankBench::KeepState(const std::string &quantity, const char *unit,
                          const std::vector<Maybe<GemmRun>> &all, double GemmRun::*state) {
  if (rank_ != 0) return;
  FleetRecord record{test_->name, NameOf(variant_), quantity, unit, {}};
  for (int rank = 0; rank < Size(all); ++rank) {
    FigureRecord figure;
    figure.component = topology_.GpuName(rank);
    figure.samples = 1;
    const auto *run = std::get_if<GemmRun>(&At(all, rank));
    if (run != nullptr && run->*state > 0) {
      figure.median = figure.lower = figure.upper = run->*state;
    } else {
      figure.samples = 0;
      figure.missing =
          run != nullptr ? "NVML does not tell it" : std::get<Missing>(At(all, rank)).reason;
    }
    record.figures.push_back(std::move(figure));
  }
  record_.fleets.push_back(std::move(record));
}

auto RankBench::NvLinkCount() -> Fleet<Count> {
  Maybe<std::vector<double>> mine = IfAlive([&]() -> Maybe<std::vector<double>> {
    std::vector<double> counts;
    for (int i = 0; i < kReadings; ++i) {
      const auto links = backend_.NvLinks();
      if (const auto *missing = std::get_if<Missing>(&links)) return *missing;
      double count = 0;
      for (const NvLink &link : std::get<0>(links)) count += link.is_up ? 1 : 0;
      counts.push_back(count);
    }
    return counts;
  });
  const auto all = Everyone(mine);
  Fleet<Count> fleet;
  for (int rank = 0; rank < Size(all); ++rank) {
    fleet.push_back(OfState<Count>(topology_.GpuName(rank), At(all, rank)));
  }
  return Keep("nvlink_count", std::move(fleet));
}

auto RankBench::NvLinkRate() -> Fleet<GigabytesPerSecond> {
  using Links = std::map<int, std::vector<double>>;
  const Maybe<Links> mine = IfAlive([&]() -> Maybe<Links> {
    Links rates;
    for (int link = 0; link < shape().nvlinks; ++link) rates[link] = {};
    for (int i = 0; i < kReadings; ++i) {
      const auto links = backend_.NvLinks();
      if (const auto *missing = std::get_if<Missing>(&links)) return *missing;
      for (const NvLink &link : std::get<0>(links)) {
        rates[link.index].push_back(link.is_up ? link.rate : 0);
      }
    }
    return rates;
  });
  const auto all = Everyone(mine);
  Fleet<GigabytesPerSecond> fleet;
  for (int rank = 0; rank < Size(all); ++rank) {
    if (const auto *missing = std::get_if<Missing>(&At(all, rank))) {
      fleet.push_back({topology_.GpuName(rank), {}, missing->reason});
      continue;
    }
    for (const auto &[index, rates] : std::get<0>(At(all, rank))) {
      fleet.push_back({topology_.GpuName(rank) + "/link" + std::to_string(index), rates,
                       rates.empty() ? "the driver does not know this link" : ""});
    }
  }
  return Keep("nvlink_rate", std::move(fleet));
}

auto RankBench::PortRate() -> Fleet<GigabitsPerSecond> {
  using Ports = std::map<int, std::vector<double>>;
  // Any GPU of a node may be asked; the first that lives is.
  const Maybe<Ports> mine = IfAlive([&]() -> Maybe<Ports> {
    Ports rates;
    for (int port = 0; port < shape().nics_per_node; ++port) rates[port] = {};
    for (int i = 0; i < kReadings; ++i) {
      const auto ports = backend_.Ports();
      if (const auto *missing = std::get_if<Missing>(&ports)) return *missing;
      for (const Port &port : std::get<0>(ports)) {
        rates[port.index].push_back(port.is_up ? port.rate : 0);
      }
    }
    return rates;
  });
  const auto all = Everyone(mine);
  Fleet<GigabitsPerSecond> fleet;
  for (int node = 0; node < shape().nodes; ++node) {
    const Ports *ports = nullptr;
    std::string why = "no rank of the node answers";
    for (int local = 0; local < shape().gpus_per_node && !ports; ++local) {
      const Maybe<Ports> &said = At(all, node * shape().gpus_per_node + local);
      ports = std::get_if<Ports>(&said);
      if (!ports) why = std::get<Missing>(said).reason;
    }
    for (int nic = 0; nic < shape().nics_per_node; ++nic) {
      const std::string name = topology_.NicName(node, nic);
      if (!ports) {
        fleet.push_back({name, {}, why});
      } else if (ports->at(nic).empty()) {
        fleet.push_back({name, {}, "the node has no such port"});
      } else {
        fleet.push_back({name, ports->at(nic), ""});
      }
    }
  }
  return Keep("port_rate", std::move(fleet));
}

auto RankBench::SendRails(Bytes bytes) -> Fleet<GigabitsPerSecond> {
  const Scope rail = Rail();
  Fleet<GigabitsPerSecond> fleet;
  if (Size(rail.ranks) < 2) return fleet;
  // All domains send to the next one at once: each port sends and receives, as it can.
  const auto all = Everyone(IfAlive(rail, [&] {
    return backend_.Collect(Collective::kSendReceive, rail, variant_, bytes, repeats_);
  }));
  for (int rank = 0; rank < Size(all); ++rank) {
    const std::vector<int> ranks = topology_.RailScope(rank).ranks;
    const int to = rank + topology_.domain_size() < topology_.world()
                       ? rank + topology_.domain_size()
                       : ranks.front();
    const std::string from_name = topology_.NicName(topology_.Node(rank), topology_.Nic(rank));
    const std::string to_name = topology_.NicName(topology_.Node(to), topology_.Nic(to));
    // What comes to `to` is what it times.
    fleet.push_back(
        RatesOf<GigabitsPerSecond>(from_name + ">" + to_name, At(all, to),
                                   [&](Seconds time) { return InBits(Rate(bytes, time)).value; }));
  }
  return Keep("send_rails", std::move(fleet));
}

auto RankBench::Lateness() -> Fleet<Microseconds> {
  Fleet<Microseconds> fleet;
  for (Series &series : Arrivals()) {
    fleet.push_back(
        {std::move(series.component), std::move(series.values), std::move(series.missing)});
  }
  return Keep("lateness", std::move(fleet));
}

}  // namespace groma::runtime
