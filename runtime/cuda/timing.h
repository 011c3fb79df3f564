// SPDX-License-Identifier: Apache-2.0
// Times of work on a stream, by events. All of it is queued behind a kernel that holds the stream,
// so that no time contains a launch by the host, an allocation, or a gap.
#pragma once

#include <functional>
#include <vector>

#include "cuda/handles.h"
#include "groma/runtime/units.h"

namespace groma::runtime::cuda {

// A kernel that waits for the host, for two seconds at most: were it never opened, for instance
// because a launch waits for the stream, it ends by itself and what was timed counts for nothing.
class Hold {
 public:
  Hold();
  ~Hold() { Open(); }  // whatever was thrown in between
  Hold(const Hold &) = delete;
  auto operator=(const Hold &) -> Hold & = delete;
  void Close(cudaStream_t stream);
  void Open();
  auto gave_up() const -> bool;

 private:
  PinnedMemory flags_;
};

struct TimingRules {
  double limit = 120;  // seconds until what was queued counts as hung
  bool holds = true;   // false: the stream is not held, times count launches
};

struct Timing {
  int repeats = 0;
  int batch = 1;     // operations that one repeat is the mean of
  int warmups = 2;   // operations before all, not timed
  int queued = 128;  // operations on the held stream at once, which must not make a launch wait
  TimingRules rules;
};

// Puts so many operations on the stream.
using Enqueue = std::function<void(int operations)>;
// Called about every millisecond while the host waits, and once more when it gives up (`is_hung`):
// before memory is freed, which would wait for what hangs. May throw.
using Watch = std::function<void(bool is_hung)>;

// Waits for an event; a fault after `limit` seconds.
void Await(const Event &event, double limit, const Watch &watch = {});

// Seconds of one operation, for each repeat.
auto Measure(cudaStream_t stream, const Timing &timing, const Enqueue &enqueue,
             const Watch &watch = {}) -> std::vector<Seconds>;

// The times whose median is lower: of two ways to do the same.
auto FasterOf(std::vector<Seconds> a, std::vector<Seconds> b) -> std::vector<Seconds>;
auto MedianOf(const std::vector<Seconds> &times) -> Seconds;

}  // namespace groma::runtime::cuda
