// SPDX-License-Identifier: Apache-2.0
#include "sample_suite.h"

#include <cstdint>

namespace groma::runtime::sample {
namespace {

constexpr auto Info(const char *name, Bound bound, Confidence confidence = Confidence::kHigh)
    -> GateInfo {
  return {name,  "written by hand", "for tests of the runtime", "delivery.groma:57", name, "GB/s",
          bound, confidence};
}
constexpr Bound kLeast = Bound::kAtLeast;

constexpr Gate<GigabytesPerSecond> kCopy{Info("copy_host", kLeast), 46, 48, 63};
constexpr Gate<GigabytesPerSecond> kPeers{Info("copy_peers", kLeast), 320, 335, 450};
constexpr Gate<GigabytesPerSecond> kMemory{Info("copy_memory", kLeast), 4000, 4200, 4800};
constexpr Gate<TeraOperations> kGemm{Info("gemm_bf16", kLeast), 715, 742, 989};
constexpr Gate<Count> kLinks{Info("nvlink_count", Bound::kExactly), 18, 18, 0};
constexpr Gate<GigabytesPerSecond> kLinkRate{Info("nvlink_rate", Bound::kExactly), 25, 25, 0};
constexpr Gate<GigabitsPerSecond> kPorts{Info("port_rate", Bound::kExactly), 400, 400, 0};
constexpr Gate<GigabitsPerSecond> kRails{Info("rails", kLeast), 360, 380, 400};
constexpr Gate<Microseconds> kLate{Info("lateness", Bound::kAtMost), 100, 50, 0};
constexpr Gate<GigabytesPerSecond> kDomain{Info("all_reduce", kLeast), 440, 454, 700};
constexpr Gate<GigabytesPerSecond> kRing{Info("all_reduce_ring", kLeast), 345, 352, 450};
constexpr Gate<GigabytesPerSecond> kWorld{Info("all_reduce_world", kLeast), 340, 367, 750};
constexpr Gate<Microseconds> kLatency{Info("all_reduce_latency", Bound::kAtMost), 120, 100, 0};
constexpr Gate<GigabytesPerSecond> kToAll{Info("all_to_all", kLeast, Confidence::kLow), 26, 40, 0};

void Census(Bench &bench) { bench.RequireCensus(); }
void Host(Bench &bench) { bench.RequireHost(); }

void Copies(Bench &bench) {
  bench.Judge(kCopy, bench.CopyHost(Direction::kHostToDevice, 256_MiB));
  bench.Judge(kCopy, bench.CopyHost(Direction::kDeviceToHost, 256_MiB));
  const auto memory = bench.CopyMemory(1_GiB);
  bench.Judge(kMemory, memory);
  bench.JudgeOutliers(memory, 0.05);
}

void Peers(Bench &bench) { bench.Judge(kPeers, bench.CopyPeers(256_MiB)); }

void Gemm(Bench &bench) {
  const auto rates = bench.Gemm(Dtype::kBf16);
  bench.Judge(kGemm, rates);
  bench.JudgeOutliers(rates, 0.05);
  bench.RequireExactGemm(Dtype::kBf16);
}

void Links(Bench &bench) {
  bench.Judge(kLinks, bench.NvLinkCount());
  bench.Judge(kLinkRate, bench.NvLinkRate());
}

void Ports(Bench &bench) { bench.Judge(kPorts, bench.PortRate()); }
void March(Bench &bench) { bench.RequireMemory(8_GiB); }
void Late(Bench &bench) { bench.Judge(kLate, bench.Lateness()); }

void Rails(Bench &bench) {
  const auto rails = bench.SendRails(256_MiB);
  bench.Judge(kRails, rails);
  bench.JudgeOutliers(rails, 0.05);
}

void AllReduce(Bench &bench) {
  const Curve curve = bench.Sweep(Collective::kAllReduce, bench.Domain(), 8_B, 8_GiB);
  bench.Judge(bench.variant() == Variant::kDefault ? kDomain : kRing, {curve.Plateau(1_GiB)});
  bench.Judge(kLatency, {curve.Latency()});
  bench.RequireExact(Collective::kAllReduce, bench.Domain(), 64_MiB);
}

void AllReduceWorld(Bench &bench) {
  const Curve curve = bench.Sweep(Collective::kAllReduce, bench.World(), 8_B, 8_GiB);
  bench.Judge(kWorld, {curve.Plateau(1_GiB)});
}

void AllToAll(Bench &bench) {
  const Curve curve = bench.Sweep(Collective::kAllToAll, bench.World(), 1_MiB, 1_GiB);
  bench.Judge(kToAll, {curve.Plateau(1_GiB)});
}

void Exact(Bench &bench) {
  for (const Collective op :
       {Collective::kAllReduce, Collective::kAllGather, Collective::kReduceScatter,
        Collective::kAllToAll, Collective::kSendReceive, Collective::kBroadcast}) {
    bench.RequireExact(op, bench.World(), 4_MiB);
  }
}

void Way(Bench &bench) { bench.RequireTransport(bench.World()); }

void Health(Bench &bench) {
  bench.RequireHealthy([&] {
    bench.Gemm(Dtype::kBf16);
    bench.Sweep(Collective::kAllReduce, bench.World(), 1_GiB, 1_GiB);
  });
}

}  // namespace

auto ShapeOf(int nodes) -> Shape {
  return {"train", "ams", "dgx_h200",          "H200", nodes, 8, 8, 18, 25, 141,
          8,       400,   Fabric::kInfiniband, 5,      16};
}

auto SuiteOf(const Shape &shape) -> Suite {
  const std::vector<Variant> first = {Variant::kDefault};
  const char *place = "delivery.groma:57";
  Suite suite;
  suite.shape = &shape;
  suite.plan = "0123abcd";
  suite.groma = "0.1.0";
  suite.expected = "{}";
  suite.tests = {
      {"census", "Every GPU of the plan answers.", place, Tier::kSmoke, first, Census},
      {"host", "Hosts are as planned.", place, Tier::kSmoke, first, Host},
      {"copies", "Copies to and from the host.", place, Tier::kSmoke, first, Copies},
      {"peers", "Copies between GPUs.", place, Tier::kSmoke, first, Peers},
      {"gemm", "Products of matrices.", place, Tier::kSmoke, first, Gemm},
      {"links", "NVLinks and their speed.", place, Tier::kSmoke, first, Links},
      {"ports", "Ports of the fabric.", place, Tier::kSmoke, first, Ports},
      {"late", "Who comes late.", place, Tier::kSmoke, first, Late},
      {"all_reduce",
       "Sums within a domain.",
       place,
       Tier::kSmoke,
       {Variant::kDefault, Variant::kNvlsOff},
       AllReduce},
      {"all_to_all", "Everything to everyone.", place, Tier::kSmoke, first, AllToAll},
      {"exact", "All bits are right.", place, Tier::kSmoke, first, Exact},
      {"way",
       "The way that data goes.",
       place,
       Tier::kSmoke,
       {Variant::kDefault, Variant::kNetworkOnly},
       Way},
      {"health", "Counters under load.", place, Tier::kSmoke, first, Health},
      {"march", "Patterns in memory.", place, Tier::kAccept, first, March},
  };
  if (shape.nodes > 1) {
    suite.tests.push_back({"rails", "Each rail alone.", place, Tier::kSmoke, first, Rails});
    suite.tests.push_back(
        {"all_reduce_world", "Sums over all domains.", place, Tier::kSmoke, first, AllReduceWorld});
  }
  return suite;
}

}  // namespace groma::runtime::sample
