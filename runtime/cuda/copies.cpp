// SPDX-License-Identifier: Apache-2.0
#include "cuda/copies.h"

#include <cstring>

#include "cuda/affinity.h"
#include "cuda/copy_kernel.h"

namespace groma::runtime::cuda {
namespace {

// As nvbandwidth does it: one sample is the mean of so many copies.
constexpr int kBatch = 16;

auto TimingOf(int repeats, const TimingRules &rules) -> Timing {
  Timing timing;
  timing.repeats = repeats;
  timing.batch = kBatch;
  timing.rules = rules;
  return timing;
}

void Copy(void *to, const void *from, size_t bytes, cudaMemcpyKind kind, const Stream &stream) {
  GROMA_CHECK(cudaMemcpyAsync(to, from, bytes, kind, stream.get()));
}

// Memory whose pages are there, near the thread's CPU.
auto TouchedMemory(size_t bytes) -> PinnedMemory {
  PinnedMemory memory(bytes);
  std::memset(memory.as(), 0x5A, bytes);
  return memory;
}

}  // namespace

auto TimeHostCopies(Direction direction, Bytes bytes, int repeats, const TimingRules &rules,
                    const std::string &cpus) -> std::vector<Seconds> {
  const NearCpus near(cpus);
  const size_t size = bytes.value;
  const PinnedMemory up_host = TouchedMemory(size);
  const PinnedMemory down_host = TouchedMemory(size);
  const DeviceMemory up_device(size);
  const DeviceMemory down_device(size);
  const Stream up;
  const Stream down;
  GROMA_CHECK(cudaMemset(down_device.as(), 0x5A, size));
  GROMA_CHECK(cudaDeviceSynchronize());
  const Timing timing = TimingOf(repeats, rules);
  const auto upwards = [&](int n) {
    for (int i = 0; i < n; ++i)
      Copy(up_device.as(), up_host.as(), size, cudaMemcpyHostToDevice, up);
  };
  const auto downwards = [&](int n) {
    for (int i = 0; i < n; ++i)
      Copy(down_host.as(), down_device.as(), size, cudaMemcpyDeviceToHost, down);
  };
  if (direction == Direction::kHostToDevice) return Measure(up.get(), timing, upwards);
  if (direction == Direction::kDeviceToHost) return Measure(down.get(), timing, downwards);
  // Both start together, and a sample ends when the slower one is done.
  const Event start(cudaEventDisableTiming);
  const Event end(cudaEventDisableTiming);
  return Measure(up.get(), timing, [&](int n) {
    start.Record(up.get());
    GROMA_CHECK(cudaStreamWaitEvent(down.get(), start.get(), 0));
    upwards(n);
    downwards(n);
    end.Record(down.get());
    GROMA_CHECK(cudaStreamWaitEvent(up.get(), end.get(), 0));
  });
}

auto TimePeerCopies(int device, int peer, Bytes bytes, int repeats, const TimingRules &rules)
    -> std::vector<Seconds> {
  int can = 0;
  GROMA_CHECK(cudaDeviceCanAccessPeer(&can, device, peer));
  if (can == 0)
    throw Fault("GPU " + std::to_string(device) + " cannot reach the memory of GPU " +
                std::to_string(peer) + " (no peer access)");
  const size_t size = bytes.value;
  const DeviceMemory from(size);
  GROMA_CHECK(cudaMemset(from.as(), 0x5A, size));
  GROMA_CHECK(cudaDeviceSynchronize());
  const cudaError_t enabled = cudaDeviceEnablePeerAccess(peer, 0);
  if (enabled == cudaErrorPeerAccessAlreadyEnabled) {
    static_cast<void>(cudaGetLastError());
  } else {
    GROMA_CHECK(enabled);
  }
  DeviceMemory to;
  {
    const OnDevice there(peer);
    to = DeviceMemory(size);
  }
  const Stream stream;
  const Timing timing = TimingOf(repeats, rules);
  auto by_engine = Measure(stream.get(), timing, [&](int n) {
    for (int i = 0; i < n; ++i)
      GROMA_CHECK(cudaMemcpyPeerAsync(to.as(), peer, from.as(), device, size, stream.get()));
  });
  auto by_sm = Measure(stream.get(), timing, [&](int n) {
    for (int i = 0; i < n; ++i) CopyBySm(to.as(), from.as(), size, stream.get());
  });
  return FasterOf(by_engine, by_sm);
}

auto TimeMemoryCopies(Bytes bytes, int repeats, const TimingRules &rules) -> std::vector<Seconds> {
  const size_t size = bytes.value;
  const DeviceMemory from(size);
  const DeviceMemory to(size);
  const Stream stream;
  GROMA_CHECK(cudaMemset(from.as(), 0x5A, size));
  GROMA_CHECK(cudaDeviceSynchronize());
  const Timing timing = TimingOf(repeats, rules);
  auto by_cuda = Measure(stream.get(), timing, [&](int n) {
    for (int i = 0; i < n; ++i) Copy(to.as(), from.as(), size, cudaMemcpyDeviceToDevice, stream);
  });
  auto by_sm = Measure(stream.get(), timing, [&](int n) {
    for (int i = 0; i < n; ++i) CopyBySm(to.as(), from.as(), size, stream.get());
  });
  return FasterOf(by_cuda, by_sm);
}

}  // namespace groma::runtime::cuda
