// SPDX-License-Identifier: Apache-2.0
// What a pool is made of.
#pragma once

#include "groma/diagnostics/sink.h"
#include "groma/lower/validation/reader.h"

namespace groma::lower::validation {

// None, and told, if groma does not know the GPUs well enough to test them; none, untold, if there are no GPUs.
auto ShapeOf(Reader &reader, EntityId pool, diagnostics::Sink &sink)
    -> std::optional<acceptance::Shape>;

}  // namespace groma::lower::validation
