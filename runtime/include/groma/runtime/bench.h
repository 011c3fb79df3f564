// SPDX-License-Identifier: Apache-2.0
// What a test works with. Every rank runs every test; what a function returns is the same at all of
// them, and one of them writes down what `Judge` and `Require` say.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "groma/runtime/backend.h"
#include "groma/runtime/gate.h"
#include "groma/runtime/samples.h"
#include "groma/runtime/shape.h"
#include "groma/runtime/verdict.h"

namespace groma::runtime {

enum class Tier { kSmoke, kAccept, kBurn };

// Results of one collective over sizes. busbw = bytes / time * factor, as nccl-tests defines it.
struct Curve {
  Collective op;
  Scope scope;
  struct Point {
    Bytes bytes;
    Samples<GigabytesPerSecond> busbw;
    Samples<Microseconds> time;
  };
  std::vector<Point> points;

  // The point of the largest size, of at least `least` bytes; nothing measured there is told by its
  // `missing`.
  auto Plateau(Bytes least) const -> Samples<GigabytesPerSecond>;
  // The time of the smallest size.
  auto Latency() const -> Samples<Microseconds>;
};

class Bench {
 public:
  virtual ~Bench() = default;

  virtual auto shape() const -> const Shape & = 0;
  virtual auto variant() const -> Variant = 0;
  virtual auto tier() const -> Tier = 0;
  // All GPUs; those of one NVLink domain, one scope for each rank; those with the same place in
  // their domain.
  virtual auto World() -> Scope = 0;
  virtual auto Domain() -> Scope = 0;
  virtual auto Rail() -> Scope = 0;

  // One entry for each GPU ("node0/gpu3") or ordered pair ("node0/gpu3>gpu5").
  virtual auto CopyHost(Direction direction, Bytes bytes) -> Fleet<GigabytesPerSecond> = 0;
  virtual auto CopyPeers(Bytes bytes) -> Fleet<GigabytesPerSecond> = 0;
  virtual auto CopyMemory(Bytes bytes) -> Fleet<GigabytesPerSecond> = 0;
  virtual auto Gemm(Dtype dtype) -> Fleet<TeraOperations> = 0;
  virtual auto NvLinkCount() -> Fleet<Count> = 0;
  virtual auto NvLinkRate() -> Fleet<GigabytesPerSecond> = 0;
  virtual auto PortRate() -> Fleet<GigabitsPerSecond> = 0;  // "node0/nic3"
  // Between neighbouring domains over each rail, the network only: "node0/nic3>node1/nic3".
  virtual auto SendRails(Bytes bytes) -> Fleet<GigabitsPerSecond> = 0;
  // Over a line, one entry for each direction ("line hub, ams > weu"): one after the other, then
  // both at once.
  virtual auto SendLine(Bytes bytes) -> Fleet<GigabitsPerSecond> = 0;
  virtual auto SendLineBothWays(Bytes bytes) -> Fleet<GigabitsPerSecond> = 0;
  // A few bytes there and back.
  virtual auto RoundTrip() -> Fleet<Microseconds> = 0;
  // One entry for each rank: how much later than the median it arrives; than the first, where there
  // are two.
  virtual auto Lateness() -> Fleet<Microseconds> = 0;
  virtual auto Sweep(Collective op, const Scope &scope, Bytes from, Bytes to) -> Curve = 0;

  // Judges by an absolute gate, each component by itself.
  virtual void Judge(const Gate<GigabytesPerSecond> &gate,
                     const Fleet<GigabytesPerSecond> &fleet) = 0;
  virtual void Judge(const Gate<GigabitsPerSecond> &gate,
                     const Fleet<GigabitsPerSecond> &fleet) = 0;
  virtual void Judge(const Gate<TeraOperations> &gate, const Fleet<TeraOperations> &fleet) = 0;
  virtual void Judge(const Gate<Microseconds> &gate, const Fleet<Microseconds> &fleet) = 0;
  virtual void Judge(const Gate<Count> &gate, const Fleet<Count> &fleet) = 0;
  // Holds a figure against nothing, since nobody says what it may be; only that there is one.
  virtual void Tell(const char *name, const Fleet<Microseconds> &fleet) = 0;
  // Judges each component beside the others: the modified z-score by median and MAD, and by more
  // than `share` below the median.
  virtual void JudgeOutliers(const Fleet<GigabytesPerSecond> &fleet, double share) = 0;
  virtual void JudgeOutliers(const Fleet<GigabitsPerSecond> &fleet, double share) = 0;
  virtual void JudgeOutliers(const Fleet<TeraOperations> &fleet, double share) = 0;

  // Checks that are right or wrong. Each fails with the component that is at fault.
  virtual void RequireCensus() = 0;  // every GPU of the shape answers, and none else
  virtual void RequireExact(Collective op, const Scope &scope,
                            Bytes bytes) = 0;  // bits, NaN, the same sum at all ranks
  virtual void RequireLine(Bytes bytes) = 0;   // each way alone carries what was sent
  virtual void RequireExactGemm(
      Dtype dtype) = 0;                         // right, and the same bits at each repeat and GPU
  virtual void RequireMemory(Bytes bytes) = 0;  // march
  virtual void RequireTransport(
      const Scope &scope) = 0;     // the way that the shape's fabric asks for
  virtual void RequireHost() = 0;  // PCIe, versions, clocks, disks
  virtual void RequireHealthy(
      const std::function<void()> &load) = 0;  // counters before and after a load
};

}  // namespace groma::runtime
