// SPDX-License-Identifier: Apache-2.0
// Networks for tests.
#pragma once

#include <cstdint>

#include "groma/timing/critical_path.h"
#include "groma/timing/hours.h"

namespace groma::timing::test {

// The same numbers on every machine.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed * 2 + 1) {}
  // From 0 to `sides` - 1.
  auto Roll(int64_t sides) -> int64_t {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<int64_t>((state_ >> 33U) % static_cast<uint64_t>(sides));
  }

 private:
  uint64_t state_;
};

// From 08:00 to 12:00 and from 13:00 to 17:00 on workdays.
inline auto Office(llvm::StringRef zone = "UTC") -> WorkingTime {
  WorkingTime time;
  time.zone = *Zone::Find(zone);
  time.rotas.push_back(WeekOf({{8 * kHour, 12 * kHour}, {13 * kHour, 17 * kHour}}));
  return time;
}

inline constexpr Work kWorkday = 8 * kHour;

// What Analyze finds when there is an order.
inline auto Analyzed(const Network &network, std::optional<TaskId> target = std::nullopt)
    -> Analysis {
  const Graph graph(network);
  return Analyze(network, graph, FindOrder(network, graph).tasks, target);
}

}  // namespace groma::timing::test
