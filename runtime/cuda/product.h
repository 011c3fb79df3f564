// SPDX-License-Identifier: Apache-2.0
// Operands of a matrix product, and the checks of its result. C (rows x columns) = A^T B, where
// both operands have `depth` contiguous: the layout that every format allows.
#pragma once

#include <cuda_runtime.h>

#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

// What elements of C are stored as.
enum class Result { kF64, kF32, kF16, kBf16, kI32 };

struct Product {
  Dtype dtype;
  Result result;
  uint64_t rows, columns, depth;
  double relative;  // how far an element may be off by rounding, as a part of itself
};

auto OperandBytes(Dtype dtype, uint64_t elements) -> uint64_t;
auto ResultBytes(Result result, uint64_t elements) -> uint64_t;

// Random numbers of the format. The same seed gives the same bits on every GPU.
void FillOperand(Dtype dtype, void *operand, uint64_t elements, uint64_t seed, cudaStream_t stream);

// Whether C is A^T B, by Freivalds.
auto IsRight(const Product &product, const void *a, const void *b, const void *c,
             cudaStream_t stream) -> bool;

// Of the bits; bytes must be a multiple of four.
auto Checksum(const void *data, uint64_t bytes, cudaStream_t stream) -> uint64_t;

}  // namespace groma::runtime::cuda
