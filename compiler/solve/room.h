// SPDX-License-Identifier: Apache-2.0
// Room on a pool. What is spread over sites holds room at each of them for the day on which one is
// lost. Until then workloads of lower priority may have it that promise nothing of their
// availability: on that day they give way.
#pragma once

#include "instance.h"

namespace groma::solve {

// GPUs that must find room together.
struct Load {
  Form gpus;
  // Only if one of these columns is 1; always if there are none.
  std::vector<ColumnId> holders;
};

// All that must find room on a pool under an offer, in a month: what is there on most days, and for
// each priority of what holds room, what is there when a site is lost. One load if nobody gives
// way.
auto LoadsOn(const Instance &instance, uint32_t pool, size_t offer, int t) -> std::vector<Load>;

// Makes the columns of workloads that are split and hold room where another may have it.
void AddDailyShares(Instance &instance);

// The largest of the loads. Makes columns.
auto LargestOf(Instance &instance, llvm::ArrayRef<Load> loads) -> Form;
// Under what was decided.
auto LargestOf(llvm::ArrayRef<Load> loads, const std::vector<int64_t> &values) -> Rational;

// Workloads that give way first if what holds room on a pool needs it, in the order in which they
// do.
struct GivingWay {
  uint32_t workload = 0, holder = 0, pool = 0;
};
auto FindGivingWay(const Instance &instance, const std::vector<int64_t> &values)
    -> std::vector<GivingWay>;

}  // namespace groma::solve
