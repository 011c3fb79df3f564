// SPDX-License-Identifier: Apache-2.0
// What a pool is made of, as the plan has it. A run that finds anything else is never a pass.
#pragma once

#include "groma/runtime/units.h"

namespace groma::runtime {

// What joins the nodes of a pool.
enum class Fabric { kNone, kEthernet, kRoce, kInfiniband };

struct Shape {
  const char *pool;  // "train"
  const char *site;  // "ams"
  const char *sku;   // "dgx_h200"
  const char *gpu;   // how the driver names the GPU: a part of that name, "H200"
  int nodes;         // servers of the pool
  int gpus_per_node;
  int domain;          // GPUs that NVLink joins; may be less or more than a node has
  int nvlinks;         // links of each GPU; 0 = none
  double nvlink_rate;  // GB/s of one link in one direction
  double memory;       // GB of each GPU
  int nics_per_node;   // ports of the fabric; 0 = none
  double nic_rate;     // Gb/s of one port
  Fabric fabric;
  int pcie_generation;  // between a GPU and its host; 0 = unknown
  int pcie_width;

  constexpr auto world() const -> int { return nodes * gpus_per_node; }
};

}  // namespace groma::runtime
