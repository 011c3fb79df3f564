// SPDX-License-Identifier: Apache-2.0
#include "sim/sim_backend.h"

#include <algorithm>

#include "core/names.h"
#include "sim/noise.h"

namespace groma::runtime {
namespace {

constexpr const char *kLost = "the driver does not know the GPU any more";

}  // namespace

auto SimBackend::Repeat(double seconds, int repeats) -> std::vector<Seconds> {
  const uint64_t call = Mix(Mix(world_.seed(), static_cast<uint64_t>(rank_)), ++calls_);
  std::vector<Seconds> times;
  for (int r = 0; r < repeats; ++r) {
    times.push_back({seconds * Wobble(Mix(call, static_cast<uint64_t>(r)))});
  }
  return times;
}

auto SimBackend::Identify() -> Maybe<Identity> {
  if (Has(FaultKind::kLostGpu)) return Missing{kLost};
  const Topology &topology = model_.topology();
  Identity identity;
  identity.host = "sim-node" + std::to_string(topology.Node(rank_));
  identity.gpu = model_.gpu(rank_).name;
  identity.serial = "sim-" + std::to_string(rank_);
  identity.driver = identity.cuda = identity.nccl = "sim";
  identity.node = topology.Node(rank_);
  identity.local = topology.Local(rank_);
  identity.memory = static_cast<uint64_t>(topology.Memory(rank_) * 1e9);
  identity.compute_capability = model_.gpu(rank_).compute_capability;
  return identity;
}

auto SimBackend::CopyHost(Direction direction, Bytes bytes, int repeats)
    -> Maybe<std::vector<Seconds>> {
  if (Has(FaultKind::kLostGpu)) return Missing{kLost};
  const auto down = model_.figure(Trait::kHostToDevice);
  const auto up = model_.figure(Trait::kDeviceToHost);
  if (!down || !up) return Missing{"no figure is recorded for this GPU"};
  // derived: both ways at once reach 90 % of each alone.
  const double rate = direction == Direction::kHostToDevice   ? *down
                      : direction == Direction::kDeviceToHost ? *up
                                                              : 0.9 * std::min(*down, *up);
  return Repeat(10e-6 + static_cast<double>(bytes.value) / (rate * 1e9), repeats);
}

auto SimBackend::CopyPeer(int peer, Bytes bytes, int repeats) -> Maybe<std::vector<Seconds>> {
  const int to = rank_ - model_.topology().Local(rank_) + peer;
  if (Has(FaultKind::kLostGpu) || model_.FaultOf(FaultKind::kLostGpu, to)) return Missing{kLost};
  const Shape &shape = model_.topology().shape();
  double rate = 0.8 * model_.figure(Trait::kHostToDevice).value_or(10);
  if (shape.nvlinks > 0 && model_.topology().Domain(rank_) == model_.topology().Domain(to)) {
    rate = shape.nvlinks * shape.nvlink_rate * model_.figure(Trait::kPeer).value_or(0.9) *
           std::min(model_.LinksShare(rank_), model_.LinksShare(to));
  }
  if (rate <= 0) return Missing{"no link to the other GPU is up"};
  return Repeat(5e-6 + static_cast<double>(bytes.value) / (rate * 1e9), repeats);
}

auto SimBackend::CopyMemory(Bytes bytes, int repeats) -> Maybe<std::vector<Seconds>> {
  if (Has(FaultKind::kLostGpu)) return Missing{kLost};
  const auto rate = model_.figure(Trait::kMemory);
  if (!rate) return Missing{"no figure is recorded for this GPU"};
  ++loads_;
  // Each byte is read and written.
  return Repeat(3e-6 + 2 * static_cast<double>(bytes.value) / (*rate * 1e9), repeats);
}

auto SimBackend::March(Bytes bytes) -> Maybe<MarchRun> {
  if (Has(FaultKind::kLostGpu)) return Missing{kLost};
  ++loads_;
  MarchRun run;
  run.bytes = bytes.value;
  if (const Fault *burst = Has(FaultKind::kEccBurst)) {
    run.errors = static_cast<uint64_t>(burst->count);
    run.first = 1 << 20;
  }
  return run;
}

auto SimBackend::Gemm(Dtype dtype, int repeats) -> Maybe<GemmRun> {
  if (Has(FaultKind::kLostGpu)) return Missing{kLost};
  const auto rate = model_.figure(TraitOf(dtype));
  if (!rate) return Missing{std::string("this GPU has no ") + NameOf(dtype)};
  ++loads_;
  const Fault *heat = Has(FaultKind::kThrottledGpu);
  const double share = heat ? heat->share : 1;
  GemmRun run;
  run.operations = 2.0 * 8192 * 8192 * 8192;
  run.times = Repeat(run.operations / (*rate * share * 1e12), repeats);
  run.checksum = MixText(0, NameOf(dtype));
  run.is_right = !Has(FaultKind::kNan);
  run.clock = 1980 * share;
  run.power = 650 * share;
  return run;
}

auto SimBackend::Collect(Collective op, const Scope &scope, Variant variant, Bytes bytes,
                         int repeats) -> Maybe<std::vector<Seconds>> {
  ++loads_;
  // Time counts all bytes; so few of them are moved that a slot holds some.
  const uint64_t real = std::min<uint64_t>(bytes.value, 16 * scope.ranks.size());
  return world_.Meet(rank_, {op, scope, variant, bytes, repeats, real, 0}, false).times;
}

auto SimBackend::Verify(Collective op, const Scope &scope, Variant variant, Bytes bytes)
    -> Maybe<Exactness> {
  ++loads_;
  constexpr uint64_t kMost = 1 << 18;
  const uint64_t real = std::min(bytes.value, scope.ranks.size() > 16 ? kMost / 8 : kMost);
  return world_.Meet(rank_, {op, scope, variant, bytes, 1, real, 0}, true).exactness;
}

auto SimBackend::Arrivals(const Scope & /*scope*/, int repeats) -> Maybe<std::vector<Seconds>> {
  if (Has(FaultKind::kLostGpu)) return Missing{kLost};
  const Fault *late = Has(FaultKind::kStraggler);
  return Repeat(20e-6 + (late ? late->micros / 1e6 : 0), repeats);
}

auto SimBackend::TransportOf(const Scope &scope, Variant variant) -> Maybe<Transport> {
  if (Has(FaultKind::kLostGpu)) return Missing{kLost};
  const Topology &topology = model_.topology();
  Transport transport;
  transport.channels = 16;
  transport.net = "none";
  transport.peer = "none";
  const bool spans = std::any_of(scope.ranks.begin(), scope.ranks.end(), [&](int other) {
    return topology.Domain(other) != topology.Domain(rank_);
  });
  if (variant == Variant::kNetworkOnly || (spans && variant != Variant::kNvlinkOnly)) {
    switch (topology.shape().fabric) {
      case Fabric::kNone:
        break;
      case Fabric::kEthernet:
        transport.net = "Socket";
        break;
      case Fabric::kRoce:
      case Fabric::kInfiniband:
        transport.net = topology.shape().fabric == Fabric::kRoce ? "RoCE" : "IB";
        transport.has_gdr = true;
        break;
    }
    if (model_.IsTcp(topology.Node(rank_))) {
      transport.net = "Socket";
      transport.has_gdr = false;
    }
    if (topology.shape().is_line()) transport.devices = {"eth0"};
    if (topology.Nic(rank_) >= 0) {
      transport.devices = {"mlx5_" + std::to_string(topology.Nic(rank_))};
    }
  }
  if (variant != Variant::kNetworkOnly) {
    transport.peer = topology.shape().nvlinks > 0 ? "P2P/CUMEM" : "SHM";
    transport.has_nvls = model_.NvlsWay(rank_, scope, variant).has_value();
  }
  return transport;
}

auto SimBackend::NvLinks() -> Maybe<std::vector<NvLink>> {
  if (Has(FaultKind::kLostGpu)) return Missing{kLost};
  std::vector<NvLink> links;
  for (int link = 0; link < model_.topology().shape().nvlinks; ++link) {
    const double share = model_.LinkShare(rank_, link);
    links.push_back({link, share > 0, share * model_.topology().shape().nvlink_rate});
  }
  return links;
}

auto SimBackend::Ports() -> Maybe<std::vector<Port>> {
  std::vector<Port> ports;
  for (int nic = 0; nic < model_.topology().shape().nics_per_node; ++nic) {
    const double share = model_.PortShare(model_.topology().Node(rank_), nic, true);
    ports.push_back({nic, "mlx5_" + std::to_string(nic), share > 0,
                     share * model_.topology().shape().nic_rate});
  }
  return ports;
}

template <class T>
void SimBackend::HideMetric(std::map<std::string, Maybe<T>> &values) const {
  const Fault *fault = Has(FaultKind::kMissingMetric);
  if (fault && values.count(fault->metric) != 0) {
    values[fault->metric] = Missing{"the driver does not tell it"};
  }
}

auto SimBackend::Health() -> Counters {
  Counters counters;
  counters["ecc.corrected"] = int64_t{2};
  counters["ecc.uncorrected"] = int64_t{0};
  counters["rows.remapped"] = int64_t{1};
  counters["xid"] = int64_t{0};
  counters["throttle.thermal"] = int64_t{0};
  if (model_.topology().shape().nvlinks > 0) counters["nvlink.crc"] = int64_t{3};
  if (model_.topology().Nic(rank_) >= 0) {
    counters["port.link_downed"] = int64_t{1};
    counters["port.symbol_errors"] = int64_t{4};
  }
  if (const Fault *burst = Has(FaultKind::kEccBurst)) {
    counters["ecc.uncorrected"] = int64_t{burst->count} * loads_;
    counters["xid"] = int64_t{loads_};
  }
  if (Has(FaultKind::kThrottledGpu)) counters["throttle.thermal"] = int64_t{loads_};
  HideMetric(counters);
  return counters;
}

auto SimBackend::Host() -> Facts {
  Facts facts;
  const Shape &shape = model_.topology().shape();
  facts["pcie.generation"] = std::to_string(shape.pcie_generation);
  facts["pcie.width"] = std::to_string(shape.pcie_width);
  facts["driver"] = std::string("sim");
  facts["nccl"] = std::string("sim");
  facts["clock.offset_us"] = std::string("12");
  facts["disk.0.bytes"] = std::string("3840000000000");
  HideMetric(facts);
  return facts;
}

}  // namespace groma::runtime
