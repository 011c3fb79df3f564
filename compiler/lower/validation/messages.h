// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "groma/diagnostics/definition.h"

namespace groma::lower::validation::message {
#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "groma/lower/validation/lower_validation.def"
#undef GROMA_DIAGNOSTIC
}  // namespace groma::lower::validation::message
