// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "cuda/march.h"
#include "cuda/memory_test.h"

namespace groma::runtime::cuda {
namespace {

constexpr int kThreads = 256;

struct Found {
  unsigned long long errors;
  unsigned long long first;  // index of the word
};

// Threads of a pass have no order among themselves; each goes up, or down, over its own words. What
// counts is that one pass is over before the next begins, and that both ends are reached last once.
__global__ void __launch_bounds__(kThreads)
    MarchKernel(Pass pass, volatile uint64_t *__restrict__ words, uint64_t count, Found *found) {
  const uint64_t stride = static_cast<uint64_t>(gridDim.x) * blockDim.x;
  for (uint64_t i = static_cast<uint64_t>(blockIdx.x) * blockDim.x + threadIdx.x; i < count;
       i += stride) {
    const uint64_t index = pass.is_down ? count - 1 - i : i;
    if (Visit(pass, words, index)) {
      atomicAdd(&found->errors, 1ull);
      atomicMin(&found->first, static_cast<unsigned long long>(index));
    }
  }
}

auto Blocks() -> unsigned {
  int device = 0;
  int multiprocessors = 0;
  GROMA_CHECK(cudaGetDevice(&device));
  GROMA_CHECK(cudaDeviceGetAttribute(&multiprocessors, cudaDevAttrMultiProcessorCount, device));
  return static_cast<unsigned>(multiprocessors) * 8;
}

}  // namespace

auto MarchOver(Bytes bytes, double limit, const Watch &watch) -> MarchRun {
  const uint64_t count = bytes.value / sizeof(uint64_t);
  if (count == 0) throw Fault("a march over no memory");
  size_t free = 0;
  size_t total = 0;
  GROMA_CHECK(cudaMemGetInfo(&free, &total));
  if (bytes.value > free)
    throw Fault("a march over " + std::to_string(bytes.value) + " bytes: only " +
                std::to_string(free) + " are free");
  const DeviceMemory memory(count * sizeof(uint64_t));
  const Tally<Found> found;
  const Stream stream;
  found.Set({0, std::numeric_limits<unsigned long long>::max()}, stream.get());
  for (int number = 0; number < kPasses; ++number) {
    MarchKernel<<<Blocks(), kThreads, 0, stream.get()>>>(PassAt(number), memory.as<uint64_t>(),
                                                         count, found.device());
    GROMA_CHECK_LAUNCH();
  }
  const Event end;
  end.Record(stream.get());
  Await(end, limit, watch);
  const Found result = found.Read(stream.get());
  MarchRun run;
  run.bytes = count * sizeof(uint64_t);
  run.errors = result.errors;
  run.first = result.errors == 0 ? 0 : result.first * sizeof(uint64_t);
  return run;
}

}  // namespace groma::runtime::cuda
