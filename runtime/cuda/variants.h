// SPDX-License-Identifier: Apache-2.0
// What NCCL is told by its environment. It reads that once, so a process is for one variant.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

using Setting = std::pair<std::string, std::string>;
auto EnvironmentOf(Variant variant) -> std::vector<Setting>;
// What fills a long line: one connection has no more under way than its window.
auto LineEnvironment() -> std::vector<Setting>;
// Sets it for this process, and has NCCL write what it does into the file `log`. Before any thread
// is started, and before any call of NCCL.
void ApplyVariant(Variant variant, const std::string &log);
// The same for a line. What somebody has set for it already stays.
void ApplyLine();
auto NameOf(Variant variant) -> const char *;

}  // namespace groma::runtime::cuda
