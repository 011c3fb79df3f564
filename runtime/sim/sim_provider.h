// SPDX-License-Identifier: Apache-2.0
// Makes simulated pools.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "core/provider.h"

namespace groma::runtime {

auto MakeSimProvider(const Options &options, const Shape &shape)
    -> std::variant<std::unique_ptr<Provider>, std::string>;
// Why there is no such pool: a GPU that is not known, a fault that cannot be read.
auto WhyNoSim(const Options &options, const Shape &shape) -> std::string;

}  // namespace groma::runtime
