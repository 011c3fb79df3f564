// SPDX-License-Identifier: Apache-2.0
// What a pool is made of, as the plan has it. A run that finds anything else is never a pass.
#pragma once

#include "groma/runtime/units.h"

namespace groma::runtime {

// What joins the nodes of a pool.
enum class Fabric { kNone, kEthernet, kRoce, kInfiniband };

// Where a line ends: one GPU of a pool.
struct LineEnd {
  const char *site;  // "ams"
  const char *pool;  // "train"
  const char *gpu;   // a part of the driver's name for it
  double memory;     // GB
};

// A link between two sites. The nodes of the run are its ends, the near one first, with one GPU
// each.
struct Line {
  double rate = 0;        // Gb/s in each direction, as the plan has it; 0 = there is no line
  double round_trip = 0;  // us, as the plan has it; 0 = it does not say
  const char *encryption = "";
  LineEnd ends[2] = {};
};

struct Shape {
  const char *pool;  // "train"; of a line the name of the link
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
  Line line{};

  constexpr auto world() const -> int { return nodes * gpus_per_node; }
  constexpr auto is_line() const -> bool { return line.rate > 0; }
};

}  // namespace groma::runtime
