// SPDX-License-Identifier: Apache-2.0
// The messages of this pass, as constants.
#pragma once

#include <cstdint>
#include <string>

#include "groma/diagnostics/definition.h"

namespace groma::check::diag {

using Text = std::string;
using Count = int64_t;

#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "groma/check/check.def"
#undef GROMA_DIAGNOSTIC

}  // namespace groma::check::diag
