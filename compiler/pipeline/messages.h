// SPDX-License-Identifier: Apache-2.0
// The messages of the pipeline itself.
#pragma once

#include "groma/diagnostics/definition.h"

namespace groma::pipeline::message {

#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "pipeline.def"
#undef GROMA_DIAGNOSTIC

}  // namespace groma::pipeline::message
