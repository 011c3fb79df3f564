// SPDX-License-Identifier: Apache-2.0
#include "cuda/check.h"
#include "cuda/copy_kernel.h"

namespace groma::runtime::cuda {
namespace {

constexpr int kThreads = 512;
constexpr int kInFlight = 4;

__global__ void __launch_bounds__(kThreads)
    CopyKernel(uint4 *__restrict__ to, const uint4 *__restrict__ from, size_t count) {
  const size_t stride = static_cast<size_t>(gridDim.x) * blockDim.x;
  size_t i = static_cast<size_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  for (; i + (kInFlight - 1) * stride < count; i += kInFlight * stride) {
    uint4 words[kInFlight];
#pragma unroll
    for (int k = 0; k < kInFlight; ++k) words[k] = from[i + k * stride];
#pragma unroll
    for (int k = 0; k < kInFlight; ++k) to[i + k * stride] = words[k];
  }
  for (; i < count; i += stride) to[i] = from[i];
}

auto BlocksOf() -> unsigned {
  int device = 0;
  int multiprocessors = 0;
  int blocks = 0;
  GROMA_CHECK(cudaGetDevice(&device));
  GROMA_CHECK(cudaDeviceGetAttribute(&multiprocessors, cudaDevAttrMultiProcessorCount, device));
  GROMA_CHECK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, CopyKernel, kThreads, 0));
  return static_cast<unsigned>(multiprocessors * blocks);
}

}  // namespace

void CopyBySm(void *to, const void *from, size_t bytes, cudaStream_t stream) {
  if (bytes % sizeof(uint4) != 0) throw Fault("a copy by words of 16 bytes needs whole ones");
  CopyKernel<<<BlocksOf(), kThreads, 0, stream>>>(
      static_cast<uint4 *>(to), static_cast<const uint4 *>(from), bytes / sizeof(uint4));
  GROMA_CHECK_LAUNCH();
}

}  // namespace groma::runtime::cuda
