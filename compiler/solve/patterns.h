// SPDX-License-Identifier: Apache-2.0
// The ways in which copies of components can share one machine, as numbers, without a word of plans.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "llvm/ADT/ArrayRef.h"

namespace groma::solve {

inline constexpr size_t kResources = 3;  // processors, memory, storage
using Amounts = std::array<int64_t, kResources>;

struct Item {
  Amounts need{};
  int64_t most = 0;                  // copies that one machine may be of use with
  std::vector<uint32_t> conflicts;   // items that may not share its machine, both ways
  std::vector<uint32_t> company;     // items that must be where this one is
  bool is_everywhere = false;        // on each machine that has nothing it conflicts with
  // Whether it is there at all decides whether others may be: a copy cannot simply be left out.
  bool is_kept = false;
};

// How many copies of each item.
using Pattern = std::vector<int64_t>;

// Says which items are kept. Their lists must be right.
void FindKept(std::vector<Item> &items);

// Every way to fill a machine of this capacity to which no copy can be added without making room;
// of the kept items each set that can be there. Any way to share the machine is one of these with
// some copies left out, but for the last one of a kept item. Nothing if they are more than `most`,
// or finding them takes longer than their number is worth.
auto FullPatterns(llvm::ArrayRef<Item> items, const Amounts &capacity, size_t most)
    -> std::optional<std::vector<Pattern>>;

}  // namespace groma::solve
