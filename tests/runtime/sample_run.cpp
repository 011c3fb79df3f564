// SPDX-License-Identifier: Apache-2.0
#include "sample_run.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "core/names.h"
#include "core/runner.h"

namespace groma::runtime::sample {

auto PlayOn(const Suite &suite, const PlayOptions &run) -> RunRecord {
  Options options;
  options.backend = "sim";
  options.seed = run.seed;
  options.tests = run.tests;
  options.patience = run.patience;
  options.now = 1795305600;
  options.ranks_per_process = run.ranks > 0 ? run.ranks : suite.shape->world();
  for (size_t i = 0; i < run.faults.size(); ++i) {
    const std::string path = ::testing::TempDir() + "fault." + std::to_string(getpid()) + "." +
                             std::to_string(i) + ".yaml";
    std::ofstream(path) << run.faults[i];
    options.faults.push_back(path);
  }
  RunRecord record;
  int index = 0;
  for (const Variant variant : VariantsOf(suite, options)) {
    Merge(record, RunVariant(suite, options, variant, index++));
  }
  for (const std::string &path : options.faults) unlink(path.c_str());
  return record;
}

auto Play(const PlayOptions &run) -> RunRecord {
  const Shape shape = ShapeOf(run.nodes);
  return PlayOn(SuiteOf(shape), run);
}

auto Complaints(const RunRecord &record) -> std::string {
  std::string lines;
  for (const CheckRecord &check : record.checks) {
    for (const Finding &finding : check.findings) {
      if (finding.verdict == Verdict::kPass) continue;
      lines += std::string(NameOf(finding.verdict)) + " " + check.test + " " + check.name + ": " +
               finding.component + ": " + finding.says + " (" + finding.isolated + ")\n";
    }
  }
  return lines;
}

}  // namespace groma::runtime::sample
