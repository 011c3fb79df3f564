// SPDX-License-Identifier: Apache-2.0
// Work in years for which a calendar does not have all days off.
#pragma once

#include "layout.h"

namespace groma::schedule {

// Of each calendar, the first step and the last one that lie outside of its years: one warning each.
void WarnOfIncompleteCalendars(Source &source, const Steps &steps, const Layout &layout,
                               const timing::Analysis &analysis, Sink &sink);

}  // namespace groma::schedule
