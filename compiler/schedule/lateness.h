// SPDX-License-Identifier: Apache-2.0
// Steps that are finished after their `by`, and what leads to that.
#pragma once

#include "leads.h"

namespace groma::schedule {

// Reports the first few of them, and gives all.
auto ReportLateness(const Source &source, const Steps &steps, const Layout &layout,
                    const timing::Analysis &analysis, Leads &leads, Sink &sink) -> std::vector<Miss>;

}  // namespace groma::schedule
