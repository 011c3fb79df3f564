// SPDX-License-Identifier: Apache-2.0
#include "cuda/communicator.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <thread>

namespace groma::runtime::cuda {
namespace {

using Clock = std::chrono::steady_clock;

// The id that the first rank of the scope makes. A scope of one rank needs nobody.
auto IdOf(const Scope &scope, int rank, Exchange *exchange) -> ncclUniqueId {
  ncclUniqueId id{};
  if (rank == 0) GROMA_CHECK(ncclGetUniqueId(&id));
  if (scope.ranks.size() == 1) return id;
  if (exchange == nullptr) throw Fault("no way to reach the other ranks of " + scope.name);
  const auto shared =
      exchange->Broadcast(scope, std::string(reinterpret_cast<const char *>(&id), sizeof(id)));
  if (const auto *missing = std::get_if<Missing>(&shared))
    throw Fault("NCCL's id for " + scope.name + ": " + missing->reason);
  const auto &bytes = std::get<std::string>(shared);
  if (bytes.size() != sizeof(id)) throw Fault("NCCL's id for " + scope.name + " is cut");
  std::memcpy(&id, bytes.data(), sizeof(id));
  return id;
}

}  // namespace

void Check(ncclResult_t result, const char *call, const char *file, int line) {
  if (result != ncclSuccess) throw Place(file, line, call, ncclGetErrorString(result));
}

Communicator::Communicator(const Scope &scope, const CudaOptions &options)
    : size_(static_cast<int>(scope.ranks.size())), limit_(options.timeout) {
  const auto self = std::find(scope.ranks.begin(), scope.ranks.end(), options.rank);
  if (self == scope.ranks.end()) throw Fault("this rank is not in " + scope.name);
  rank_ = static_cast<int>(self - scope.ranks.begin());
  const ncclUniqueId id = IdOf(scope, rank_, options.exchange);
  ncclConfig_t config = NCCL_CONFIG_INITIALIZER;
  config.blocking = 0;
  Settle(ncclCommInitRankConfig(&comm_, size_, id, rank_, &config), "ncclCommInitRankConfig");
}

Communicator::~Communicator() {
  try {
    Finish();
  } catch (const Fault &) {
    Abort();
  }
}

// Waits for other ranks, which may still read this one's memory.
void Communicator::Finish() {
  if (comm_ == nullptr) return;
  limit_ = std::min(limit_, 10.0);
  Settle(ncclCommFinalize(comm_), "ncclCommFinalize");
  GROMA_CHECK(ncclCommDestroy(comm_));
  comm_ = nullptr;
}

void Communicator::Abort() {
  if (comm_ != nullptr) static_cast<void>(ncclCommAbort(comm_));
  comm_ = nullptr;
}

void Communicator::Settle(ncclResult_t result, const char *call) {
  const auto start = Clock::now();
  while (result == ncclInProgress && comm_ != nullptr) {
    const std::chrono::duration<double> waited = Clock::now() - start;
    if (waited.count() > limit_) {
      Abort();
      throw Fault(std::string(call) + ": not done in " + std::to_string(static_cast<int>(limit_)) +
                  " seconds: a rank hangs");
    }
    if (waited.count() > 0.001) std::this_thread::sleep_for(std::chrono::microseconds(100));
    GROMA_CHECK(ncclCommGetAsyncError(comm_, &result));
  }
  if (result == ncclSuccess) return;
  const std::string why = comm_ != nullptr ? ncclGetLastError(comm_) : "";
  Abort();
  throw Fault(std::string(call) + ": " + ncclGetErrorString(result) + ": " + why);
}

void Communicator::Watch() {
  ncclResult_t state = ncclSuccess;
  if (comm_ == nullptr) throw Fault("the communicator was given up before");
  GROMA_CHECK(ncclCommGetAsyncError(comm_, &state));
  if (state != ncclSuccess && state != ncclInProgress) Settle(state, "a collective");
}

}  // namespace groma::runtime::cuda
