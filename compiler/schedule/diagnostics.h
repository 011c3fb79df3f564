// SPDX-License-Identifier: Apache-2.0
// The messages of this pass, as constants.
#pragma once

#include <string>

#include "groma/diagnostics/definition.h"

namespace groma::schedule::diag {

using Text = std::string;
using Count = size_t;

#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "groma/schedule/schedule.def"
#undef GROMA_DIAGNOSTIC

}  // namespace groma::schedule::diag
