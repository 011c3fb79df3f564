// SPDX-License-Identifier: Apache-2.0
// What was decided beside dates: what steps wait for is read as it was when their dates were not known.
#pragma once

#include "source.h"

namespace groma::schedule {

// `environment` is decided.
inline auto Undated(const plan::Model &model, const plan::Environment &environment)
    -> plan::Decisions {
  plan::Decisions decisions;
  decisions.choices = environment.decisions->choices;
  for (const plan::Decisions::Result &result : environment.decisions->results) {
    const plan::Outcome outcome{result.entity, result.slot, result.arguments};
    if (!plan::IsOfDates(model, outcome)) decisions.results.push_back(result);
  }
  return decisions;
}

}  // namespace groma::schedule
