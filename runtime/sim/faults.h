// SPDX-License-Identifier: Apache-2.0
// What is broken in a simulated pool.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "groma/runtime/shape.h"

namespace groma::runtime {

enum class FaultKind {
  kLostGpu,
  kHalfRateNic,
  kDeadLink,
  kDegradedLink,
  kThrottledGpu,
  kEccBurst,
  kTcpFallback,
  kStraggler,
  kFlippedBit,
  kNan,
  kMissingMetric,
  kHungRank,
  kDeadLine,
  kDegradedLine,
  kDelayedLine,
};

struct Fault {
  FaultKind kind{};
  int node = 0;
  std::optional<int> gpu, nic, link;
  double share = 0;       // of the healthy rate that is left
  double rate = 0;        // GB/s
  double micros = 0;      // that it is late
  int count = 0;          // of errors
  bool is_quiet = false;  // the state of the port does not show it
  std::string metric;
  std::optional<int> from;  // the end of a line at which the way begins that is broken; none: both

  auto Is(FaultKind other, int at_node) const -> bool { return kind == other && node == at_node; }
};

// The fault of one file, or "FILE:LINE: what is wrong". It must name a component of the pool.
auto ReadFault(const std::string &path, const Shape &shape) -> std::variant<Fault, std::string>;
auto ParseFault(const std::string &path, const std::string &text, const Shape &shape)
    -> std::variant<Fault, std::string>;

}  // namespace groma::runtime
