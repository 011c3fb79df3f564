// SPDX-License-Identifier: Apache-2.0
// Processes of a run, joined by TCP to the first of them.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/group.h"

namespace groma::runtime {

struct StarOptions {
  int process = 0;  // 0 is the middle
  int processes = 1;
  int ranks_per_process = 1;
  std::string host;
  int port = 0;
  std::string suite;  // those who were made from another plan are refused
  std::chrono::milliseconds patience{};
};

// Throws Lost if a process does not come, or is another than was asked for.
auto MakeStar(const StarOptions &options) -> std::unique_ptr<Upstream>;

}  // namespace groma::runtime
