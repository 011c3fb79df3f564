// SPDX-License-Identifier: Apache-2.0
// Steps that keep their `by` in fewer runs than one wants, and what does most for that.
#pragma once

#include "uncertainty_inputs.h"

namespace groma::schedule {

void WarnOfUnsure(Source &source, const Steps &steps, const Layout &layout, const Inputs &inputs,
                  const timing::Outcomes &outcomes, Sink &sink);

}  // namespace groma::schedule
