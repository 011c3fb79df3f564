// SPDX-License-Identifier: Apache-2.0
#include "line_suite.h"

namespace groma::runtime::sample {
namespace {

constexpr auto Info(const char *name, Bound bound) -> GateInfo {
  return {name,  "written by hand", "for tests of the runtime", "sites.groma:43", name, "Gbps",
          bound, Confidence::kHigh};
}

constexpr Gate<GigabitsPerSecond> kLine{Info("line", Bound::kAtLeast), 1.53, 1.66, 0};
constexpr Gate<GigabitsPerSecond> kBothWays{Info("both_ways", Bound::kAtLeast), 1.44, 1.62, 0};
constexpr Gate<GigabitsPerSecond> kFlows{Info("flows", Bound::kAtLeast), 1.2, 1.2, 0};
constexpr Gate<Microseconds> kRoundTrip{Info("round_trip", Bound::kAtMost), 9000, 8600, 0};
constexpr Gate<Microseconds> kLateness{Info("lateness", Bound::kAtMost), 4000, 2000, 0};

void Census(Bench &bench) { bench.RequireCensus(); }

void Way(Bench &bench) {
  bench.RequireTransport(bench.World());
  bench.RequireLine(64_KiB);
}

void Throughput(Bench &bench) {
  const auto ways = bench.SendLine(512_MiB);
  bench.Judge(kLine, ways);
  bench.Judge(kFlows, ways);
  bench.Judge(kBothWays, bench.SendLineBothWays(512_MiB));
}

void RoundTrip(Bench &bench) { bench.Judge(kRoundTrip, bench.RoundTrip()); }
void Told(Bench &bench) { bench.Tell("round_trip", bench.RoundTrip()); }
void Straggler(Bench &bench) { bench.Judge(kLateness, bench.Lateness()); }

void Health(Bench &bench) {
  bench.RequireHealthy([&] { bench.RequireExact(Collective::kAllReduce, bench.World(), 256_MiB); });
}

}  // namespace

auto LineShape() -> Shape {
  Shape shape = {"hub", "links", "expressroute",    "H200", 2, 1, 1, 0, 0, 141,
                 0,     0,       Fabric::kEthernet, 0,      0};
  shape.line = {
      2, 8000, "ipsec", {{"ams", "train", "H200", 141}, {"weu", "serve", "H100 NVL", 94}}};
  return shape;
}

auto LineSuiteOf(const Shape &shape) -> Suite {
  const std::vector<Variant> first = {Variant::kDefault};
  const char *place = "sites.groma:43";
  Suite suite;
  suite.shape = &shape;
  suite.plan = "0123abcd";
  suite.groma = "0.1.0";
  suite.expected = "{}";
  suite.tests = {
      {"census", "Both ends answer.", place, Tier::kSmoke, first, Census},
      {"transport", "The way over the line.", place, Tier::kSmoke, first, Way},
      {"line", "What the line carries.", place, Tier::kSmoke, first, Throughput},
      {"round_trip", "There and back.", place, Tier::kSmoke, first, RoundTrip},
      {"told", "There and back, without a limit.", place, Tier::kSmoke, first, Told},
      {"straggler", "Who comes late.", place, Tier::kSmoke, first, Straggler},
      {"health", "Counters under load.", place, Tier::kSmoke, first, Health},
  };
  return suite;
}

}  // namespace groma::runtime::sample
