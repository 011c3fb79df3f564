// SPDX-License-Identifier: Apache-2.0
// A limit with its reason. Generated suites define one for each promise of the plan; nothing else
// may judge.
#pragma once

#include "groma/runtime/units.h"

namespace groma::runtime {

// How far the sources behind a limit can be trusted. A limit of low confidence can only warn.
enum class Confidence { kLow, kMedium, kHigh };

enum class Bound {
  kAtLeast,  // bandwidths, counts of links
  kAtMost,   // latencies
  kExactly,  // widths, versions, errors that must be 0
};

struct GateInfo {
  const char *name;     // as in the plan: "all_reduce"
  const char *formula;  // how the number came about, in figures
  const char *why;      // the sources behind the figures
  const char *place;    // the plan line that promises it: "delivery.groma:57"
  const char *expect;   // how an `expect` of the plan names it: "all_gather.busbw"; "" = none does
  const char *unit;     // of such an `expect`: "TFLOPS"
  Bound bound;
  Confidence confidence;
};

template <class Unit>
struct Gate : GateInfo {
  double fail;     // beyond it the hardware does not do what was promised
  double warn;     // beyond it somebody should look; never laxer than `fail`
  double ceiling;  // what physics allows: a better figure means that the measurement is wrong; 0 =
                   // no ceiling
};

// A promise that need not be kept until a day (YYYY-MM-DD), by a waiver of the plan.
struct Waiver {
  const char *gate;
  const char *until;
  const char *why;
  const char *place;
};

}  // namespace groma::runtime
