// SPDX-License-Identifier: Apache-2.0
// The diagnostics of parsing, one constant for each row of parse.def.
#pragma once

#include "groma/diagnostics/definition.h"

namespace groma::parse::message {

#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "parse.def"
#undef GROMA_DIAGNOSTIC

}  // namespace groma::parse::message
