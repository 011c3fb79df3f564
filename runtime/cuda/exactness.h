// SPDX-License-Identifier: Apache-2.0
// Fills what a rank sends in a collective, and compares what it received.
#pragma once

#include <cuda_runtime.h>

#include "cuda/closed_form.h"

namespace groma::runtime::cuda {

// Also fills `received` with NaN, so that words which nobody writes are seen.
void Prepare(const Form &form, uint32_t *sent, uint32_t *received, cudaStream_t stream);
auto Compare(const Form &form, const uint32_t *received, cudaStream_t stream) -> Exactness;

}  // namespace groma::runtime::cuda
