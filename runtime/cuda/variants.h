// SPDX-License-Identifier: Apache-2.0
// What NCCL is told by its environment. It reads that once, so a process is for one variant.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

auto EnvironmentOf(Variant variant) -> std::vector<std::pair<std::string, std::string>>;
// Sets it for this process, and has NCCL write what it does into the file `log`. Before any thread
// is started, and before any call of NCCL.
void ApplyVariant(Variant variant, const std::string &log);
auto NameOf(Variant variant) -> const char *;

}  // namespace groma::runtime::cuda
