// SPDX-License-Identifier: Apache-2.0
// Products at the speed that the GPU reaches, and their bits.
#pragma once

#include <functional>

#include "cuda/nvml.h"
#include "cuda/product.h"
#include "cuda/timing.h"

namespace groma::runtime::cuda {

// The product by which a format is measured on a GPU of such a compute capability (90), or why it
// has none.
auto ProductOf(Dtype dtype, int capability) -> Maybe<Product>;

auto RunGemm(const Product &product, int repeats, const TimingRules &rules, Nvml &nvml) -> GemmRun;

}  // namespace groma::runtime::cuda
