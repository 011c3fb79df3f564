// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/line_tests.h"

#include <algorithm>

#include "groma/emit/validation/text.h"

namespace groma::emit::validation {
namespace {

using acceptance::Gate;
using acceptance::Suite;
using Body = std::vector<std::string>;

// What a line carries in so many seconds, in whole MiB, and no more than a GPU has room for.
auto SizeFor(const base::Rational &gigabits, int64_t seconds) -> uint64_t {
  constexpr int64_t kMost = int64_t{2} << 30;
  const base::Rational megabytes = base::Mul(gigabits, *base::Rational::Make(1000 * seconds, 8)).value_or(base::Rational(4096));
  const int64_t bytes = std::min<int64_t>(megabytes.Round(), 4096) * 1'000'000;
  return static_cast<uint64_t>(std::clamp<int64_t>(bytes >> 20 << 20, 1 << 20, kMost));
}

class LineTests {
 public:
  explicit LineTests(const Suite &suite) : suite_(suite), line_(*suite.shape.line) {}

  auto MakeAll() -> std::vector<TestFile> {
    Add("census", "At each end answers the GPU that the plan has there, on a host of its own.", {"bench.RequireCensus();"});
    Add("transport", "NCCL goes over TCP, and what is sent comes, each way.",
        {"bench.RequireTransport(bench.World());", "bench.RequireLine(64_KiB);"});
    AddLine();
    if (const Gate *gate = suite_.Find("round_trip")) {
      Add("round_trip", "A sum of a few bytes over both ends: there and back.",
          {"bench.Judge(expect::kRoundTrip, bench.RoundTrip());"}, {gate});
    } else {
      Add("round_trip", "A sum of a few bytes over both ends: there and back. Nobody says what it may be.",
          {"bench.Tell(\"round_trip\", bench.RoundTrip());"});
    }
    AddStraggler();
    // A second of the line for each: they are there to be compared, not to be timed.
    const std::string second = Size(SizeFor(line_.rate, 1));
    Body exact;
    for (const char *op : {"AllReduce", "SendReceive", "Broadcast"}) {
      exact.push_back(std::string("bench.RequireExact(Collective::k") + op + ", bench.World(), " + second + ");");
    }
    Add("exact", "What both ends work out together is right to the bit.", exact);
    Add("health", "While the line is full nothing breaks at its ends, and results stay right.",
        {"// Counters are read before and after: what was there before is not the load's doing.", "int rounds = 2;",
         "if (bench.tier() == Tier::kAccept) rounds = 20;", "if (bench.tier() == Tier::kBurn) rounds = 500;",
         "bench.RequireHealthy([&] {",
         "  for (int round = 0; round < rounds; ++round) bench.RequireExact(Collective::kAllReduce, bench.World(), " + second + ");",
         "});"});
    return std::move(tests_);
  }

 private:
  void AddLine() {
    const std::string size = Size(SizeFor(line_.rate, 2));
    Body body = {"// A repeat takes some two seconds.", "const auto ways = bench.SendLine(" + size + ");"};
    std::vector<const Gate *> gates;
    const auto judge = [&](const char *figure, const std::string &what) {
      const Gate *gate = suite_.Find(figure);
      if (gate == nullptr) return;
      body.push_back("bench.Judge(expect::k" + Camel(figure) + ", " + what + ");");
      gates.push_back(gate);
    };
    judge("line", "ways");
    judge("flows", "ways");
    judge("both_ways", "bench.SendLineBothWays(" + size + ")");
    Add("line", "What the line carries: one way, the other, and both at once.", body, gates);
  }

  void AddStraggler() {
    const std::string place = Quoted(suite_.promises.front().place);
    Add("straggler", "Neither end comes late to what both do together.",
        {"// Milliseconds show a sick host, not a long line: each end counts from its own start.", "constexpr Gate<Microseconds> kLateness{",
         "    {\"lateness\", \"4 ms after the other end\", \"Google cluster-health-scanner\", " + place +
             ", \"\", \"\", Bound::kAtMost, Confidence::kMedium},",
         "    /* fail */ 4000,", "    /* warn */ 2000,", "    /* ceiling */ 0};", "bench.Judge(kLateness, bench.Lateness());"});
  }

  void Add(const std::string &name, const std::string &title, Body body, std::vector<const Gate *> gates = {}) {
    TestFile test{name, title, "kSmoke", {"kDefault"}, std::move(body), std::move(gates), suite_.promises.front().place,
                  suite_.because};
    for (const Gate *gate : test.gates) {
      if (gate->basis != acceptance::Basis::Stated) continue;
      test.place = gate->place;
      test.because = gate->because;
    }
    tests_.push_back(std::move(test));
  }

  const Suite &suite_;
  const acceptance::Line &line_;
  std::vector<TestFile> tests_;
};

}  // namespace

auto LineTestsOf(const Suite &suite) -> std::vector<TestFile> { return LineTests(suite).MakeAll(); }

}  // namespace groma::emit::validation
