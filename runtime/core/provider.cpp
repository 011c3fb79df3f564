// SPDX-License-Identifier: Apache-2.0
#include "core/provider.h"

#ifdef GROMA_RUNTIME_CUDA
#include "core/cuda_provider.h"
#endif
#include "sim/sim_provider.h"

namespace groma::runtime {

auto WhyNoBackend(const Options &options, const Shape &shape) -> std::string {
  if (options.backend == "sim") return WhyNoSim(options, shape);
#ifdef GROMA_RUNTIME_CUDA
  return options.ranks_per_process == 1 ? "" : "with cuda each process has one GPU";
#else
  return "this suite was built without CUDA: build it where CUDA and NCCL are, or take --backend "
         "sim";
#endif
}

auto MakeProvider([[maybe_unused]] const Options &options, [[maybe_unused]] const Shape &shape,
                  [[maybe_unused]] Variant variant)
    -> std::variant<std::unique_ptr<Provider>, std::string> {
  if (options.backend == "sim") return MakeSimProvider(options, shape);
#ifdef GROMA_RUNTIME_CUDA
  return MakeCudaProvider(options, shape, variant);
#else
  return WhyNoBackend(options, shape);
#endif
}

}  // namespace groma::runtime
