// SPDX-License-Identifier: Apache-2.0
// The messages of this engine, as constants.
#pragma once

#include <cstdint>
#include <string>

#include "groma/diagnostics/definition.h"

namespace groma::evaluate::diag {

using Text = std::string;
using Count = int64_t;

#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "groma/evaluate/evaluate.def"
#undef GROMA_DIAGNOSTIC

}  // namespace groma::evaluate::diag
