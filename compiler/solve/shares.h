// SPDX-License-Identifier: Apache-2.0
// What each workload pays of the pools and services that it shares with others, once all is
// decided.
#pragma once

#include "instance.h"

namespace groma::solve {

class Shares {
 public:
  // A pool's costs of a month go to those who use it in that month, by their GPUs; a service's to
  // those who use it, in equal parts. What nobody uses is nobody's.
  Shares(const Instance &instance, const std::vector<int64_t> &values);

  auto Of(EntityId workload, llvm::StringRef line) const -> Rational;

 private:
  void AddPools(const Instance &instance, const std::vector<int64_t> &values);
  void AddServices(const Instance &instance, const std::vector<int64_t> &values);
  void Add(EntityId workload, CostLine line, std::optional<Rational> amount);

  std::map<std::pair<uint32_t, CostLine>, Rational> paid_;
};

// The name of the line in `cost_lines`.
auto NameOf(CostLine line) -> llvm::StringRef;

}  // namespace groma::solve
