// SPDX-License-Identifier: Apache-2.0
// What tests need of hardware, for one rank, which owns one GPU. `cuda` asks a real one, `sim` a
// model with faults. All ranks of a scope make the same collective calls in the same order. Nothing
// here judges, and nothing is ever made up: what cannot be had is `Missing`, with the reason.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "groma/runtime/units.h"

namespace groma::runtime {

struct Missing {
  std::string reason;
};
template <class T>
using Maybe = std::variant<T, Missing>;

enum class Dtype { kF64, kF32, kTf32, kF16, kBf16, kF8, kF4, kI8 };
enum class Collective {
  kAllReduce,
  kAllGather,
  kReduceScatter,
  kAllToAll,
  kSendReceive,
  kBroadcast
};
// How NCCL is to go about it. Each variant needs a process of its own: NCCL reads its environment
// once.
enum class Variant { kDefault, kNvlsOff, kNvlinkOnly, kNetworkOnly };
enum class Direction { kHostToDevice, kDeviceToHost, kBoth };

// Ranks that work together, in the order of the collective. Holds the rank that asks.
struct Scope {
  std::string name;  // "world", "domain 3", "rail 0"
  std::vector<int> ranks;
};

struct Identity {
  std::string host;
  std::string gpu;  // as the driver names it
  std::string serial;
  std::string driver, cuda, nccl;
  int node = 0;   // of the run, from 0
  int local = 0;  // index of the GPU in its node
  uint64_t memory = 0;
  int compute_capability = 0;  // 90
};

struct GemmRun {
  std::vector<Seconds> times;
  double operations = 0;  // of one product
  uint64_t checksum = 0;  // of the result's bits; equal inputs give equal sums
  bool is_right = false;  // by a random projection (Freivalds) in higher precision; NaN is wrong
  double clock = 0;       // MHz, median while it ran; 0 = not known
  double power = 0;       // W
};

struct MarchRun {
  uint64_t bytes = 0;   // that were written and read back
  uint64_t errors = 0;  // words that differed
  uint64_t first = 0;   // address of the first of them, from the start of the buffer
};

// What a collective did to its data, compared bit by bit with what arithmetic says, in words of
// four bytes.
struct Exactness {
  uint64_t checked = 0;
  uint64_t wrong = 0;
  uint64_t nans = 0;      // of the wrong ones, those that are NaN, as is what was never written
  uint64_t checksum = 0;  // equal at all ranks after all-reduce, all-gather and broadcast only
};

// How NCCL says that it moves data for a scope, from its own log.
struct Transport {
  std::string net;                   // "IB", "RoCE", "Socket", "none"
  bool has_gdr = false;              // GPUs' memory is read by the network card directly
  bool has_nvls = false;             // sums are made in the switch
  std::string peer;                  // "P2P/CUMEM", "P2P/IPC", "SHM", "none"
  std::vector<std::string> devices;  // network cards in use
  int channels = 0;
};

struct NvLink {
  int index = 0;
  bool is_up = false;
  double rate = 0;  // GB/s in one direction
};

struct Port {
  int index = 0;
  std::string device;  // "mlx5_0"
  bool is_up = false;
  double rate = 0;  // Gb/s
};

// Counters and states by name ("ecc.uncorrected", "rows.remapped", "xid", "nvlink.crc",
// "port.link_downed", "throttle.thermal"). A metric that the plan's tests need and that is not
// there makes them inconclusive.
using Counters = std::map<std::string, Maybe<int64_t>>;

// Facts of the host by name ("pcie.generation", "pcie.width", "driver", "nccl", "clock.offset_us",
// "disk.0.bytes").
using Facts = std::map<std::string, Maybe<std::string>>;

class Backend {
 public:
  virtual ~Backend() = default;

  virtual auto Identify() -> Maybe<Identity> = 0;
  // Time of each repeat, after warm-up, for `bytes` in each direction that is asked for; `peer` is
  // the local index of a GPU of the same node, to which this rank's GPU writes.
  virtual auto CopyHost(Direction direction, Bytes bytes, int repeats)
      -> Maybe<std::vector<Seconds>> = 0;
  virtual auto CopyPeer(int peer, Bytes bytes, int repeats) -> Maybe<std::vector<Seconds>> = 0;
  // Reads `bytes` and writes as many within the GPU's memory.
  virtual auto CopyMemory(Bytes bytes, int repeats) -> Maybe<std::vector<Seconds>> = 0;
  // Writes and reads patterns, ups and downs, addresses as data, over so many bytes.
  virtual auto March(Bytes bytes) -> Maybe<MarchRun> = 0;
  virtual auto Gemm(Dtype dtype, int repeats) -> Maybe<GemmRun> = 0;
  // Times of this rank; the caller takes the slowest rank of each repeat.
  virtual auto Collect(Collective op, const Scope &scope, Variant variant, Bytes bytes, int repeats)
      -> Maybe<std::vector<Seconds>> = 0;
  virtual auto Verify(Collective op, const Scope &scope, Variant variant, Bytes bytes)
      -> Maybe<Exactness> = 0;
  // How long this rank took from a common start until it was ready to begin, in each repeat: a
  // straggler is late.
  virtual auto Arrivals(const Scope &scope, int repeats) -> Maybe<std::vector<Seconds>> = 0;
  virtual auto TransportOf(const Scope &scope, Variant variant) -> Maybe<Transport> = 0;
  virtual auto NvLinks() -> Maybe<std::vector<NvLink>> = 0;
  virtual auto Ports() -> Maybe<std::vector<Port>> = 0;
  virtual auto Health() -> Counters = 0;
  virtual auto Host() -> Facts = 0;
};

}  // namespace groma::runtime
