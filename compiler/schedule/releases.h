// SPDX-License-Identifier: Apache-2.0
// Milestones that come when the window of their release has closed.
#pragma once

#include "leads.h"

namespace groma::schedule {

// Reports the first few of them, and gives all.
auto ReportClosedWindows(const Source &source, const Steps &steps, const Layout &layout,
                         const timing::Analysis &analysis, Leads &leads, Sink &sink)
    -> std::vector<Miss>;

}  // namespace groma::schedule
