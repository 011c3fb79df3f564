// SPDX-License-Identifier: Apache-2.0
// The solved schedule as data that others write in forms of their own.
#pragma once

#include "layout.h"

namespace groma::schedule {

// `decided` holds the days on which steps start and finish.
auto TimelineOf(Source &source, const Steps &steps, Layout &layout,
                const timing::Analysis &analysis, const plan::Decisions &decided)
    -> plan::Timeline;

}  // namespace groma::schedule
