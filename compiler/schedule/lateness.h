// SPDX-License-Identifier: Apache-2.0
// Steps that are finished after their `by`, and what leads to that.
#pragma once

#include "leads.h"

namespace groma::schedule {

auto FindLate(const Source &source, const Steps &steps, const Layout &layout,
              const timing::Analysis &analysis, Leads &leads) -> std::vector<Miss>;

// The first few of them, with what would help.
void ReportLate(const Source &source, const Steps &steps, Layout &layout, Leads &leads,
                llvm::ArrayRef<Miss> late, Sink &sink);

}  // namespace groma::schedule
