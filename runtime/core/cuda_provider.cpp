// SPDX-License-Identifier: Apache-2.0
#ifdef GROMA_RUNTIME_CUDA
#include "core/cuda_provider.h"

#include <algorithm>

#include "core/board.h"
#include "core/topology.h"
#include "groma/runtime/cuda.h"

namespace groma::runtime {
namespace {

auto RankName(int rank) -> std::string { return "rank " + std::to_string(rank); }

class CudaProvider : public Provider {
 public:
  CudaProvider(const Options &options, const Shape &shape, Variant variant)
      : options_(options), topology_(shape), variant_(variant) {}

  auto Open(int rank, Group &group) -> std::unique_ptr<Backend> override {
    if (group.world() > 1) {
      board_ = std::make_unique<Board>(group, rank, options_.host, RankName);
    }
    CudaOptions cuda;
    cuda.rank = rank;
    cuda.node = topology_.Node(rank);
    cuda.local = options_.local_rank;
    cuda.variant = variant_;
    cuda.is_over_line = topology_.shape().is_line();
    cuda.exchange = board_.get();
    cuda.logs = options_.out;
    cuda.port = topology_.Nic(rank);
    // A measurement gives up before those who wait for it do.
    cuda.timeout = std::min(120.0, options_.patience / 2.0);
    return MakeCudaBackend(cuda);
  }
  // A call into a driver cannot be given up; the parent ends the process.
  void Abandon() override {}

 private:
  const Options options_;
  const Topology topology_;
  const Variant variant_;
  std::unique_ptr<Board> board_;
};

}  // namespace

auto MakeCudaProvider(const Options &options, const Shape &shape, Variant variant)
    -> std::variant<std::unique_ptr<Provider>, std::string> {
  if (options.ranks_per_process != 1) {
    return std::string("with cuda each process has one GPU");
  }
  return std::make_unique<CudaProvider>(options, shape, variant);
}

}  // namespace groma::runtime
#endif
