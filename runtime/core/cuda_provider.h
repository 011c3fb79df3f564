// SPDX-License-Identifier: Apache-2.0
// Real GPUs, one for each process. Only where the runtime is built with CUDA.
#pragma once

#include "core/provider.h"

namespace groma::runtime {

auto MakeCudaProvider(const Options &options, const Shape &shape, Variant variant)
    -> std::variant<std::unique_ptr<Provider>, std::string>;

}  // namespace groma::runtime
