// SPDX-License-Identifier: Apache-2.0
// A suite: its tests, their tiers, and the main function that generated programs call.
#pragma once

#include <vector>

#include "groma/runtime/bench.h"

namespace groma::runtime {

struct Test {
  const char *name;
  const char *title;  // one sentence for reports
  const char *place;  // the plan line that it is for
  Tier tier;          // the first tier that runs it; later ones do, too
  std::vector<Variant> variants;
  void (*run)(Bench &bench);
};

struct Suite {
  const Shape *shape;
  const char *plan;      // hash of the plan that it was made from
  const char *groma;     // version of the compiler
  const char *expected;  // all gates with their reasons, as JSON text
  std::vector<Waiver> waivers;
  std::vector<Test> tests;
};

// Runs what the arguments ask for and writes the reports. Returns the exit code (verdict.h).
auto RunSuite(const Suite &suite, int argc, char **argv) -> int;

}  // namespace groma::runtime
