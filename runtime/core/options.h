// SPDX-License-Identifier: Apache-2.0
// What the command line and the launcher ask for.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "groma/runtime/backend.h"
#include "groma/runtime/bench.h"

namespace groma::runtime {

struct Options {
  std::string backend = "cuda";
  Tier tier = Tier::kSmoke;
  std::vector<std::string> tests;  // none = all
  bool is_list = false;
  bool is_help = false;
  std::string out = "report";
  int process = 0;    // of the launcher: its rank
  int processes = 1;  // its world
  int local_rank = 0;
  int ranks_per_process = 0;  // 0 = as many as it takes for the pool
  std::string host;
  int port = 0;
  std::vector<std::string> faults;
  uint64_t seed = 1;
  std::optional<int64_t> now;
  int patience = 300;  // seconds that ranks wait for each other
  bool has_child_per_variant = false;
  std::optional<Variant> child;  // this process runs one variant for its parent
};

using Environment = std::function<const char *(const char *name)>;

// Options, or what is wrong with the arguments.
auto ParseOptions(const std::vector<std::string> &arguments, const Environment &environment)
    -> std::variant<Options, std::string>;
auto UsageText() -> std::string;

}  // namespace groma::runtime
