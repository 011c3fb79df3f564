// SPDX-License-Identifier: Apache-2.0
// Solves projects of PSPLIB: psplib_solve PLACEMENTS STEPS FILE...
// with so many placements, and so many steps of Z3 for the proof, or none. A line for each file:
// its name, finish, bound, and processor seconds.
#include <sys/resource.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "groma/timing/level.h"
#include "psplib_project.h"
#include "z3_decider.h"

namespace {

auto Seconds() -> double {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

}  // namespace

auto main(int count, char **arguments) -> int {
  using namespace groma;
  constexpr int kFiles = 3;
  if (count < kFiles) return 2;
  const timing::LevelLimits limits{.placements = std::atoll(arguments[1])};
  const auto steps = static_cast<uint64_t>(std::atoll(arguments[2]));
  timing::MakeDecider decider;
  if (steps > 0) {
    decider = [&] {
      return std::make_unique<timing::test::ProverDecider>(reason::MakeZ3(), steps);
    };
  }
  for (int i = kFiles; i < count; ++i) {
    std::ostringstream text;
    text << std::ifstream(arguments[i]).rdbuf();
    const auto project = bench::ReadPsplib(text.str());
    if (!project) {
      std::cerr << arguments[i] << ": this is no project of PSPLIB\n";
      return 1;
    }
    const double start = Seconds();
    const timing::Graph graph(project->network);
    const timing::Order order = timing::FindOrder(project->network, graph);
    const timing::Level level =
        LevelTasks(project->network, graph, order.tasks, project->workforce, limits, decider);
    std::cout << arguments[i] << ' ' << level.best.cost.finish << ' ' << level.bound << ' '
              << Seconds() - start << '\n';
  }
  return 0;
}
