// SPDX-License-Identifier: Apache-2.0
// Bus bandwidth as nccl-tests defines it: what a link carries, whatever the number of ranks.
#pragma once

#include "groma/runtime/backend.h"
#include "groma/runtime/units.h"

namespace groma::runtime {

// busbw / algbw: 2(n-1)/n of all_reduce; (n-1)/n of all_gather, reduce_scatter and all_to_all,
// whose size is that of the whole; 1 of send_receive and broadcast. 0 of one rank, which uses no
// link.
auto BusFactor(Collective op, int ranks) -> double;
auto AlgorithmBandwidth(Bytes bytes, Seconds time) -> GBps;
auto BusBandwidth(Collective op, int ranks, Bytes bytes, Seconds time) -> GBps;
// Whether the two figures belong to one measurement of so many ranks.
auto AreConsistent(Collective op, int ranks, GBps algorithm, GBps bus) -> bool;

}  // namespace groma::runtime
