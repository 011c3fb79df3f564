// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <thread>

#include "cuda/timing.h"

namespace groma::runtime::cuda {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned long long kHoldNanoseconds = 2000000000ull;

struct Flags {
  int open;
  int gave_up;
};

__device__ unsigned long long Now() {
  unsigned long long now;
  asm volatile("mov.u64 %0, %%globaltimer;" : "=l"(now));
  return now;
}

__global__ void __launch_bounds__(1) HoldKernel(volatile Flags *flags, unsigned long long limit) {
  const unsigned long long start = Now();
  while (flags->open == 0) {
    if (Now() - start > limit) {
      flags->gave_up = 1;
      return;
    }
  }
}

// Times of `repeats` repeats that fit on the stream at once.
void MeasurePart(cudaStream_t stream, Hold &hold, const Timing &timing, int repeats,
                 const Enqueue &enqueue, const Watch &watch, std::vector<Seconds> &times) {
  std::vector<Event> marks(static_cast<size_t>(repeats) + 1);
  if (timing.rules.holds) hold.Close(stream);
  enqueue(1);  // what starts unevenly, at several ranks for instance, is not timed
  marks[0].Record(stream);
  for (int repeat = 1; repeat <= repeats; ++repeat) {
    enqueue(timing.batch);
    marks[static_cast<size_t>(repeat)].Record(stream);
  }
  hold.Open();
  Await(marks.back(), timing.rules.limit, watch);
  if (hold.gave_up()) throw Fault("the stream was not filled in time: a launch waited for it");
  for (size_t i = 1; i < marks.size(); ++i) {
    float milliseconds = 0;
    GROMA_CHECK(cudaEventElapsedTime(&milliseconds, marks[i - 1].get(), marks[i].get()));
    const double seconds = static_cast<double>(milliseconds) / 1000 / timing.batch;
    if (!(seconds > 0)) throw Fault("a measured time is not above zero");
    times.push_back({seconds});
  }
}

}  // namespace

Hold::Hold() : flags_(sizeof(Flags)) { *flags_.as<Flags>() = {1, 0}; }

void Hold::Close(cudaStream_t stream) {
  auto *flags = flags_.as<volatile Flags>();
  flags->open = 0;
  flags->gave_up = 0;
  HoldKernel<<<1, 1, 0, stream>>>(flags, kHoldNanoseconds);
  GROMA_CHECK_LAUNCH();
}

void Hold::Open() { flags_.as<volatile Flags>()->open = 1; }

auto Hold::gave_up() const -> bool { return flags_.as<volatile Flags>()->gave_up != 0; }

void Await(const Event &event, double limit, const Watch &watch) {
  const auto start = Clock::now();
  while (true) {
    const cudaError_t state = cudaEventQuery(event.get());
    if (state == cudaSuccess) return;
    if (state != cudaErrorNotReady) GROMA_CHECK(state);
    const double waited = std::chrono::duration<double>(Clock::now() - start).count();
    if (waited > limit) {
      if (watch) watch(true);
      throw Fault("the GPU did not finish in " + std::to_string(static_cast<int>(limit)) +
                  " seconds");
    }
    if (waited > 0.001) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (watch && waited > 0.001) watch(false);
  }
}

auto Measure(cudaStream_t stream, const Timing &timing, const Enqueue &enqueue, const Watch &watch)
    -> std::vector<Seconds> {
  Hold hold;
  // Once through all of it: kernels are loaded at their first launch, which a held stream may stop.
  if (timing.rules.holds) hold.Close(stream);
  hold.Open();
  enqueue(timing.warmups);
  Event ready;
  ready.Record(stream);
  Await(ready, timing.rules.limit, watch);
  std::vector<Seconds> times;
  const int at_once = std::max(1, timing.queued / std::max(1, timing.batch));
  for (int done = 0; done < timing.repeats; done += at_once)
    MeasurePart(stream, hold, timing, std::min(at_once, timing.repeats - done), enqueue, watch,
                times);
  return times;
}

auto MedianOf(const std::vector<Seconds> &times) -> Seconds {
  if (times.empty()) throw Fault("nothing was timed");
  std::vector<double> values;
  for (const Seconds time : times) values.push_back(time.value);
  std::sort(values.begin(), values.end());
  return {(values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2};
}

auto FasterOf(std::vector<Seconds> a, std::vector<Seconds> b) -> std::vector<Seconds> {
  return MedianOf(a).value <= MedianOf(b).value ? a : b;
}

}  // namespace groma::runtime::cuda
