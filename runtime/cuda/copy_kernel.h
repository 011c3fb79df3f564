// SPDX-License-Identifier: Apache-2.0
// A copy by the multiprocessors, where copy engines are the other way.
#pragma once

#include <cuda_runtime.h>

#include <cstddef>

namespace groma::runtime::cuda {

// Both at addresses and of a length that are multiples of 16. Reads and writes in words of 16
// bytes, several of which are on their way for each thread.
void CopyBySm(void *to, const void *from, size_t bytes, cudaStream_t stream);

}  // namespace groma::runtime::cuda
