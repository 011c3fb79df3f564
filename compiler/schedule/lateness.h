// SPDX-License-Identifier: Apache-2.0
// Steps that are finished after their `by`, and what leads to that.
#pragma once

#include "layout.h"

namespace groma::schedule {

// False if a step is late.
auto ReportLateness(Source &source, const Steps &steps, const Layout &layout,
                    const timing::Analysis &analysis, Sink &sink) -> bool;

}  // namespace groma::schedule
