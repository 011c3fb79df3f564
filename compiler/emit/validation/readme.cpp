// SPDX-License-Identifier: Apache-2.0
#include "groma/emit/validation/readme.h"

#include "groma/emit/validation/line_readme.h"
#include "groma/emit/validation/text.h"
#include "groma/output/table.h"
#include "llvm/ADT/STLExtras.h"

namespace groma::emit::validation {
namespace {

using acceptance::Gate;
using acceptance::Suite;

// Three digits behind the point are enough to read.
auto Short(const base::Rational &value) -> std::string {
  std::string text = output::Decimal(value, 3);
  while (text.find('.') != std::string::npos && (text.back() == '0' || text.back() == '.')) {
    const bool is_point = text.back() == '.';
    text.pop_back();
    if (is_point) break;
  }
  return text;
}

auto TestsOf(const Suite &suite, const Gate &gate) -> std::string {
  for (const acceptance::Promise &promise : suite.promises) {
    if (promise.figure == gate.figure && !promise.tests.empty()) return "`" + promise.tests.front() + "`";
  }
  return "";
}

void AddPromises(output::Lines &lines, const Suite &suite) {
  lines.Gap();
  lines.Add(0, "## What the plan promises, and what looks after it");
  lines.Gap();
  lines.Add(0, "| promise | plan line | test |");
  lines.Add(0, "|---|---|---|");
  for (const acceptance::Promise &promise : suite.promises) {
    if (!promise.figure.empty()) continue;  // is among the limits
    std::string tests;
    for (const std::string &test : promise.tests) tests += (tests.empty() ? "`" : ", `") + test + "`";
    if (!promise.untested.empty()) tests = "none: " + Cell(promise.untested);
    lines.Add(0, "| " + Cell(promise.text) + " | " + Cell(promise.place) + " | " + tests + " |", promise.because);
  }
}

auto LowGates(const Suite &suite) -> int64_t {
  return llvm::count_if(suite.gates, [](const Gate &gate) { return gate.confidence == acceptance::Confidence::Low; });
}

void AddGates(output::Lines &lines, const Suite &suite) {
  if (suite.gates.empty()) return;
  lines.Gap();
  lines.Add(0, "## Limits, and why they are as they are");
  lines.Gap();
  lines.Add(0, suite.shape.line ? "Rates are of one direction, of data without headers."
                                : "Rates are of one direction and of one GPU or port; collectives by busbw; times are of 8 bytes.");
  if (LowGates(suite) > 0) lines.Add(0, "What is never refused is of low confidence: see Baseline.");
  lines.Gap();
  lines.Add(0, "| figure | refused | warned of | why | confidence | test | plan line |");
  lines.Add(0, "|---|---|---|---|---|---|---|");
  for (const Gate &gate : suite.gates) {
    const bool is_low = gate.confidence == acceptance::Confidence::Low;
    const auto limit = [&](const base::Rational &value) {
      return (gate.is_most ? "above " : "below ") + Short(value) + " " + UnitName(gate.unit);
    };
    lines.Add(0, "| " + Cell(gate.figure) + " | " + (is_low ? "no" : limit(gate.fail)) + " | " +
                     limit(is_low ? gate.fail : gate.warn) + " | " + Cell(gate.formula) + " | " +
                     ConfidenceName(gate.confidence) + " | " + TestsOf(suite, gate) + " | " + Cell(gate.place) + " |",
              gate.because);
  }
  lines.Gap();
  lines.Add(0, "The sources of each are in `expect/expected.json`; `groma why " + suite.shape.pool +
                   ".gate.FIGURE` walks from a limit to the lines behind it.");
}

void AddRuns(output::Lines &lines, const Suite &suite) {
  const std::string program = Plain(suite.shape.pool) + "_acceptance";
  lines.Gap();
  lines.Add(0, "## How to run it");
  lines.Gap();
  lines.Add(0, "```sh");
  lines.Add(0, "cmake -S . -B build && cmake --build build -j   # says whether it found CUDA and NCCL; NCCL_ROOT says where NCCL is");
  lines.Add(0, "build/" + program + " --backend sim --tier smoke   # no GPU: shows that the suite itself works");
  if (suite.shape.line) AddLineCalls(lines, suite);
  for (const std::string &launcher : suite.launchers) {
    if (launcher == "slurm") lines.Add(0, "sbatch launch/slurm.sbatch accept");
    if (launcher == "mpi") lines.Add(0, "bash launch/mpirun.sh HOSTFILE accept");
    if (launcher == "ssh") lines.Add(0, "bash launch/ssh.sh HOSTFILE accept");
    if (launcher == "kubernetes") lines.Add(0, "kubectl apply -f launch/kubernetes.yaml   # after IMAGE is set; the log of pod 0 ends with the report");
  }
  lines.Add(0, "```");
  lines.Gap();
  lines.Add(0, "Tiers: `smoke` takes minutes, `accept` up to an hour, `burn` hours. Exit codes: 0 all passed, 1 something failed, 2 usage,");
  lines.Add(0, "3 something could not be decided, 4 the suite itself broke. Reports (JSON, JUnit, SARIF, Prometheus, Markdown, HTML) are in `--out`.");
  if (suite.shape.line) AddLineHints(lines);
}

void AddBaseline(output::Lines &lines, const Suite &suite) {
  const auto low = LowGates(suite);
  if (low == 0) return;
  lines.Gap();
  lines.Add(0, "## Baseline");
  lines.Gap();
  lines.Add(0, std::to_string(low) + (low == 1 ? " limit is" : " limits are") +
                   " of low confidence: nobody measured enough, so missing them only warns. Each run writes");
  lines.Add(0, "`baseline.groma` into `--out`: what was measured of those, as `expect` lines. Run `accept` once on hardware that you take for");
  lines.Add(0, "sound, read the lines (one that is beyond today's limit says so), and put them into the plan: the file as it is beside the");
  lines.Add(0, "plan's other files, or its lines into the suite that the plan has of this pool. `groma compile` then writes limits that refuse.");
}

void AddLimits(output::Lines &lines, const Suite &suite) {
  const acceptance::Shape &shape = suite.shape;
  lines.Gap();
  lines.Add(0, "## What it does not test");
  lines.Gap();
  if (shape.slices > 1) {
    lines.Add(0, "- These are shares of a card (1/" + std::to_string(shape.slices) +
                     "): what the whole card can do is no measure for them, so rates have no limits here.");
  }
  if (shape.domain < 2) {
    lines.Add(0, "- No NVLink joins the GPUs: there are no limits for what they do together over the bus of the host.");
  }
  if (shape.units() < 2) {
    lines.Add(0, "- The pool is one domain: nothing is said of a network between several.");
  } else if (shape.fabric == acceptance::Fabric::Ethernet) {
    lines.Add(0, "- The fabric is plain Ethernet without remote memory access: TCP is what it has, and counts as right.");
  }
  if (shape.units() >= 2 && suite.Find("all_reduce_across_latency") == nullptr) {
    lines.Add(0, "- How long a few bytes take between nodes: nobody says it for this fabric, so there is no limit.");
  }
  for (const char *figure : {"host_to_device", "memory", "all_to_all_across"}) {
    const bool applies = std::string(figure) != "all_to_all_across" || shape.units() >= 2;
    if (applies && suite.Find(figure) == nullptr) {
      lines.Add(0, "- `" + std::string(figure) + "`: nobody says what it must reach; it has no limit.");
    }
  }
  std::string unlimited;
  for (const acceptance::Dtype &dtype : acceptance::kDtypes) {
    if (shape.sm < dtype.least_sm || suite.Find(dtype.figure) != nullptr) continue;
    unlimited += std::string(unlimited.empty() ? "`" : ", `") + dtype.figure + "`";
  }
  if (!unlimited.empty()) {
    lines.Add(0, "- How fast products of " + unlimited +
                     " must be: nobody says it, so there is no limit. They are run and told, and must be right to the bit.");
  }
  lines.Add(0, "- Storage, users' networks, and how long things hold: those show in operation.");
}

}  // namespace

auto ReadmeFile(const Suite &suite, const std::vector<TestFile> &tests) -> output::File {
  const acceptance::Shape &shape = suite.shape;
  output::Lines lines;
  lines.Because(suite.because);
  if (shape.line) {
    AddLineTitle(lines, suite, tests.size());
    AddPromises(lines, suite);
    AddGates(lines, suite);
    AddRuns(lines, suite);
    AddLineLimits(lines, suite);
    return lines.Take("README.md");
  }
  lines.Add(0, "# Acceptance of `" + shape.pool + "` at `" + shape.site + "`");
  lines.Gap();
  const std::string joined =
      shape.domain >= 2 ? " in NVLink domains of " + std::to_string(shape.domain) : " without NVLink";
  lines.Add(0, std::to_string(shape.nodes) + (shape.nodes == 1 ? " node of " : " nodes of ") + Cell(shape.sku) + ", " +
                   std::to_string(shape.world()) + (shape.world() == 1 ? " GPU (" : " GPUs (") + Cell(shape.gpu) + ")" +
                   joined + ". " + std::to_string(tests.size()) +
                   " tests in `tests/`, one file each; `src/expect.h` has the limits.");
  AddPromises(lines, suite);
  AddGates(lines, suite);
  AddRuns(lines, suite);
  AddBaseline(lines, suite);
  AddLimits(lines, suite);
  return lines.Take("README.md");
}

}  // namespace groma::emit::validation
