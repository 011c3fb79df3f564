// SPDX-License-Identifier: Apache-2.0
#include "cuda/affinity.h"

#include <cstdlib>
#include <sstream>

#include "cuda/sysfs.h"

namespace groma::runtime::cuda {

auto ParseCpus(const std::string &list) -> Maybe<std::vector<int>> {
  std::vector<int> cpus;
  std::istringstream parts(list);
  std::string part;
  while (std::getline(parts, part, ',')) {
    const size_t dash = part.find('-', 1);
    const auto first = ParseCount(part.substr(0, dash));
    const auto last = dash == std::string::npos ? first : ParseCount(part.substr(dash + 1));
    const auto *from = std::get_if<int64_t>(&first);
    const auto *to = std::get_if<int64_t>(&last);
    if (from == nullptr || to == nullptr || *from < 0 || *to < *from || *to >= CPU_SETSIZE)
      return Missing{"'" + list + "' is no list of CPUs"};
    for (int64_t cpu = *from; cpu <= *to; ++cpu) cpus.push_back(static_cast<int>(cpu));
  }
  if (cpus.empty()) return Missing{"no CPU is named"};
  return cpus;
}

NearCpus::NearCpus(const std::string &list) {
  const auto cpus = ParseCpus(list);
  const auto *numbers = std::get_if<std::vector<int>>(&cpus);
  if (numbers == nullptr || sched_getaffinity(0, sizeof(before_), &before_) != 0) return;
  cpu_set_t near;
  CPU_ZERO(&near);
  for (const int cpu : *numbers)
    if (CPU_ISSET(static_cast<size_t>(cpu), &before_)) CPU_SET(static_cast<size_t>(cpu), &near);
  is_bound_ = CPU_COUNT(&near) > 0 && sched_setaffinity(0, sizeof(near), &near) == 0;
}

NearCpus::~NearCpus() {
  if (is_bound_) static_cast<void>(sched_setaffinity(0, sizeof(before_), &before_));
}

}  // namespace groma::runtime::cuda
