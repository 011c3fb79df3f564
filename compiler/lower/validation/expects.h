// SPDX-License-Identifier: Apache-2.0
// Limits that the plan states itself: `expect all_reduce.busbw >= 360 GB/s at 8 GB`.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/lower/validation/reader.h"

namespace groma::lower::validation {

using diagnostics::Sink;

// Puts what the suites of the pool expect in the place of what the library derives.
void ApplyExpects(Reader &reader, EntityId pool, acceptance::Suite &suite, Sink &sink);

}  // namespace groma::lower::validation
