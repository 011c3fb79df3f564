// SPDX-License-Identifier: Apache-2.0
// One rank of a simulated pool.
#pragma once

#include <memory>

#include "sim/world.h"

namespace groma::runtime {

class SimBackend : public Backend {
 public:
  SimBackend(World &world, int rank) : world_(world), model_(world.model()), rank_(rank) {}

  auto Identify() -> Maybe<Identity> override;
  auto CopyHost(Direction direction, Bytes bytes, int repeats)
      -> Maybe<std::vector<Seconds>> override;
  auto CopyPeer(int peer, Bytes bytes, int repeats) -> Maybe<std::vector<Seconds>> override;
  auto CopyMemory(Bytes bytes, int repeats) -> Maybe<std::vector<Seconds>> override;
  auto March(Bytes bytes) -> Maybe<MarchRun> override;
  auto Gemm(Dtype dtype, int repeats) -> Maybe<GemmRun> override;
  auto Collect(Collective op, const Scope &scope, Variant variant, Bytes bytes, int repeats)
      -> Maybe<std::vector<Seconds>> override;
  auto Verify(Collective op, const Scope &scope, Variant variant, Bytes bytes)
      -> Maybe<Exactness> override;
  auto Arrivals(const Scope &scope, int repeats) -> Maybe<std::vector<Seconds>> override;
  auto TransportOf(const Scope &scope, Variant variant) -> Maybe<Transport> override;
  auto NvLinks() -> Maybe<std::vector<NvLink>> override;
  auto Ports() -> Maybe<std::vector<Port>> override;
  auto Health() -> Counters override;
  auto Host() -> Facts override;

 private:
  // The fault of the kind that this GPU has.
  auto Has(FaultKind kind) const -> const Fault * { return model_.FaultOf(kind, rank_); }
  // So many repeats of a time, each with its noise.
  auto Repeat(double seconds, int repeats) -> std::vector<Seconds>;
  template <class T>
  void HideMetric(std::map<std::string, Maybe<T>> &values) const;

  World &world_;
  const Model &model_;
  const int rank_;
  uint64_t calls_ = 0;
  int loads_ = 0;  // that worked the GPU since it was opened
};

}  // namespace groma::runtime
