// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/tests.h"

#include <iterator>

#include "groma/emit/validation/line_tests.h"
#include "groma/emit/validation/text.h"
#include "llvm/ADT/StringRef.h"

namespace groma::emit::validation {
namespace {

using acceptance::Gate;
using acceptance::Suite;
using Lines = std::vector<std::string>;

struct Collective {
  const char *name;
  const char *constant;
  const char *does;
};
constexpr Collective kCollectives[] = {
    {"all_reduce", "kAllReduce", "the sum of all, on all"},
    {"all_gather", "kAllGather", "the parts of all, put together on all"},
    {"reduce_scatter", "kReduceScatter", "the sum of all, a part of it on each"},
    {"all_to_all", "kAllToAll", "a part from each to each"},
    {"send_receive", "kSendReceive", "from each to the next"},
    {"broadcast", "kBroadcast", "from one to all"},
};
// In the order of `acceptance::kDtypes`.
constexpr const char *kDtypeNames[] = {"kF64", "kF32", "kTf32", "kF16", "kBf16", "kF8", "kF4", "kI8"};
static_assert(std::size(kDtypeNames) == std::size(acceptance::kDtypes));

class Tests {
 public:
  explicit Tests(const Suite &suite) : suite_(suite) {}

  auto MakeAll() -> std::vector<TestFile> {
    const acceptance::Shape &shape = suite_.shape;
    Add("census", "Every GPU that the plan has answers, and no other one does.", "kSmoke",
        {"bench.RequireCensus();"});
    Add("host", "Buses, drivers, clocks and disks of the hosts are as they should be, and the same everywhere.",
        "kSmoke", {"bench.RequireHost();"});
    Add("memory_march", "The memory of each GPU keeps what is written: patterns up and down, and addresses as data.",
        "kSmoke", {"// At most 90 % of the memory: the driver and the suite itself need some.",
                   "bench.RequireMemory(bench.tier() == Tier::kSmoke ? 4_GiB : " + MostMemory() + ");"});
    if (Has("memory")) AddMemory();
    if (Has("host_to_device") || Has("device_to_host")) AddHostCopies();
    if (shape.nvlinks > 0 && shape.domain >= 2) {
      Add("nvlink", "All NVLinks of each GPU are up and run at their full rate.", "kSmoke",
          {"bench.Judge(expect::kNvlinks, bench.NvLinkCount());",
           "bench.Judge(expect::kNvlinkRate, bench.NvLinkRate());"});
    }
    if (shape.domain >= 2) AddPeers();
    AddGemm();
    AddTransport();
    if (shape.domain >= 2) AddInDomain();
    if (shape.units() >= 2) AddAcross();
    if (shape.world() >= 2) {
      Add("straggler", "No GPU comes late to what all do together.", "kSmoke",
          {"// Milliseconds show a sick host, not a slow link; public suites give up at 4 ms.",
           "constexpr Gate<Microseconds> kLateness{",
           "    {\"lateness\", \"4 ms after the median\", \"Google cluster-health-scanner\", " + Place() +
               ", \"\", \"\", Bound::kAtMost, Confidence::kMedium},",
           "    /* fail */ 4000,", "    /* warn */ 2000,", "    /* ceiling */ 0};", "bench.Judge(kLateness, bench.Lateness());"});
    }
    AddHealth();
    return std::move(tests_);
  }

 private:
  auto Has(const char *figure) const -> bool { return suite_.Find(figure) != nullptr; }
  auto Place() const -> std::string {
    return Quoted(suite_.promises.empty() ? "" : suite_.promises.front().place);
  }

  void Add(const std::string &name, const std::string &title, const std::string &tier, Lines body,
           std::vector<const Gate *> gates = {}, std::vector<std::string> variants = {"kDefault"}) {
    TestFile test{name, title, tier, std::move(variants), std::move(body), std::move(gates), "", suite_.because};
    test.place = suite_.promises.empty() ? "" : suite_.promises.front().place;
    for (const Gate *gate : test.gates) {
      if (gate->basis != acceptance::Basis::Stated) continue;
      test.place = gate->place;
      test.because = gate->because;
    }
    tests_.push_back(std::move(test));
  }

  void AddTransport() {
    Lines body;
    if (suite_.shape.domain >= 2) body.push_back("bench.RequireTransport(bench.Domain());");
    if (suite_.shape.units() >= 2) body.push_back("bench.RequireTransport(bench.World());");
    if (body.empty()) return;
    Add("transport", "NCCL takes the way that the fabric is there for; a detour fails, however fast.", "kSmoke", body);
  }

  // Beside which others is a GPU, a pair or a rail judged? Fewer than three have no middle.
  void AddOutliers(Lines &body, int64_t components, const std::string &fleet, const std::string &share) const {
    if (components >= 3) body.push_back("bench.JudgeOutliers(" + fleet + ", " + share + ");");
  }

  auto World() const -> int64_t { return suite_.shape.world(); }

  // 90 % of the memory, in whole GiB: the rest is for the driver and what else is loaded.
  auto MostMemory() const -> std::string {
    const int64_t bytes = (suite_.shape.memory.Floor()) * 900'000'000;
    return std::to_string(std::max<int64_t>(1, bytes >> 30)) + "_GiB";
  }

  void AddMemory() {
    Lines body = {"const auto fleet = bench.CopyMemory(" + Size(Buffer()) + ");", "bench.Judge(expect::kMemory, fleet);"};
    AddOutliers(body, World(), "fleet", "0.05");
    Add("memory_bandwidth", "Each GPU reads and writes its own memory fast enough; both directions count.", "kSmoke", body,
        {suite_.Find("memory")});
  }

  // Larger than any cache, smaller than the memory.
  auto Buffer() const -> uint64_t {
    return suite_.shape.memory < base::Rational(16) ? uint64_t{1} << 29 : uint64_t{1} << 31;
  }

  void AddHostCopies() {
    Lines body;
    std::vector<const Gate *> gates;
    const auto direction = [&](const char *figure, const char *name, const char *constant) {
      if (!Has(figure)) return;
      body.push_back(std::string("const auto ") + name + " = bench.CopyHost(Direction::" + constant + ", 512_MiB);");
      body.push_back(std::string("bench.Judge(expect::k") + Camel(figure) + ", " + name + ");");
      AddOutliers(body, World(), name, "0.10");
      gates.push_back(suite_.Find(figure));
    };
    direction("host_to_device", "down", "kHostToDevice");
    direction("device_to_host", "up", "kDeviceToHost");
    if (World() >= 3) {
      body.push_back("// Nobody says what both ways at once must reach: a GPU is compared with its like.");
      AddOutliers(body, World(), "bench.CopyHost(Direction::kBoth, 512_MiB)", "0.15");
    }
    Add("host_copies", "Copies between the hosts and each GPU are fast enough, one way and both.", "kSmoke", body, gates);
  }

  void AddPeers() {
    Lines body = {"const auto pairs = bench.CopyPeers(1_GiB);"};
    std::vector<const Gate *> gates;
    if (const Gate *gate = suite_.Find("peer")) {
      body.push_back("bench.Judge(expect::kPeer, pairs);");
      gates.push_back(gate);
    }
    AddOutliers(body, World() * (std::min(suite_.shape.domain, suite_.shape.gpus_per_node) - 1), "pairs", "0.10");
    Add("peers", "Each GPU reaches each other one of its node over NVLink, fast enough.", "kSmoke", body, gates);
  }

  void AddGemm() {
    Lines body;
    std::vector<const Gate *> gates;
    for (size_t i = 0; i < std::size(kDtypeNames); ++i) {
      const acceptance::Dtype &dtype = acceptance::kDtypes[i];
      if (suite_.shape.sm < dtype.least_sm) continue;
      if (!body.empty()) body.emplace_back();
      const std::string name = std::string(dtype.figure) + "_fleet";
      const std::string product = std::string("bench.Gemm(Dtype::") + kDtypeNames[i] + ")";
      const Gate *gate = suite_.Find(dtype.figure);
      // Shares of a card take turns: how fast each is says nothing of the others.
      const bool are_alike = World() >= 3 && suite_.shape.slices == 1;
      if (gate != nullptr) {
        body.push_back("const auto " + name + " = " + product + ";");
        body.push_back("bench.Judge(expect::k" + Camel(dtype.figure) + ", " + name + ");");
        if (are_alike) AddOutliers(body, World(), name, Lag());
        gates.push_back(gate);
      } else {
        body.push_back(std::string("// Nobody says how fast ") + dtype.figure + " must be: it is measured and told.");
        if (are_alike) AddOutliers(body, World(), product, Lag());
        if (!are_alike) body.push_back(product + ";");
      }
      body.push_back(std::string("bench.RequireExactGemm(Dtype::") + kDtypeNames[i] + ");");
    }
    Add("gemm", "Each GPU multiplies matrices of random numbers fast enough, and to the same bits each time.",
        "kSmoke", body, gates);
  }

  // By how much a GPU may lag behind the median.
  auto Lag() const -> std::string {
    return suite_.straggler ? Number(*suite_.straggler) : "0.05";
  }

  void AddSweep(const std::string &name, const Collective &op, const std::string &scope, const std::string &who,
                const std::string &tier, std::vector<std::string> variants) {
    const Gate *gate = suite_.Find(name);
    const Gate *latency = suite_.Find(name + "_latency");
    const uint64_t most = gate != nullptr && gate->at ? *gate->at : uint64_t{8} << 30;
    const uint64_t least = gate != nullptr && gate->at ? *gate->at : uint64_t{1} << 30;
    const uint64_t first = latency != nullptr && latency->at ? *latency->at : 8;
    Lines body = {"const Scope scope = bench." + scope + "();",
                  "const Curve curve = bench.Sweep(Collective::" + std::string(op.constant) + ", scope, " + Size(first) +
                      ", " + Size(most) + ");"};
    std::vector<const Gate *> gates;
    if (gate != nullptr) {
      body.push_back("bench.Judge(expect::k" + Camel(name) + ", {curve.Plateau(" + Size(least) + ")});");
      gates.push_back(gate);
    }
    if (latency != nullptr) {
      body.push_back("bench.Judge(expect::k" + Camel(name) + "Latency, {curve.Latency()});");
      gates.push_back(latency);
    }
    body.push_back("bench.RequireExact(Collective::" + std::string(op.constant) + ", scope, 64_MiB);");
    Add(name, "Collective " + std::string(op.name) + " (" + op.does + ") over " + who + ".", tier, body, gates,
        std::move(variants));
  }

  void AddInDomain() {
    const std::string who = "the " + std::to_string(suite_.shape.domain) + " GPUs of each NVLink domain";
    for (const Collective &op : kCollectives) {
      const bool is_first = llvm::StringRef(op.name) == "all_reduce";
      AddSweep(op.name, op, "Domain", who, is_first ? "kSmoke" : "kAccept",
               {"kDefault"});
    }
    if (Has("all_reduce_ring")) {
      AddSweep("all_reduce_ring", kCollectives[0], "Domain", who + ", the switch adding nothing", "kAccept",
               {"kNvlsOff", "kNvlinkOnly"});
    }
  }

  void AddAcross() {
    if (suite_.shape.nics_per_node > 0) {
      Add("ports", "All ports of the fabric are up and run at their full rate.", "kSmoke",
          {"bench.Judge(expect::kPortRate, bench.PortRate());"});
      Lines body = {"const auto rails = bench.SendRails(1_GiB);"};
      std::vector<const Gate *> gates;
      if (const Gate *gate = suite_.Find("port")) {
        body.push_back("bench.Judge(expect::kPort, rails);");
        gates.push_back(gate);
      }
      AddOutliers(body, suite_.shape.units() * suite_.shape.nics_per_node, "rails", "0.10");
      Add("rails", "Each rail of the fabric by itself, from domain to domain, the network only.", "kSmoke", body, gates,
          {"kNetworkOnly"});
    }
    for (const Collective &op : kCollectives) {
      const std::string name = std::string(op.name) + "_across";
      if (!Has(name.c_str()) && !Has((name + "_latency").c_str())) continue;
      AddSweep(name, op, "World", "all " + std::to_string(suite_.shape.world()) + " GPUs", "kAccept", {"kDefault"});
    }
  }

  void AddHealth() {
    Lines body = {"// Counters are read before and after: what was there before is not the load's doing.",
                  "int rounds = 2;", "if (bench.tier() == Tier::kAccept) rounds = 20;",
                  "if (bench.tier() == Tier::kBurn) rounds = 500;",
                  "bench.RequireHealthy([&] {", "  for (int round = 0; round < rounds; ++round) {"};
    if (suite_.shape.sm >= 80) body.push_back("    bench.RequireExactGemm(Dtype::kBf16);");
    if (suite_.shape.world() >= 2) {
      body.push_back("    bench.RequireExact(Collective::kAllReduce, bench.World(), 256_MiB);");
    } else {
      body.push_back("    bench.RequireMemory(1_GiB);");
    }
    body.insert(body.end(), {"  }", "});"});
    Add("health", "Under load nothing breaks: memory, links, ports, heat; and results stay the same to the bit.",
        "kSmoke", body);
  }

  const Suite &suite_;
  std::vector<TestFile> tests_;
};

}  // namespace

auto TestsOf(const Suite &suite) -> std::vector<TestFile> {
  return suite.shape.line ? LineTestsOf(suite) : Tests(suite).MakeAll();
}

auto PrintTest(const TestFile &test, const std::string &head) -> output::File {
  output::Lines lines;
  lines.Because(test.because);
  lines.Add(0, head);
  lines.Add(0, "// " + Comment(test.title));
  for (const Gate *gate : test.gates) {
    const output::Reason reason(lines, gate->because);
    lines.Add(0, "//   " + gate->figure + ": " + Comment(gate->formula));
  }
  lines.Add(0, "#include \"../src/expect.h\"");
  lines.Add(0, "#include \"groma/runtime/bench.h\"");
  lines.Gap();
  lines.Add(0, "using namespace groma::runtime;");
  lines.Gap();
  lines.Add(0, "void Test" + Camel(test.name) + "(Bench &bench) {");
  for (const std::string &line : test.body) {
    if (line.empty()) {
      lines.Gap();
    } else {
      lines.Add(1, line);
    }
  }
  lines.Add(0, "}");
  return lines.Take("tests/" + test.name + ".cpp");
}

}  // namespace groma::emit::validation
