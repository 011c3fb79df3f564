// SPDX-License-Identifier: Apache-2.0
// The limits of a line: a share of what headers leave of its rate, what flows need, and the time there and back.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/lower/validation/reader.h"

namespace groma::lower::validation {

// One gate for each figure that has a limit, in the order of the library.
auto LineGatesOf(Reader &reader, EntityId link, const acceptance::Line &line,
                 diagnostics::Sink &sink) -> std::vector<acceptance::Gate>;

}  // namespace groma::lower::validation
