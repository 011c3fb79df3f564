// SPDX-License-Identifier: Apache-2.0
// The messages of the driver: usage, files, imports.
#pragma once

#include "groma/diagnostics/definition.h"

namespace groma::driver::message {

#define GROMA_DIAGNOSTIC GROMA_DEFINE_DIAGNOSTIC
#include "driver.def"
#include "load.def"
#undef GROMA_DIAGNOSTIC

}  // namespace groma::driver::message
