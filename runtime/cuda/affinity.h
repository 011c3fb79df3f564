// SPDX-License-Identifier: Apache-2.0
// Keeps a thread on CPUs near its GPU, so that the memory it touches first lies there.
#pragma once

#include <sched.h>

#include <string>
#include <vector>

#include "groma/runtime/backend.h"

namespace groma::runtime::cuda {

// "0-3,8": the numbers, or why it is no such list.
auto ParseCpus(const std::string &list) -> Maybe<std::vector<int>>;

class NearCpus {
 public:
  // A list that cannot be had or kept to changes nothing: the copy is then slower, and judged so.
  explicit NearCpus(const std::string &list);
  ~NearCpus();
  NearCpus(const NearCpus &) = delete;
  auto operator=(const NearCpus &) -> NearCpus & = delete;

 private:
  cpu_set_t before_;
  bool is_bound_ = false;
};

}  // namespace groma::runtime::cuda
