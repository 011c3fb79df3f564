// SPDX-License-Identifier: Apache-2.0
// Runs of the sample suite in this process.
#pragma once

#include <string>
#include <vector>

#include "core/options.h"
#include "core/record.h"
#include "sample_suite.h"

namespace groma::runtime::sample {

struct PlayOptions {
  int nodes = 1;
  uint64_t seed = 1;
  std::vector<std::string> faults;  // texts of fault files
  std::vector<std::string> tests;
  int patience = 120;
  int ranks = 0;  // 0 = those of the pool
};
auto Play(const PlayOptions &options) -> RunRecord;
auto PlayOn(const Suite &suite, const PlayOptions &options) -> RunRecord;

// All that is not good, a line each.
auto Complaints(const RunRecord &record) -> std::string;

}  // namespace groma::runtime::sample
