// SPDX-License-Identifier: Apache-2.0
// Ports of InfiniBand and RoCE adapters, as the kernel tells them.
#pragma once

#include <string>
#include <vector>

#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

// Ports of the adapters that are named, in their order, or of all that the node has; a port that
// cannot be read makes the list missing, as does an adapter that is not there.
auto ReadPorts(const std::string &root, const std::vector<std::string> &adapters)
    -> Maybe<std::vector<Port>>;

// Adapters that a value of NCCL_IB_HCA leaves: "mlx5" (all names that start so), "=mlx5_0:1,mlx5_1"
// (these), "^mlx5_8" (all others). What it names and is not there is left out.
auto AdaptersOf(const std::string &root, const std::string &selection) -> std::vector<std::string>;

// Errors of the port with that index, or of all if it is -1: "port.link_downed" and others.
void AddPortCounters(const std::string &root, const std::vector<std::string> &adapters, int index,
                     Counters &counters);

}  // namespace groma::runtime::cuda
