// SPDX-License-Identifier: Apache-2.0
// program_tool FILE [STEPS]: solves one placement instance exactly and prints what that took.
#include <sys/resource.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "groma/reason/branch.h"
#include "placement_program.h"

namespace {

auto CpuSeconds() -> double {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

}  // namespace

auto main(int argc, char **argv) -> int {
  if (argc < 2) {
    std::fprintf(stderr, "usage: program_tool FILE [STEPS]\n");
    return 2;
  }
  const auto placement = groma::bench::ReadPlacement(argv[1]);
  if (!placement) {
    std::fprintf(stderr, "program_tool: %s is not a placement instance\n", argv[1]);
    return 2;
  }
  const uint64_t steps = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 10000000;
  groma::reason::Effort effort{steps};
  groma::reason::BranchCounts counts;
  const auto answer = groma::reason::Branch(placement->program, nullptr, effort, &counts);
  constexpr const char *kVerdicts[] = {"optimal", "feasible", "infeasible", "undecided"};
  std::printf("%s, cost %lld, bound %lld, %.2f s, %llu steps, %llu nodes\n",
              kVerdicts[static_cast<int>(answer.verdict)], static_cast<long long>(answer.cost),
              static_cast<long long>(answer.has_bound ? answer.bound : -1), CpuSeconds(),
              static_cast<unsigned long long>(steps - effort.left),
              static_cast<unsigned long long>(counts.nodes));
  return 0;
}
