// SPDX-License-Identifier: Apache-2.0
#include "cuda/arrivals.h"

#include <chrono>

#include "cuda/copy_kernel.h"
#include "cuda/timing.h"

namespace groma::runtime::cuda {
namespace {

using Clock = std::chrono::steady_clock;

// From the host to the GPU, some kernels there, and back: CPU, PCIe, memory and launches all count.
constexpr size_t kBytes = size_t{4} << 20;
constexpr int kKernels = 20;

void Work(void *host, void *a, void *b, cudaStream_t stream) {
  GROMA_CHECK(cudaMemcpyAsync(a, host, kBytes, cudaMemcpyHostToDevice, stream));
  for (int i = 0; i < kKernels; ++i) {
    CopyBySm(b, a, kBytes, stream);
    CopyBySm(a, b, kBytes, stream);
  }
  GROMA_CHECK(cudaMemcpyAsync(host, a, kBytes, cudaMemcpyDeviceToHost, stream));
}

}  // namespace

auto TimeArrivals(const Scope &scope, const CudaOptions &options, int repeats)
    -> std::vector<Seconds> {
  if (scope.ranks.size() > 1 && options.exchange == nullptr)
    throw Fault("no way to reach the other ranks of " + scope.name);
  const PinnedMemory host(kBytes);
  const DeviceMemory a(kBytes);
  const DeviceMemory b(kBytes);
  const Stream stream;
  const Event end(cudaEventDisableTiming);
  std::vector<Seconds> times;
  for (int repeat = -2; repeat < repeats; ++repeat) {  // two for warming up
    if (scope.ranks.size() > 1) {
      const auto met = options.exchange->Meet(scope);
      if (const auto *missing = std::get_if<Missing>(&met)) throw Fault(missing->reason);
    }
    const auto start = Clock::now();
    Work(host.as(), a.as(), b.as(), stream.get());
    end.Record(stream.get());
    Await(end, options.timeout);
    if (repeat >= 0) times.push_back({std::chrono::duration<double>(Clock::now() - start).count()});
  }
  return times;
}

}  // namespace groma::runtime::cuda
