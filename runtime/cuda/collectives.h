// SPDX-License-Identifier: Apache-2.0
// Collectives by NCCL. All are out of place, as data of different ranks usually is: what is
// received lies elsewhere than what is sent.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cuda/closed_form.h"
#include "cuda/communicator.h"

namespace groma::runtime::cuda {

class Collectives {
 public:
  explicit Collectives(const CudaOptions &options, std::string log)
      : options_(options), log_(std::move(log)) {}

  auto Collect(Collective op, const Scope &scope, Bytes bytes, int repeats) -> std::vector<Seconds>;
  auto Verify(Collective op, const Scope &scope, Bytes bytes) -> Exactness;
  auto TransportOf(const Scope &scope) -> Maybe<Transport>;
  // Gives back the buffers, which the next collective takes again.
  void Release();

 private:
  struct Entry {
    std::unique_ptr<Communicator> communicator;
    Maybe<Transport> transport;
  };
  auto Of(const Scope &scope) -> Entry &;
  void Reserve(const Form &form);
  void Enqueue(Communicator &communicator, const Form &form);

  CudaOptions options_;
  std::string log_;  // the file that NCCL writes
  Stream stream_;
  DeviceMemory sent_, received_;
  std::map<std::vector<int>, Entry> entries_;
};

}  // namespace groma::runtime::cuda
