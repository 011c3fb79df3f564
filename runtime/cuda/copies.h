// SPDX-License-Identifier: Apache-2.0
// Copies between a host and its GPU, between GPUs of a node, and within the memory of one.
#pragma once

#include <string>
#include <vector>

#include "cuda/timing.h"
#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

// `cpus` are those near the GPU ("0-27,56-83"), where the host's memory is taken; "" = anywhere.
auto TimeHostCopies(Direction direction, Bytes bytes, int repeats, const TimingRules &rules,
                    const std::string &cpus) -> std::vector<Seconds>;

// Writes to GPU `peer`, by copy engine and by multiprocessors, whichever is faster.
auto TimePeerCopies(int device, int peer, Bytes bytes, int repeats, const TimingRules &rules)
    -> std::vector<Seconds>;

// Copies within the memory, by what CUDA does for cudaMemcpyAsync and by a kernel, whichever is
// faster. The memory moves twice `bytes`: it reads them and writes them.
auto TimeMemoryCopies(Bytes bytes, int repeats, const TimingRules &rules) -> std::vector<Seconds>;

}  // namespace groma::runtime::cuda
