// SPDX-License-Identifier: Apache-2.0
// The back end that asks real GPUs. This header needs nothing of CUDA; the function is there only
// in a runtime that was built with it (GROMA_RUNTIME_CUDA is defined then).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "groma/runtime/backend.h"
#include "groma/runtime/exchange.h"

namespace groma::runtime {

struct CudaOptions {
  int rank = 0;   // in the world
  int node = 0;   // of the run, from 0
  int local = 0;  // index of this rank's GPU in its node, among those that the process can see
  // What this process is for: NCCL reads its environment once, so a back end answers for one
  // variant only. Must be set before any thread is started.
  Variant variant = Variant::kDefault;
  // The ranks are at two sites, with a long line between them: NCCL is told to use sockets, and
  // enough of them.
  bool is_over_line = false;
  // Not owned. May be null where no scope has more than one rank.
  Exchange *exchange = nullptr;
  std::string logs = ".";  // folder for NCCL's own log of each rank
  // Network adapters of the fabric ("mlx5_0"), whose ports are counted in this order. None: those
  // that NCCL_IB_HCA leaves, or all.
  std::vector<std::string> adapters;
  int port = -1;  // index of the port that serves this GPU, whose errors are its; -1 = all of them
  // Work is queued behind a kernel that holds the stream. False: for tools under which a launch
  // waits for the one before (compute-sanitizer); times then count launches.
  bool holds_stream = true;
  double timeout = 120;  // seconds until one measurement counts as hung
};

// Never null. What cannot be had, for instance because there is no GPU, is told by each answer.
auto MakeCudaBackend(const CudaOptions &options) -> std::unique_ptr<Backend>;

}  // namespace groma::runtime
