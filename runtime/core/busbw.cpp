// SPDX-License-Identifier: Apache-2.0
#include "core/busbw.h"

#include <cmath>

namespace groma::runtime {

auto BusFactor(Collective op, int ranks) -> double {
  if (ranks < 2) return 0;
  const double n = ranks;
  switch (op) {
    case Collective::kAllReduce:
      return 2 * (n - 1) / n;
    case Collective::kAllGather:
    case Collective::kReduceScatter:
    case Collective::kAllToAll:
      return (n - 1) / n;
    case Collective::kSendReceive:
    case Collective::kBroadcast:
      return 1;
  }
  return 0;
}

auto AlgorithmBandwidth(Bytes bytes, Seconds time) -> GBps { return Rate(bytes, time); }

auto BusBandwidth(Collective op, int ranks, Bytes bytes, Seconds time) -> GBps {
  return {AlgorithmBandwidth(bytes, time).value * BusFactor(op, ranks)};
}

auto AreConsistent(Collective op, int ranks, GBps algorithm, GBps bus) -> bool {
  const double expected = algorithm.value * BusFactor(op, ranks);
  return std::isfinite(expected) && std::fabs(bus.value - expected) <= 1e-9 * std::fabs(expected);
}

}  // namespace groma::runtime
