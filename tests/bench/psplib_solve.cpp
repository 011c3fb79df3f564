// SPDX-License-Identifier: Apache-2.0
// Solves projects of PSPLIB: psplib_solve [--placements N] FILE...
// A line for each: file, finish, bound, and processor seconds.
#include <sys/resource.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

#include "groma/timing/level.h"
#include "psplib_project.h"

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
  timing::LevelLimits limits;
  int first = 1;
  if (count > 2 && std::strcmp(arguments[1], "--placements") == 0) {
    limits.placements = std::atoll(arguments[2]);
    first = 3;
  }
  for (int i = first; i < count; ++i) {
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
        LevelTasks(project->network, graph, order.tasks, project->workforce, limits);
    std::cout << arguments[i] << ' ' << level.best.cost.finish << ' ' << level.bound << ' '
              << Seconds() - start << '\n';
  }
  return 0;
}
