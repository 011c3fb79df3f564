// SPDX-License-Identifier: Apache-2.0
// When everything is done.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/plan/plan.h"

namespace groma::schedule {

using diagnostics::Sink;

enum class Verdict : uint8_t {
  Scheduled,
  Late,    // a step is finished after its `by`
  Failed,  // there are no dates, and why was reported
};

// Works out when each step of `environment` starts and finishes, and adds that to `decisions`, under
// which the environment was decided. Reports steps that are late, with what leads to them.
auto Schedule(plan::Model &model, const plan::Environment &environment,
              plan::Decisions &decisions, Sink &sink) -> Verdict;

}  // namespace groma::schedule
