// SPDX-License-Identifier: Apache-2.0
// The messages of this pass, as constants.
#pragma once

#include <string>

#include "groma/diagnostics/definition.h"

namespace groma::solve::diag {

using Text = std::string;

#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "groma/solve/solve.def"
#undef GROMA_DIAGNOSTIC

}  // namespace groma::solve::diag
