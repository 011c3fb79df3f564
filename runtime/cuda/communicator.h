// SPDX-License-Identifier: Apache-2.0
// NCCL's communicators: one for each scope, made when it is first asked for, by an id that its
// first rank gives to the others. None of their calls blocks: each is waited for, and given up in
// time.
#pragma once

#include <nccl.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cuda/handles.h"
#include "groma/runtime/cuda.h"

namespace groma::runtime::cuda {

void Check(ncclResult_t result, const char *call, const char *file, int line);

class Communicator {
 public:
  Communicator(const Scope &scope, const CudaOptions &options);
  ~Communicator();
  Communicator(const Communicator &) = delete;
  auto operator=(const Communicator &) -> Communicator & = delete;

  auto rank() const -> int { return rank_; }
  auto size() const -> int { return size_; }
  auto comm() const -> ncclComm_t { return comm_; }
  // Waits until the call that returned `result` is under way. A fault after the time-out, or if
  // NCCL reports an error; the communicator is then lost.
  void Settle(ncclResult_t result, const char *call);
  // Throws what has gone wrong meanwhile: for whoever waits for the GPU.
  void Watch();
  // Leaves at once, whatever other ranks do.
  void Abort();

 private:
  void Finish();

  ncclComm_t comm_ = nullptr;
  int rank_ = 0;
  int size_ = 0;
  double limit_;
};

}  // namespace groma::runtime::cuda
