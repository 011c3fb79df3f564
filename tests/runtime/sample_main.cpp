// SPDX-License-Identifier: Apache-2.0
// The sample suite as a program; GROMA_SAMPLE_NODES says how large its pool is.
#include <cstdlib>

#include "sample_suite.h"

auto main(int argc, char **argv) -> int {
  const char *nodes = std::getenv("GROMA_SAMPLE_NODES");
  const groma::runtime::Shape shape = groma::runtime::sample::ShapeOf(nodes ? std::atoi(nodes) : 1);
  return groma::runtime::RunSuite(groma::runtime::sample::SuiteOf(shape), argc, argv);
}
