// SPDX-License-Identifier: Apache-2.0
#include "groma/runtime/suite.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>

#include "core/date.h"
#include "core/names.h"
#include "core/pack.h"
#include "core/provider.h"
#include "core/runner.h"
#include "report/environment.h"
#include "report/report.h"

extern char **environ;

namespace groma::runtime {
namespace {

auto Code(Exit exit) -> int { return static_cast<int>(exit); }

auto Complain(Exit exit, const std::string &text) -> int {
  std::fprintf(stderr, "%s\n", text.c_str());
  return Code(exit);
}

void List(const Suite &suite) {
  for (const Test &test : suite.tests) {
    std::vector<std::string> variants;
    for (const Variant variant : test.variants) variants.emplace_back(NameOf(variant));
    if (variants.empty()) variants.emplace_back(NameOf(Variant::kDefault));
    std::printf("%-24s %-7s %-40s %s\n", test.name, NameOf(test.tier), Join(variants, ",").c_str(),
                test.title);
  }
}

// A suite that cannot be run as it was written is a fault of who wrote it.
auto WhyUnusable(const Suite &suite) -> std::string {
  if (!suite.shape || suite.shape->nodes < 1 || suite.shape->gpus_per_node < 1) {
    return "the suite has no pool";
  }
  std::set<std::string> names;
  for (const Test &test : suite.tests) {
    if (!test.run || !names.insert(test.name).second) {
      return std::string("the suite has a test twice, or without a body: ") + test.name;
    }
  }
  for (const Waiver &waiver : suite.waivers) {
    if (!IsDay(waiver.until)) {
      return std::string("the waiver of ") + waiver.gate + " ends on no day: " + waiver.until;
    }
  }
  return names.empty() ? "the suite has no tests" : "";
}

auto IsTest(const Suite &suite, const std::string &name) -> bool {
  return std::any_of(suite.tests.begin(), suite.tests.end(),
                     [&](const Test &test) { return name == test.name; });
}

// How many ranks each process has, where that was not said.
auto RanksPerProcess(const Suite &suite, const Options &options) -> int {
  if (options.ranks_per_process > 0) return options.ranks_per_process;
  if (options.backend == "cuda") return 1;
  return std::max(1, suite.shape->world() / options.processes);
}

void MakeFolders(const std::string &path) {
  for (size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    mkdir(path.substr(0, slash).c_str(), 0777);
    if (slash == std::string::npos) return;
  }
}

auto Describe(const Suite &suite, const Options &options) -> RunRecord {
  RunRecord record;
  const Shape &shape = *suite.shape;
  record.pool = shape.pool;
  record.site = shape.site;
  record.sku = shape.sku;
  record.gpu = shape.gpu;
  if (shape.is_line()) record.gpu += std::string(" > ") + shape.line.ends[1].gpu;
  record.fabric = NameOf(shape.fabric);
  record.nodes = shape.nodes;
  record.gpus_per_node = shape.gpus_per_node;
  record.domain = shape.domain;
  record.plan = suite.plan;
  record.groma = suite.groma;
  record.expected = suite.expected ? suite.expected : "";
  record.backend = options.backend;
  record.tier = NameOf(options.tier);
  record.seed = options.seed;
  record.faults = options.faults;
  record.started = FormatMoment(options.now.value_or(Now()));
  record.ranks = options.processes * options.ranks_per_process;
  record.environment = AllowedEnvironment(environ);
  return record;
}

void AddUntested(const Suite &suite, const Options &options, RunRecord &record) {
  if (options.backend == "sim") {
    record.untested.emplace_back(suite.shape->is_line()
                                     ? "No hardware: a model of the line was asked, not the line."
                                     : "No hardware: a model of the pool was asked, not the pool.");
  }
  if (record.ranks == 1) {
    record.untested.emplace_back(
        "One rank uses no link: nothing is said of NVLink or the network.");
  }
  std::vector<std::string> later;
  for (const Test &test : suite.tests) {
    if (test.tier > options.tier) later.emplace_back(test.name);
  }
  if (!later.empty()) {
    record.untested.push_back("Only later tiers run: " + Join(later, ", ") + ".");
  }
  if (!options.tests.empty()) {
    record.untested.push_back("Only what was asked for by name ran: " + Join(options.tests, ", ") +
                              ".");
  }
}

void Print(const RunRecord &record, const std::string &out) {
  for (const CheckRecord &check : record.checks) {
    for (const Finding &finding : check.findings) {
      if (finding.verdict == Verdict::kPass) continue;
      std::printf("%-12s %s [%s] %s: %s: %s%s\n", NameOf(finding.verdict), check.test.c_str(),
                  check.variant.c_str(), check.name.c_str(), finding.component.c_str(),
                  finding.says.c_str(),
                  finding.isolated.empty() ? "" : (" (" + finding.isolated + ")").c_str());
    }
  }
  std::printf("%s %s/%s: %zu tests, %zu checks; reports in %s\n", NameOf(record.verdict()),
              record.site.c_str(), record.pool.c_str(), record.tests.size(), record.checks.size(),
              out.c_str());
  if (const int figures = BaselineCount(record); figures > 0) {
    std::printf("Figures without a limit that refuses: %d; for the plan: %s/baseline.groma\n",
                figures, out.c_str());
  }
}

auto RunAsChild(const Suite &suite, const Options &options) -> int {
  const RunRecord record = RunVariant(suite, options, *options.child, 0);
  const std::string path = PartPath(options, *options.child);
  std::ofstream file(path, std::ios::binary);
  file << Pack(record);
  file.close();
  return file ? Code(ExitOf(record.verdict())) : Complain(Exit::kFault, "cannot write " + path);
}

}  // namespace

auto RunSuite(const Suite &suite, int argc, char **argv) -> int {
  const std::vector<std::string> arguments(argv + std::min(1, argc), argv + argc);
  const auto parsed = ParseOptions(arguments, [](const char *name) { return std::getenv(name); });
  if (const auto *wrong = std::get_if<std::string>(&parsed)) {
    return Complain(Exit::kUsage, *wrong + "; --help tells more");
  }
  Options options = std::get<Options>(parsed);
  if (options.is_help) {
    std::fputs(UsageText().c_str(), stdout);
    return Code(Exit::kPass);
  }
  if (const std::string why = WhyUnusable(suite); !why.empty()) {
    return Complain(Exit::kFault, why);
  }
  if (options.is_list) {
    List(suite);
    return Code(Exit::kPass);
  }
  for (const std::string &name : options.tests) {
    if (!IsTest(suite, name)) {
      return Complain(Exit::kUsage, "there is no test '" + name + "'; --list names them");
    }
  }
  options.ranks_per_process = RanksPerProcess(suite, options);
  const std::vector<Variant> variants = VariantsOf(suite, options);
  if (variants.empty()) {
    return Complain(Exit::kUsage, "no test that was asked for runs in this tier");
  }
  // Whatever would keep a back end from starting is told before anything runs.
  if (const std::string why = WhyNoBackend(options, *suite.shape); !why.empty()) {
    return Complain(Exit::kUsage, why);
  }
  MakeFolders(options.out);
  if (access(options.out.c_str(), W_OK | X_OK) != 0) {
    return Complain(Exit::kFault, "cannot write to " + options.out);
  }
  if (options.child) return RunAsChild(suite, options);

  RunRecord record = Describe(suite, options);
  const bool has_children = options.backend == "cuda" || options.has_child_per_variant;
  for (size_t i = 0; i < variants.size(); ++i) {
    const int index = static_cast<int>(i);
    Merge(record, has_children ? RunChild(suite, options, variants[i], index, arguments)
                               : RunVariant(suite, options, variants[i], index));
  }
  AddUntested(suite, options, record);
  if (options.process == 0) {
    if (const std::string why = WriteReports(record, options.out); !why.empty()) {
      return Complain(Exit::kFault, why);
    }
    Print(record, options.out);
  }
  return Code(ExitOf(record.verdict()));
}

}  // namespace groma::runtime
